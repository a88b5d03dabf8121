package dev.samara.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Tells from its first words what a statement means for a transaction: the calls of
 * {@code PreventInTransactionBlock} in PostgreSQL's source, in a table. The first row
 * that matches counts; a statement that none matches runs anywhere.
 * <p>
 * What depends on the catalog is not here: {@code REINDEX} and {@code CLUSTER} of a
 * partitioned table, {@code CALL} of a procedure that commits. An object of this class
 * sees the statements of one script in order.
 */
final class TransactionRules {

	private static final Map<String, List<Rule>> RULES = new HashMap<>();

	static {
		rule("BEGIN", TransactionUse.BEGINS);
		rule("START TRANSACTION", TransactionUse.BEGINS);
		rule("COMMIT|ROLLBACK PREPARED", TransactionUse.FORBIDDEN);
		rule("COMMIT|END [WORK|TRANSACTION] AND CHAIN", TransactionUse.ENDS);
		rule("COMMIT|END", TransactionUse.COMMITS);
		rule("ROLLBACK [WORK|TRANSACTION] TO", TransactionUse.ALLOWED);
		rule("ROLLBACK|ABORT", TransactionUse.ENDS);
		rule("PREPARE TRANSACTION", TransactionUse.ENDS);

		forbidden("VACUUM");
		forbidden("CREATE|DROP DATABASE|TABLESPACE");
		forbidden("ALTER DATABASE <name> SET TABLESPACE");
		forbidden("ALTER SYSTEM");
		forbidden("DISCARD ALL");
		forbidden("CREATE [UNIQUE] INDEX CONCURRENTLY");
		forbidden("DROP INDEX CONCURRENTLY");
		forbidden("REINDEX (..) SCHEMA|DATABASE|SYSTEM");
		forbidden("REINDEX (..) INDEX|TABLE CONCURRENTLY");
		forbidden("REINDEX (..)", (options) -> options.isOn("concurrently"));
		forbidden("CLUSTER [VERBOSE] (..) .");
		forbidden("REPACK (..) [USING] [INDEX] .");
		forbidden("REPACK (..)", (options) -> options.isOn("concurrently"));
		forbidden("ALTER TABLE [IF] [EXISTS] [ONLY] <name> DETACH PARTITION <name> CONCURRENTLY");
		forbidden("CREATE SUBSCRIPTION", (options) -> !options.isOff("create_slot") && !options.isOff("connect"));
		forbidden("ALTER SUBSCRIPTION <name> REFRESH");
		forbidden("ALTER SUBSCRIPTION <name> SET|ADD|DROP PUBLICATION", (options) -> !options.isOff("refresh"));
		forbidden("ALTER SUBSCRIPTION <name> SET", (options) -> options.has("failover") || options.has("two_phase"));
		forbidden("DROP SUBSCRIPTION");
	}

	private static final TokenPattern SET_SUBSCRIPTION = new TokenPattern("ALTER SUBSCRIPTION <name> SET");

	private final Set<String> subscriptionsWithoutSlot = new HashSet<>();

	private static void forbidden(String pattern) {
		forbidden(pattern, (options) -> true);
	}

	private static void forbidden(String pattern, Predicate<OptionList> condition) {
		add(new Rule(new TokenPattern(pattern), condition, TransactionUse.FORBIDDEN));
	}

	private static void rule(String pattern, TransactionUse use) {
		add(new Rule(new TokenPattern(pattern), (options) -> true, use));
	}

	private static void add(Rule rule) {
		for (String word : rule.pattern().firstWords()) {
			RULES.computeIfAbsent(word.toLowerCase(Locale.ROOT), (key) -> new ArrayList<>()).add(rule);
		}
	}

	/**
	 * Judge a statement.
	 * @param tokens its tokens
	 * @return what it means for a transaction
	 */
	TransactionUse judge(SqlTokens tokens) {
		SqlToken first = tokens.get(0);
		if (first == null || first.kind() != SqlToken.Kind.WORD) {
			return TransactionUse.ALLOWED;
		}
		for (Rule rule : RULES.getOrDefault(first.value(), List.of())) {
			if (rule.pattern().match(tokens) != TokenPattern.NO_MATCH && rule.condition().test(options(tokens))) {
				return isDropWithoutSlot(tokens) ? TransactionUse.ALLOWED : rule.use();
			}
		}
		rememberSlot(tokens);
		return TransactionUse.ALLOWED;
	}

	/** The options are the first parentheses; none of these statements has others. */
	private static OptionList options(SqlTokens tokens) {
		int index = 0;
		while (!tokens.isEnd(index) && !tokens.isSymbol(index, "(")) {
			index++;
		}
		return new OptionList(tokens, index);
	}

	private void rememberSlot(SqlTokens tokens) {
		SqlToken name = tokens.get(2);
		if (name != null && SET_SUBSCRIPTION.match(tokens) != TokenPattern.NO_MATCH
				&& options(tokens).hasValue("slot_name", "none")) {
			this.subscriptionsWithoutSlot.add(name.value());
		}
	}

	private boolean isDropWithoutSlot(SqlTokens tokens) {
		if (!tokens.startsWith(0, "DROP", "SUBSCRIPTION")) {
			return false;
		}
		@Nullable SqlToken name = tokens.get(tokens.startsWith(2, "IF", "EXISTS") ? 4 : 2);
		return name != null && this.subscriptionsWithoutSlot.contains(name.value());
	}

	private record Rule(TokenPattern pattern, Predicate<OptionList> condition, TransactionUse use) {

	}

}
