package dev.samara.seed.volume;

import java.util.List;
import java.util.Locale;
import java.util.Random;

import net.datafaker.Faker;
import org.jspecify.annotations.Nullable;

/**
 * Texts that look like real ones, by an expression of Datafaker's such as
 * <code>#{Name.fullName}</code>. Loaded only where a file asks for it, as the library may
 * be missing.
 */
final class FakeValues implements ColumnValues {

	private final String expression;

	private final String language;

	private final RowRandom random = new RowRandom();

	private @Nullable Faker faker;

	FakeValues(String expression, String language) {
		this.expression = expression;
		this.language = language;
	}

	@Override
	public ColumnValues ready(List<String> keys) {
		FakeValues ready = new FakeValues(this.expression, this.language);
		try {
			ready.make(new Dice(0, ""));
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(
					"Datafaker does not understand the expression. Write one such as \"#{Name.fullName}\"; "
							+ "its documentation lists them.");
		}
		return ready;
	}

	@Override
	public String value(Row row, Dice dice) {
		return make(dice);
	}

	private String make(Dice dice) {
		this.random.dice = dice;
		if (this.faker == null) {
			this.faker = new Faker(Locale.forLanguageTag(this.language), this.random);
		}
		return this.faker.expression(this.expression);
	}

	/** Hands the dice of the row to the library. */
	private static final class RowRandom extends Random {

		private static final long serialVersionUID = 1L;

		private transient Dice dice = new Dice(0, "");

		@Override
		protected int next(int bits) {
			return (int) (this.dice.next() >>> (64 - bits));
		}

	}

}
