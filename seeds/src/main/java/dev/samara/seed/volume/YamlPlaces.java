package dev.samara.seed.volume;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import dev.samara.script.Place;
import dev.samara.script.ScriptException;
import dev.samara.seed.data.Nearest;

/**
 * Reads nodes of YAML, and collects what is wrong with them, each with its place.
 *
 * @param path the file
 * @param problems told what is wrong
 */
record YamlPlaces(String path, List<ScriptException> problems) {

	/**
	 * An entry of a mapping.
	 *
	 * @param key where its name stands
	 * @param value its value
	 */
	record Entry(Node key, Node value) {

	}

	Place at(Node node) {
		return at(node.getStartMark());
	}

	Place at(Mark mark) {
		return new Place(this.path, mark.getLine() + 1, mark.getColumn() + 1);
	}

	void add(Node node, String message, String remedy) {
		add("invalid-value", at(node), message, remedy);
	}

	void add(String code, Place place, String message, String remedy) {
		this.problems.add(new ScriptException(code, place, message, remedy));
	}

	/** Read the entries of a mapping, in their order. */
	Map<String, Entry> entries(MappingNode mapping) {
		Map<String, Entry> entries = new LinkedHashMap<>();
		for (NodeTuple tuple : mapping.getValue()) {
			String name = (tuple.getKeyNode() instanceof ScalarNode key) ? key.getValue() : "";
			if (name.isEmpty()) {
				add(tuple.getKeyNode(), "What stands here is no name", "Write \"name: value\".");
			}
			else if (entries.putIfAbsent(name, new Entry(tuple.getKeyNode(), tuple.getValueNode())) != null) {
				add(tuple.getKeyNode(), "\"" + name + "\" stands twice", "Take one of the two out.");
			}
		}
		return entries;
	}

	/** Complain of entries that mean nothing. */
	void refuseUnknown(Map<String, Entry> entries, Collection<String> known) {
		entries.forEach((name, entry) -> {
			if (!known.contains(name)) {
				add("unknown-key", at(entry.key()), "Unknown key \"" + name + "\"",
						Nearest.question(name, known) + "Known here are " + String.join(", ", known) + ".");
			}
		});
	}

	/** Return whether a value is what YAML calls null: nothing, {@code ~} or the word. */
	static boolean isNull(Node node) {
		return node.getTag().equals(Tag.NULL);
	}

	/**
	 * Return the text of a single value, or {@code null} if it is none, empty or null.
	 */
	static @Nullable String text(@Nullable Node node) {
		return (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty() && !isNull(node)) ? scalar.getValue()
				: null;
	}

	/** Return what is not a list, or is one, each with a text; empty with a complaint. */
	List<Node> texts(Node node, String message, String remedy) {
		List<Node> items = (node instanceof SequenceNode sequence) ? sequence.getValue() : List.of(node);
		Optional<Node> wrong = items.stream().filter((item) -> text(item) == null).findFirst();
		if (items.isEmpty() || wrong.isPresent()) {
			add(wrong.orElse(node), message, remedy);
			return List.of();
		}
		return items;
	}

	/** Return the texts of a list of two, or {@code null} with a complaint. */
	@Nullable Pair pair(Node node, String example) {
		if (node instanceof SequenceNode sequence && sequence.getValue().size() == 2) {
			String low = text(sequence.getValue().get(0));
			String high = text(sequence.getValue().get(1));
			if (low != null && high != null) {
				return new Pair(low, high);
			}
		}
		add(node, "A range has a lowest and a highest value", "Write " + example + ".");
		return null;
	}

	/** Read a share, or complain. */
	double share(Node node) {
		try {
			double share = Double.parseDouble(String.valueOf(text(node)));
			if (share >= 0 && share <= 1) {
				return share;
			}
		}
		catch (NumberFormatException ex) {
			// Told below.
		}
		add(node, "A share is a number from 0 to 1", "Write 0.1 for one row in ten.");
		return 0;
	}

	/** Read a whole number, or complain. */
	long number(Node node, String what, long lowest, long highest) {
		try {
			long number = Long.parseLong(String.valueOf(text(node)).replace("_", ""));
			if (number >= lowest && number <= highest) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Told below.
		}
		add(node, what + " is a whole number" + ((lowest > Long.MIN_VALUE) ? " from " + lowest + " to " + highest : ""),
				"Correct it.");
		return Math.max(lowest, 1);
	}

	/**
	 * Two values.
	 *
	 * @param low the first
	 * @param high the second
	 */
	record Pair(String low, String high) {

	}

}
