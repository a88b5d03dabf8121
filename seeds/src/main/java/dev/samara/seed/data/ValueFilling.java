package dev.samara.seed.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.samara.placeholder.BuiltIns;
import dev.samara.placeholder.FilledText;
import dev.samara.placeholder.PlaceholderFiller;
import dev.samara.placeholder.PlaceholderProblem;
import dev.samara.script.ScriptFilling;
import dev.samara.seed.data.DataValue.Entries;
import dev.samara.seed.data.DataValue.Items;
import dev.samara.seed.data.DataValue.Scalar;

/**
 * Puts values in the place of placeholders in the values of a data file. Names of columns
 * stay as they are. Where placeholders are off, and nothing in the file says that they
 * are meant as text, it finds those that are configured.
 */
final class ValueFilling {

	private final ScriptFilling filling;

	private final PlaceholderFiller filler;

	private final char firstChar;

	private final String remedyOfUnreplaced;

	private final List<PlaceholderProblem> found = new ArrayList<>();

	private ValueFilling(ScriptFilling filling, DataFormat format) {
		this.filling = filling;
		this.remedyOfUnreplaced = (format == DataFormat.JSON)
				? filling.remedyOfUnreplaced("\"samara\": {\"placeholders\": \"", "\"}")
				: filling.remedyOfUnreplaced("\"# samara: placeholders=", "\"");
		this.filler = filling.filler();
		this.firstChar = filling.placeholders().prefix().charAt(0);
	}

	/**
	 * Create the filling of a file.
	 * @return the filling, or {@code null} if placeholders are text there
	 */
	static @Nullable ValueFilling of(DataFile file) {
		return (file.filling().mode() != ScriptFilling.Mode.LITERAL) ? new ValueFilling(
				file.filling().with(BuiltIns.NONE.with(BuiltIns.Name.FILE, file.path())), file.format()) : null;
	}

	/** Most values hold no placeholder, and are not to be copied to find that out. */
	boolean mayConcern(char[] chars, int offset, int length) {
		for (int i = offset; i < offset + length; i++) {
			if (chars[i] == this.firstChar) {
				return true;
			}
		}
		return false;
	}

	String fill(String text) {
		if (!this.filler.isConcerned(text)) {
			return text;
		}
		if (!this.filling.isOn()) {
			this.found.addAll(this.filler.findNamed(text));
			return text;
		}
		FilledText filled = this.filler.fill(text);
		this.found.addAll(filled.problems());
		return filled.text();
	}

	Entries fill(Entries row) {
		Map<String, DataValue> entries = new LinkedHashMap<>();
		row.entries().forEach((name, value) -> entries.put(name, fill(value)));
		return new Entries(entries);
	}

	private DataValue fill(DataValue value) {
		if (value instanceof Scalar scalar && scalar.isText()) {
			return new Scalar(fill(scalar.text()), true);
		}
		if (value instanceof Items items) {
			return new Items(items.items().stream().map(this::fill).toList());
		}
		return (value instanceof Entries entries) ? fill(entries) : value;
	}

	/**
	 * Tell what was wrong since the last call.
	 */
	void report(Problems problems, long line) {
		for (PlaceholderProblem problem : this.found) {
			problems.add(line, problem.message(),
					this.filling.isOn() ? this.filling.remedy(problem) : this.remedyOfUnreplaced);
		}
		this.found.clear();
	}

}
