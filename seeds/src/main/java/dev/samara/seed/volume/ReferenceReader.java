package dev.samara.seed.volume;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.samara.seed.data.QualifiedName;
import dev.samara.seed.data.RowMaker.Wanted;

/**
 * Reads the name of a table, {@code shop.customer}, with a column if it is to be another
 * one than the key: {@code customer(email)}.
 */
final class ReferenceReader {

	private static final Pattern FORM = Pattern.compile("(?<table>[^()]+)(?:\\((?<column>[^()]+)\\))?");

	private ReferenceReader() {
	}

	static @Nullable Wanted parse(String text) {
		Matcher matcher = FORM.matcher(text.strip());
		QualifiedName table = matcher.matches() ? QualifiedName.parse(matcher.group("table")) : null;
		if (table == null) {
			return null;
		}
		String column = matcher.group("column");
		return new Wanted(table, (column != null) ? column.strip().replace("\"", "") : null);
	}

}
