package dev.samara.seed.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with a file, so that it is told together.
 */
final class Problems {

	private static final int MOST = 20;

	private final String path;

	private final List<DataProblem> found = new ArrayList<>();

	Problems(DataFile file) {
		this.path = file.path();
	}

	void add(long line, String message, String remedy) {
		add(line, 0, message, remedy);
	}

	void add(long line, long column, String message, String remedy) {
		if (!isFull()) {
			this.found.add(new DataProblem(this.path, line, column, message, remedy));
		}
	}

	boolean isFull() {
		return this.found.size() >= MOST;
	}

	boolean isEmpty() {
		return this.found.isEmpty();
	}

	void refuse() {
		if (!this.found.isEmpty()) {
			throw new DataLoadException(this.found);
		}
	}

}
