package dev.samara.seed.data;

/**
 * How the values of a column are written for the server.
 */
enum ValueKind {

	/** In the input syntax of its type. */
	TEXT,

	/** As JSON, if it is a list or a mapping. */
	JSON,

	/** As the literal of an array, if it is a list. */
	ARRAY,

	/** As the literal of an array of JSON, if it is a list. */
	JSON_ARRAY,

	/** As hexadecimal digits, if it begins with {@code base64:}. */
	BINARY

}
