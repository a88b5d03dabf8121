package dev.samara.script;

/**
 * Lines of a text, whatever ends them.
 */
final class Lines {

	private Lines() {
	}

	/**
	 * Return where a line ends.
	 * @param from an index in the line
	 * @return the index of the first character that ends it, or the length of the text
	 */
	static int endOf(String text, int from) {
		for (int i = from; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\n' || c == '\r') {
				return i;
			}
		}
		return text.length();
	}

}
