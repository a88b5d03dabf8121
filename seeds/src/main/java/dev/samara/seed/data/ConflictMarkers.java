package dev.samara.seed.data;

/**
 * Finds the first line of a file that is a conflict marker of Git, seven {@code <} or
 * {@code >} and a blank or the end of the line: what a merge has left could be read as a
 * value.
 */
final class ConflictMarkers {

	private static final int LENGTH = 7;

	private int line = 1;

	private int found;

	/** How much of a marker the line is so far; -1 if it is none. */
	private int matched;

	private byte last;

	/**
	 * Read a byte.
	 * @param b the byte; lines end in {@code \n}
	 */
	void accept(byte b) {
		if (b == '\n') {
			end();
			this.line++;
			this.matched = 0;
		}
		else if (this.matched == LENGTH) {
			if (b == ' ') {
				end();
			}
			this.matched = -1;
		}
		else if (this.matched >= 0) {
			boolean isMarker = (b == '<' || b == '>') && (this.matched == 0 || b == this.last);
			this.matched = isMarker ? this.matched + 1 : -1;
			this.last = b;
		}
	}

	private void end() {
		if (this.matched == LENGTH && this.found == 0) {
			this.found = this.line;
		}
	}

	/**
	 * Return the line of the first marker.
	 * @return counted from 1; 0 if there is none
	 */
	int line() {
		end();
		return this.found;
	}

	/**
	 * Return the line of the first marker of a text.
	 */
	static int in(byte[] content) {
		ConflictMarkers markers = new ConflictMarkers();
		for (int i = 0; i < content.length; i++) {
			boolean isReturn = content[i] == '\r';
			if (!isReturn || i + 1 == content.length || content[i + 1] != '\n') {
				markers.accept(isReturn ? (byte) '\n' : content[i]);
			}
		}
		return markers.line();
	}

}
