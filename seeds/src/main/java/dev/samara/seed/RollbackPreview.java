package dev.samara.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.samara.execution.CodeTransaction;
import dev.samara.execution.ExecutionOptions;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.WorkSession;
import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.seed.data.RowRemoval.Reference;
import dev.samara.seed.data.RowRemoval;

/**
 * Finds beforehand what would keep data seeds from being taken back one after the other,
 * in a transaction that changes nothing. What a script or code does on the way is not
 * known, so that what refers to the rows of seeds behind it is not looked at.
 */
record RollbackPreview(SeedSettings settings, PostgresConnection connection, SeedHistory history, WorkSession session) {

	/**
	 * Look.
	 * @param steps the seeds in the order they are taken back
	 * @return what is in the way, each an error
	 */
	List<Finding> look(List<WayBack.Step> steps) {
		if (steps.stream().noneMatch((step) -> step.way() instanceof WayBack.Rows)) {
			return List.of();
		}
		ExecutionOptions options = new ExecutionOptions(this.settings.lockTimeout(), this.settings.statementTimeout(),
				this.settings.retries());
		return new CodeTransaction(this.connection, this.session.settings(), options)
			.run("What is in the way", () -> findings(steps), (findings) -> "SELECT", RowsNotRemovedException::of)
			.result();
	}

	private List<Finding> findings(List<WayBack.Step> steps) {
		RowRemoval removal = new RowRemoval(this.connection.jdbc(), this.history.rows());
		List<Finding> findings = new ArrayList<>();
		List<WayBack.Step> remembered = new ArrayList<>();
		boolean isCertain = true;
		for (WayBack.Step step : steps) {
			if (!(step.way() instanceof WayBack.Rows rows)) {
				isCertain = false;
			}
			else if (removal.remembered(step.name()) > 0) {
				List<String> lost = removal.lost(step.name());
				if (!lost.isEmpty()) {
					findings.add(finding("not-found", step, RowsNotRemovedException.lost(lost, this.history.rows())));
				}
				else if (isCertain) {
					remembered.add(step);
				}
			}
			else if (!rows.isNone()) {
				findings.add(finding("not-remembered", step, RowsNotRemovedException.noneRemembered(step.name())));
			}
		}
		if (remembered.isEmpty()) {
			return findings;
		}
		Map<String, List<Reference>> references = removal
			.references(remembered.stream().map(WayBack.Step::name).toList());
		for (WayBack.Step step : remembered) {
			List<Reference> found = references.get(step.name());
			if (found != null) {
				findings.add(finding("referenced", step, RowsNotRemovedException
					.referenced(found.stream().map(Reference::toString).collect(Collectors.joining(", ")))));
			}
		}
		return findings;
	}

	private static Finding finding(String code, WayBack.Step step, RowsNotRemovedException why) {
		return Finding.error(code, "Seed " + step.name() + " cannot be taken back. " + why.getMessage(),
				why.getRemedy(), Place.of(step.applied().script()));
	}

}
