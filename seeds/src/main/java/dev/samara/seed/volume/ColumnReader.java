package dev.samara.seed.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import dev.samara.seed.data.Nearest;
import dev.samara.seed.data.RowMaker.Wanted;
import dev.samara.seed.volume.ReferenceValues.Distribution;
import dev.samara.seed.volume.SimpleValues.Choice;
import dev.samara.seed.volume.SimpleValues.Constant;
import dev.samara.seed.volume.SimpleValues.RandomUuid;
import dev.samara.seed.volume.SimpleValues.Sequence;
import dev.samara.seed.volume.SimpleValues.Truth;
import dev.samara.seed.volume.YamlPlaces.Entry;

/**
 * Reads what a column holds: a mapping with one kind of values, {@code range: [1, 10]},
 * and what may be said of it, {@code nulls: 0.1}; or just the name of a kind.
 */
final class ColumnReader {

	private static final List<String> PLAIN = List.of("sequence", "uuid", "boolean");

	/** The kinds of values, and what else may be said of each. */
	private static final Map<String, List<String>> KINDS = Map.ofEntries(Map.entry("sequence", List.of("step")),
			Map.entry("choice", List.of()), Map.entry("range", List.of()), Map.entry("date", List.of()),
			Map.entry("timestamp", List.of()), Map.entry("text", List.of()), Map.entry("boolean", List.of()),
			Map.entry("uuid", List.of()), Map.entry("value", List.of()),
			Map.entry("reference", List.of("distribution")), Map.entry("faker", List.of("locale")));

	private final YamlPlaces yaml;

	private final List<VolumeColumn> columns = new ArrayList<>();

	ColumnReader(YamlPlaces yaml) {
		this.yaml = yaml;
	}

	List<VolumeColumn> read(Map<String, Entry> entries) {
		entries.forEach((name, entry) -> {
			Node node = entry.value();
			Map<String, Entry> parts = (node instanceof MappingNode mapping) ? this.yaml.entries(mapping)
					: Map.of(String.valueOf(YamlPlaces.text(node)), new Entry(node, node));
			if (!(node instanceof MappingNode) && !PLAIN.contains(String.valueOf(YamlPlaces.text(node)))) {
				this.yaml.add(node, "This does not say what column \"" + name + "\" holds",
						"Write a kind of values, such as \"" + name + ": {value: …}\"; known are " + names() + ".");
				return;
			}
			String kind = kind(name, entry, parts);
			if (kind != null) {
				add(name, entry, kind, parts);
			}
		});
		return this.columns;
	}

	private @Nullable String kind(String name, Entry entry, Map<String, Entry> parts) {
		List<String> kinds = parts.keySet().stream().filter(KINDS::containsKey).toList();
		if (kinds.isEmpty()) {
			String unknown = parts.keySet().stream().filter((part) -> !part.equals("nulls")).findFirst().orElse("");
			this.yaml.add(entry.value(), "This does not say what column \"" + name + "\" holds",
					Nearest.question(unknown, new TreeSet<>(KINDS.keySet())) + "Name one of " + names() + ".");
			return null;
		}
		if (kinds.size() > 1) {
			this.yaml.add(entry.value(),
					"Column \"" + name + "\" has several kinds of values: " + String.join(", ", kinds),
					"Keep one of them.");
			return null;
		}
		return kinds.get(0);
	}

	private void add(String name, Entry entry, String kind, Map<String, Entry> parts) {
		List<String> known = new ArrayList<>(List.of(kind, "nulls"));
		known.addAll(KINDS.getOrDefault(kind, List.of()));
		this.yaml.refuseUnknown(parts, known);
		ColumnValues values = values(kind, Objects.requireNonNull(parts.get(kind)).value(), parts);
		Entry nulls = parts.get("nulls");
		if (values != null) {
			this.columns.add(new VolumeColumn(name, this.yaml.at(entry.key()).line(), values,
					(nulls != null) ? this.yaml.share(nulls.value()) : 0));
		}
	}

	private @Nullable ColumnValues values(String kind, Node node, Map<String, Entry> parts) {
		boolean isPlain = kind.equals(YamlPlaces.text(node));
		return switch (kind) {
			case "sequence" -> sequence(isPlain ? null : node, parts.get("step"));
			case "boolean" -> new Truth(isPlain ? 0.5 : this.yaml.share(node));
			case "uuid" -> new RandomUuid();
			case "value" -> new Constant(orNull(node));
			case "choice" -> choice(node);
			case "range" -> RangeReader.numbers(this.yaml, node);
			case "date" -> RangeReader.dates(this.yaml, node);
			case "timestamp" -> RangeReader.timestamps(this.yaml, node);
			case "reference" -> reference(node, parts.get("distribution"));
			case "faker" -> faker(node, parts.get("locale"));
			default -> template(node);
		};
	}

