package dev.samara.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.samara.script.FilledScript;
import dev.samara.script.ForeignMarker;
import dev.samara.script.ForeignMarker.Kind;
import dev.samara.script.ForeignMarkers;
import dev.samara.script.ScriptException;
import dev.samara.sql.SqlStatement;

/**
 * Refuses a script that another migration tool would run differently: in part only, or
 * outside of a transaction.
 */
final class ForeignMarkerCheck {

	private static final int LONGEST_LIST = 8;

	private final FilledScript source;

	private final List<ForeignMarker> markers;

	private ForeignMarkerCheck(FilledScript source) {
		this.source = source;
		this.markers = ForeignMarkers.of(source.script());
	}

	static ForeignMarkerCheck of(FilledScript source) {
		return new ForeignMarkerCheck(source);
	}

	/**
	 * Check that the script is not divided into sections.
	 * @throws ScriptException for the first marker of a section
	 */
	void refuseSections() {
		List<ForeignMarker> sections = this.markers.stream()
			.filter((marker) -> marker.kind() == Kind.UP || marker.kind() == Kind.DOWN || isDividing(marker))
			.toList();
		if (!sections.isEmpty()) {
			ForeignMarker first = sections.get(0);
			throw new ScriptException("foreign-section", first.place(), first + " is a section marker of "
					+ first.tool() + ", which Samara does not read: all sections of the file would run",
					remedy(sections));
		}
	}

	/**
	 * A heading above all statements, or above what is commented out, divides nothing.
	 */
	private boolean isDividing(ForeignMarker marker) {
		if (marker.kind() != Kind.PLAIN_DOWN || !marker.equals(of(Kind.PLAIN_DOWN).get(0))) {
			return false;
		}
		int line = marker.place().line();
		List<SqlStatement> statements = this.source.statements();
		return !statements.isEmpty() && statements.get(0).line() < line
				&& statements.get(statements.size() - 1).line() > line;
	}

	private String remedy(List<ForeignMarker> sections) {
		List<ForeignMarker> ups = sections.stream().filter((marker) -> marker.kind() == Kind.UP).toList();
		List<ForeignMarker> downs = sections.stream().filter((marker) -> marker.kind() != Kind.UP).toList();
		List<String> parts = new ArrayList<>();
		if (!ups.isEmpty()) {
			parts.add("\"-- samara: up\" instead of " + lines(ups));
		}
		if (!downs.isEmpty()) {
			parts.add("\"-- samara: down\" instead of " + lines(downs));
		}
		if (!of(Kind.NO_TRANSACTION).isEmpty()) {
			parts
				.add("\"-- samara: transaction=none\" below each of them instead of " + lines(of(Kind.NO_TRANSACTION)));
		}
		List<ForeignMarker> statements = of(Kind.STATEMENT);
		return "Write " + String.join(", and ", parts)
				+ (statements.isEmpty() ? "" : "; delete " + lines(statements) + ", statements are found without them")
				+ ". Or put what rolls the migration back into a file of its own, ending in .down.sql.";
	}

	private static String lines(List<ForeignMarker> markers) {
		List<String> lines = markers.stream()
			.map((marker) -> String.valueOf(marker.place().line()))
			.distinct()
			.toList();
		String shown = lines.stream().limit(LONGEST_LIST).collect(Collectors.joining(", "));
		return ((lines.size() == 1) ? "line " : "lines ") + shown + ((lines.size() > LONGEST_LIST) ? ", …" : "");
	}

	/**
	 * Check that no directive of another tool is passed over that changes what runs.
	 * @param segments the script, cut into what is sent to the server
	 * @throws ScriptException for the first one
	 */
	void refuseDirectives(List<Segment> segments) {
		boolean isFilled = this.source.script().filling().isOn();
		for (ForeignMarker marker : this.markers) {
			switch (marker.kind()) {
				case NO_TRANSACTION -> {
					if (segments.stream().anyMatch(Segment::isTransaction)) {
						throw refusal(marker, "the script would run in a transaction",
								"Write \"-- samara: transaction=none\" at the top of the file instead, or delete the line "
										+ "if a transaction does no harm. A seed is always one transaction.");
					}
				}
				case PLACEHOLDERS_ON -> {
					if (!isFilled) {
						throw refusal(marker, "placeholders would stay as they are",
								"Write \"-- samara: placeholders=on\" at the top of the file instead.");
					}
				}
				case PLACEHOLDERS_OFF -> {
					if (isFilled) {
						throw refusal(marker, "placeholders would be replaced",
								"Write \"-- samara: placeholders=off\" at the top of the file instead.");
					}
				}
				case OTHER -> throw refusal(marker, "it would have no effect", remedy(marker));
				case UP, DOWN, PLAIN_DOWN, STATEMENT -> {
				}
			}
		}
	}

	private static String remedy(ForeignMarker marker) {
		return switch (marker.tool()) {
			case "Liquibase" -> "Make each changeset a migration of its own, without the lines of Liquibase: put its "
					+ "--rollback below \"-- samara: down\", \"-- samara: transaction=none\" for runInTransaction:false, and "
					+ "\"-- samara: environments=…\" for contexts.";
			case "Atlas" ->
				"Put the statements that apply the migration into a plain file, and those that roll it back "
						+ "below \"-- samara: down\". A checkpoint contains what earlier migrations do: leave it out.";
			default -> "Delete the line. For some environments only, write \"-- samara: environments=…\"; for another "
					+ "encoding than UTF-8, \"-- samara: encoding=…\".";
		};
	}

	private static ScriptException refusal(ForeignMarker marker, String effect, String remedy) {
		return new ScriptException("foreign-directive", marker.place(),
				marker + " is a directive of " + marker.tool() + ", which Samara does not read: " + effect, remedy);
	}

	private List<ForeignMarker> of(Kind kind) {
		return this.markers.stream().filter((marker) -> marker.kind() == kind).toList();
	}

}
