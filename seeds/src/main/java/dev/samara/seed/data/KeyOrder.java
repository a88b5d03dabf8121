package dev.samara.seed.data;

/**
 * Sees whether the keys of a file ascend as its rows go by. Then none stands twice, and
 * none is missing, without a question to the server.
 */
final class KeyOrder {

	private static final long MOST = Long.MAX_VALUE / 10 - 1;

	private final int place;

	private boolean isAscending;

	private boolean isFirst = true;

	private long last;

	/**
	 * Begin.
	 * @param place the place of an integer column, or -1 for keys of other kinds, of
	 * which nothing is said
	 */
	KeyOrder(int place) {
		this.place = place;
		this.isAscending = place >= 0;
	}

	boolean isAscending() {
		return this.isAscending;
	}

	/**
	 * Look at a row in the format of {@code COPY}.
	 * @param buffer what holds it
	 * @param from its first byte
	 * @param to the end of its line
	 */
	void accept(byte[] buffer, int from, int to) {
		if (!this.isAscending) {
			return;
		}
		int at = from;
		for (int field = 0; field < this.place; field++) {
			while (at < to && buffer[at] != '\t') {
				at++;
			}
			at++;
		}
		long key = 0;
		int begin = at;
		while (at < to && buffer[at] >= '0' && buffer[at] <= '9' && key <= MOST) {
			key = key * 10 + (buffer[at] - '0');
			at++;
		}
		boolean isNumber = at > begin && at <= to && (at == to || buffer[at] == '\t' || buffer[at] == '\n');
		this.isAscending = isNumber && (this.isFirst || key > this.last);
		this.isFirst = false;
		this.last = key;
	}

}
