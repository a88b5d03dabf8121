package dev.samara.seed.data;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tables come after those they refer to.
 */
class ForeignKeyOrderTests {

	@Test
	void putsReferencedTablesFirstAndKeepsTheRest() {
		assertThat(ForeignKeyOrder.sort(List.of("line", "z", "order", "a", "customer"),
				Map.of("line", List.of("order", "line", "elsewhere"), "order", List.of("customer"))))
			.containsExactly("customer", "order", "line", "z", "a");
	}

	@Test
	void showsACircle() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ForeignKeyOrder.sort(List.of("x", "a", "b", "c"),
					Map.of("x", List.of("a"), "a", List.of("b"), "b", List.of("c"), "c", List.of("a"))))
			.withMessage("The foreign keys form a circle: a -> b -> c -> a");
	}

}
