package dev.samara.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * In which order the files of a {@link Corpora corpus} apply, and what is there after the
 * last.
 *
 * @param folder where the files are
 * @param expectedSchema what {@code pg_dump -s --no-owner} says after the last step
 * @param set the name of the set
 * @param style how the project names and divides its files
 * @param preSql what to run first, as superuser
 * @param hostSchema files with the schema the migrations assume, to run before them
 * @param placeholderRegexValues pairs of a regular expression and its replacement, to
 * apply to every file
 * @param expectedCounts how many objects of a kind there are after the last step
 * @param steps the migrations in the order in which they apply
 * @since 0.1.0
 */
public record CorpusPlan(Path folder, Path expectedSchema, String set, String style, @Nullable String preSql,
		List<String> hostSchema, List<List<String>> placeholderRegexValues, Map<String, Integer> expectedCounts,
		List<Step> steps) {

	private static final JsonMapper JSON = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.build();

	static CorpusPlan read(Path root, String set) {
		CorpusPlan plan = JSON.readValue(root.resolve("plans/" + set + ".json").toFile(), CorpusPlan.class);
		return new CorpusPlan(root.resolve("sets/" + set), root.resolve("expected/" + set + ".schema.sql"), plan.set,
				plan.style, plan.preSql, plan.hostSchema, plan.placeholderRegexValues, plan.expectedCounts, plan.steps);
	}

	/**
	 * The file that applies a step.
	 * @param step one of the steps
	 * @return the file; with {@link Step#markers() markers} it holds the way down too
	 */
	public Path up(Step step) {
		return this.folder.resolve((step.up() != null) ? step.up() : step.id());
	}

	/**
	 * One migration.
	 *
	 * @param id what the project calls it
	 * @param up the file that applies it, below the folder of the set; {@code null} if it
	 * is named by the id
	 * @param down the file that takes it back, if there is one
	 * @param markers whether comments divide the file into a way up and a way down
	 * @param noTx whether it has to run outside a transaction
	 */
	public record Step(String id, @Nullable String up, @Nullable String down, boolean markers, boolean noTx) {

	}

}
