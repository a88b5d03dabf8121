package dev.samara.seed.data;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeyOrderTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			0 | 1;2;10                        | true
			0 | 1~x;2~y;30~z                  | true
			1 | b~1;a~2                       | true
			1 | b~1~9;a~2~8                   | true
			0 | 007;8                         | true
			0 | 9223372036854775799           | true
			0 | 1;1                           | false
			0 | 2;1                           | false
			0 | 1;3;2                         | false
			1 | a~1;b~1                       | false
			0 | \\N                           | false
			0 | -5;-4                         | false
			0 | +1;2                          | false
			0 | 0x10;17                       | false
			0 | 1_0;11                        | false
			0 | 92233720368547758079;1        | false
			1 | 1;2                           | false
			-1 | 1;2                          | false
			""")
	void tellsWhetherKeysAscend(int place, String rows, boolean isAscending) {
		byte[] text = rows.replace('~', '\t').replace(';', '\n').getBytes(StandardCharsets.UTF_8);
		KeyOrder order = new KeyOrder(place);
		int begin = 0;
		for (int at = 0; at <= text.length; at++) {
			if (at == text.length || text[at] == '\n') {
				order.accept(text, begin, at);
				begin = at + 1;
			}
		}

		assertThat(order.isAscending()).isEqualTo(isAscending);
	}

}
