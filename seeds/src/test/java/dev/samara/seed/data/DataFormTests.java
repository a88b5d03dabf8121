package dev.samara.seed.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pure parts of reading data files.
 */
class DataFormTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "species,species", "shop.customer,shop.customer",
			"\"Shop\".\"a.b\",Shop.a.b", "\"a\"\"b\",a\"b", "a.b.c,", "a b,", ".a,", "a.," })
	void readsNamesOfTables(String text, String expected) {
		QualifiedName name = QualifiedName.parse(text);

		assertThat((name != null) ? name.toString() : null).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "name|name", " a -> species.name |a -> species(name)",
					"a->shop.species(name)|a -> shop.species(name)", "a -> shop.species.name|a -> shop.species(name)",
					"a -> name|", "-> a.b|", "a ->|", "a -> b(c.d)|" })
	void readsHeaders(String text, String expected) {
		Field field = Field.parse(text);

		assertThat((field != null) ? field.toString() : null).isEqualTo(expected);
	}

	@Test
	void writesRowsForCopy() {
		CopyText row = new CopyText();
		row.add("a\tb\\c\nd\re");
		row.addNull();
		row.add("");
		row.add("Ä\t🌳\\");
		row.endRow();
		row.add("x".repeat(200_000));
		row.endRow();

		assertThat(new String(row.buffer(), 0, row.length(), StandardCharsets.UTF_8))
			.isEqualTo("a\\tb\\\\c\\nd\\re\t\\N\t\tÄ\\t🌳\\\\\n" + "x".repeat(200_000) + "\n");
	}

	@Test
	void checksumsDoNotCountLineEnds() throws IOException {
		assertThat(checksum("\uFEFFa\r\nb\rc \n")).isEqualTo(checksum("a\nb\nc \n"))
			.isNotEqualTo(checksum("a\nb\nc\n"));
		String large = "0123456789abcde\n".repeat(10_000);
		assertThat(checksum(large)).isEqualTo(checksum(large.replace("\n", "\r\n")));
	}

	@Test
	void tellsProgressEveryFiveSeconds() throws IOException {
		AtomicLong clock = new AtomicLong();
		List<String> log = new ArrayList<>();
		LoadProgress progress = new LoadProgress("a.csv", 1000, 0, clock::get, log::add);
		InputStream stream = progress.count(new ByteArrayInputStream(new byte[1000]));
		for (int second = 1; second <= 11; second++) {
			clock.addAndGet(Duration.ofSeconds(1).toNanos());
			stream.readNBytes(50);
			progress.loaded(second * 10L);
		}

		assertThat(log).containsExactly("Loading a.csv: 50 rows, 25 %, about 15 s to go",
				"Loading a.csv: 100 rows, 50 %, about 10 s to go");
	}

	@Test
	void findsTheNearestName() {
		assertThat(Nearest.question("hight", List.of("name", "height"))).isEqualTo("Did you mean \"height\"? ");
		assertThat(Nearest.question("x", List.of())).isEmpty();
		assertThat(Nearest.question("colour", List.of("name", "height"))).isEmpty();
	}

	private static String checksum(String text) throws IOException {
		return DataChecksum.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).checksum();
	}

}
