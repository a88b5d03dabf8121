package dev.samara.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DependencyOrderTests {

	@Test
	void keepsTheOrderOfWhatNeedsNothing() {
		assertThat(DependencyOrder.of(List.of("b", "a", "c"), Map.of()).ordered()).containsExactly("b", "a", "c");
	}

	@Test
	void putsWhatIsNeededFirstAndEverythingElseAsEarlyAsItWas() {
		DependencyOrder<String> order = DependencyOrder.of(List.of("a", "b", "c", "d", "e"),
				Map.of("a", List.of("d"), "d", List.of("c", "elsewhere"), "e", List.of("e0")));

		assertThat(order.ordered()).containsExactly("b", "c", "d", "a", "e");
		assertThat(order.circles()).isEmpty();
	}

	@Test
	void showsEachCircleAndLosesNothing() {
		DependencyOrder<String> order = DependencyOrder.of(List.of("a", "b", "c", "d", "x", "y", "z"),
				Map.of("a", List.of("b"), "b", List.of("c"), "c", List.of("b"), "x", List.of("y"), "y", List.of("x"),
						"z", List.of("z")));

		assertThat(order.circles()).containsExactly(List.of("b", "c"), List.of("x", "y"), List.of("z"));
		assertThat(order.ordered()).containsExactlyInAnyOrder("a", "b", "c", "d", "x", "y", "z");
		assertThat(order.ordered().indexOf("a")).isGreaterThan(order.ordered().indexOf("b"));
	}

	@Test
	void ordersALongChainInNoTime() {
		List<Integer> things = new ArrayList<>(IntStream.range(0, 50_000).boxed().toList());
		Map<Integer, List<Integer>> needs = new HashMap<>();
		things.stream().filter((i) -> i > 0).forEach((i) -> needs.put(i - 1, List.of(i)));

		assertThat(DependencyOrder.of(things, needs).ordered()).startsWith(49_999, 49_998).endsWith(1, 0);
	}

}