	private ColumnValues sequence(@Nullable Node node, @Nullable Entry step) {
		long start = (node != null) ? this.yaml.number(node, "The start of a sequence", Long.MIN_VALUE, Long.MAX_VALUE)
				: 1;
		return new Sequence(start, (step != null)
				? this.yaml.number(step.value(), "The step of a sequence", Long.MIN_VALUE, Long.MAX_VALUE) : 1);
	}

	private @Nullable ColumnValues choice(Node node) {
		List<@Nullable String> values = new ArrayList<>();
		List<Double> upTo = new ArrayList<>();
		double sum = 0;
		if (node instanceof SequenceNode sequence) {
			for (Node value : sequence.getValue()) {
				sum += 1;
				upTo.add(sum);
				values.add(orNull(value));
			}
		}
		else if (node instanceof MappingNode mapping) {
			for (Map.Entry<String, Entry> entry : this.yaml.entries(mapping).entrySet()) {
				sum += weight(entry.getValue().value());
				upTo.add(sum);
				values.add(YamlPlaces.isNull(entry.getValue().key()) ? null : entry.getKey());
			}
		}
		if (values.isEmpty() || sum <= 0) {
			this.yaml.add(node, "A choice has several values, or values with their weights",
					"Write [open, paid], or {open: 1, paid: 3}.");
			return null;
		}
		return new Choice(values, upTo);
	}

	private @Nullable String orNull(Node node) {
		return (!YamlPlaces.isNull(node) && single(node)) ? ((ScalarNode) node).getValue() : null;
	}

	private double weight(Node node) {
		try {
			double weight = Double.parseDouble(String.valueOf(YamlPlaces.text(node)));
			if (weight >= 0 && weight <= 1e15) {
				return weight;
			}
		}
		catch (NumberFormatException ex) {
			// Told below.
		}
		this.yaml.add(node, "The weight of a value is a number, 0 or more", "Write {open: 1, paid: 3}.");
		return 1;
	}

	private @Nullable ColumnValues reference(Node node, @Nullable Entry distribution) {
		String text = YamlPlaces.text(node);
		Wanted wanted = (text != null) ? ReferenceReader.parse(text) : null;
		if (wanted == null) {
			this.yaml.add(node, "This is not the name of a table",
					"Write reference: customer, reference: shop.customer or reference: customer(email).");
			return null;
		}
		if (distribution == null) {
			return new ReferenceValues(wanted, Distribution.EVEN, List.of());
		}
		String name = YamlPlaces.text(distribution.value());
		if (name == null || !Distribution.names().contains(name)) {
			this.yaml.add(distribution.value(),
					((name != null) ? "\"" + name + "\"" : "This") + " is not a distribution",
					((name != null) ? Nearest.question(name, Distribution.names()) : "") + "Known are "
							+ String.join(", ", Distribution.names()) + ".");
			return null;
		}
		return new ReferenceValues(wanted, Distribution.of(name), List.of());
	}

	private @Nullable ColumnValues faker(Node node, @Nullable Entry locale) {
		if (!ClassUtils.isPresent("net.datafaker.Faker", ColumnReader.class.getClassLoader())) {
			this.yaml.add("missing-library", this.yaml.at(node),
					"The values are to be made by Datafaker, which is not on the class path",
					"Add the dependency net.datafaker:datafaker, or make them by text or choice.");
			return null;
		}
		String language = (locale != null) ? YamlPlaces.text(locale.value()) : "en";
		if (language == null && locale != null) {
			this.yaml.add(locale.value(), "This is not a language", "Write locale: de.");
		}
		return (single(node) && language != null) ? new FakeValues(((ScalarNode) node).getValue(), language) : null;
	}

	private @Nullable ColumnValues template(Node node) {
		if (!single(node)) {
			return null;
		}
		try {
			return TextTemplate.parse(((ScalarNode) node).getValue(),
					this.columns.stream().map(VolumeColumn::name).toList());
		}
		catch (IllegalArgumentException ex) {
			this.yaml.add(node, "The text cannot be made", String.valueOf(ex.getMessage()));
			return null;
		}
	}

	private boolean single(Node node) {
		if (node instanceof ScalarNode && !YamlPlaces.isNull(node)) {
			return true;
		}
		this.yaml.add(node, "A single value is wanted here",
				"Write a text or a number; what is always NULL is {value: null}.");
		return false;
	}

	private static String names() {
		return String.join(", ", new TreeSet<>(KINDS.keySet()));
	}

}
