package dev.samara.migration;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.Segment;
import dev.samara.script.Finding;
import dev.samara.sql.StatementObject;

/**
 * A plan in plain words and numbers, to be shown: {@link #toString()} as text, the record
 * itself by any mapper as JSON. It holds no SQL.
 *
 * @param direction {@code migrate} or {@code rollback}
 * @param steps what runs, in order
 * @param findings what was found
 * @param callbacks the callback files that are called, in order; those for a failure come
 * last
 * @since 0.1.0
 */
public record PlanDescription(String direction, List<Step> steps, List<Problem> findings, List<String> callbacks) {

	/**
	 * Create a description.
	 */
	public PlanDescription {
		steps = List.copyOf(steps);
		findings = List.copyOf(findings);
		callbacks = List.copyOf(callbacks);
	}

	static PlanDescription of(MigrationPlan plan) {
		return new PlanDescription("migrate",
				plan.steps()
					.stream()
					.map((step) -> new Step(step.status().key().toString(), step.status().description(), step.reason(),
							step.migration().path(), transaction(step.work()), step.work().statementCount(),
							step.migration().hasDown(), objects(step.work())))
					.toList(),
				plan.findings().stream().map(Problem::of).toList(), paths(plan.callbacks()));
	}

	private static List<String> paths(List<Callback> callbacks) {
		return callbacks.stream().map(Callback::path).toList();
	}

	static PlanDescription of(RollbackPlan plan) {
		return new PlanDescription("rollback", plan.steps()
			.stream()
			.map((step) -> new Step(step.status().key().toString(), step.status().description(), reason(plan, step),
					step.path(), transaction(step.work()), step.work().statementCount(), true, objects(step.work())))
			.toList(), plan.findings().stream().map(Problem::of).toList(), paths(plan.callbacks()));
	}

	private static String reason(RollbackPlan plan, RollbackStep step) {
		int done = step.resumption().statementsDone();
		return plan.target()
				+ ((step.source() == RollbackStep.Source.HISTORY) ? ", by the script kept in the history" : "")
				+ ((done > 0) ? ", resumed at statement " + (done + 1) + " of " + step.work().statementCount() : "");
	}

	private static String transaction(MigrationWork work) {
		if (work.isAtomic()) {
			return "one transaction";
		}
		List<Segment> segments = segments(work);
		long outside = segments.stream().filter((segment) -> !segment.isTransaction()).count();
		return (outside == segments.size()) ? "outside a transaction"
				: segments.size() + " parts, " + outside + " of them outside a transaction";
	}

	private static List<Segment> segments(MigrationWork work) {
		return (work instanceof MigrationWork.RunScript script) ? script.executable().segments() : List.of();
	}

	private static List<String> objects(MigrationWork work) {
		return segments(work).stream()
			.map(Segment::statements)
			.flatMap(List::stream)
			.flatMap((statement) -> StatementObject.of(statement).stream())
			.map(StatementObject::toString)
			.distinct()
			.toList();
	}

	/**
	 * Return the plan as text: a line for each step with its details below, then what was
	 * found.
	 */
	@Override
	public String toString() {
		boolean isRefused = this.findings.stream().anyMatch(Problem::isError);
		String lines = this.steps.isEmpty()
				? (isRefused ? "Nothing would run:" : "Nothing to do.") + System.lineSeparator()
				: this.steps.stream().map(Step::toString).collect(Collectors.joining()) + (this.callbacks.isEmpty() ? ""
						: "with callbacks: " + String.join(", ", this.callbacks) + System.lineSeparator());
		return lines + this.findings.stream().map(Problem::toString).collect(Collectors.joining());
	}

	/**
	 * A migration of the plan.
	 *
	 * @param migration its version, or {@code R:} and its name
	 * @param description what it does
	 * @param reason why it runs
	 * @param script the file that runs, or the class
	 * @param transaction in how many transactions
	 * @param statements number of statements; 1 for code
	 * @param hasDown whether there is a way back
	 * @param objects what it touches, as far as the first words of its statements tell
	 */
	public record Step(String migration, String description, String reason, String script, String transaction,
			int statements, boolean hasDown, List<String> objects) {

		/**
		 * Create a step.
		 */
		public Step {
			objects = List.copyOf(objects);
		}

		@Override
		public String toString() {
			boolean saysAll = this.description.isEmpty() || this.migration.startsWith("R:");
			String title = saysAll ? this.migration : this.migration + " " + this.description;
			boolean isCode = !this.script.toLowerCase(Locale.ROOT).endsWith(".sql");
			String size = isCode ? "code" : this.statements + ((this.statements == 1) ? " statement" : " statements");
			return "%s%n    %s; %s, %s%s%n    %s%n".formatted(title, this.reason, this.transaction, size,
					this.hasDown ? "" : ", no way back", this.script)
					+ (this.objects.isEmpty() ? ""
							: "    touches " + String.join(", ", this.objects) + System.lineSeparator());
		}

	}

	/**
	 * Something that was found.
	 *
	 * @param severity {@code ERROR} or {@code WARNING}
	 * @param code what it is, as a stable word
	 * @param place where it is, or {@code null}
	 * @param message what is wrong
	 * @param remedy what to do about it
	 */
	public record Problem(String severity, String code, @Nullable String place, String message, String remedy) {

		boolean isError() {
			return this.severity.equals("ERROR");
		}

		static Problem of(Finding finding) {
			return new Problem(finding.severity().name(), finding.code(),
					(finding.place() != null) ? finding.place().toString() : null, finding.message(), finding.remedy());
		}

		@Override
		public String toString() {
			return "%s %s%s%n    %s%n".formatted(this.severity, (this.place != null) ? this.place + ": " : "",
					this.message, this.remedy);
		}

	}

}
