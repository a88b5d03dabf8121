package dev.samara.seed.data;

import java.util.List;
import java.util.Map;

/**
 * A value of JSON or YAML as it is written: numbers keep their digits.
 */
sealed interface DataValue {

	/** No value. */
	record Null() implements DataValue {

	}

	/**
	 * A text, a number, a truth value.
	 *
	 * @param text as it stands in the file
	 * @param isText whether JSON would quote it
	 * @param isForeign whether it is a number or a truth value in a notation that JSON
	 * does not have
	 */
	record Scalar(String text, boolean isText, boolean isForeign) implements DataValue {

		Scalar(String text, boolean isText) {
			this(text, isText, false);
		}

	}

	/**
	 * Several values.
	 *
	 * @param items in order
	 */
	record Items(List<DataValue> items) implements DataValue {

	}

	/**
	 * Values by name.
	 *
	 * @param entries in the order of the file
	 */
	record Entries(Map<String, DataValue> entries) implements DataValue {

	}

	/** No value. */
	DataValue NULL = new Null();

}
