package dev.samara.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import dev.samara.sql.SqlToken;
import dev.samara.sql.SqlTokens;

/**
 * The SQL that a connection pool runs on each new connection. Custom settings
 * ({@code SET app.tenant = 'acme'}) are not listed in any catalogue and are lost with
 * {@code RESET ALL}, so that their names can only come from there.
 */
final class PoolInitSql {

	/** Of HikariCP, Tomcat's pool and Commons DBCP. */
	private static final List<String> PROPERTIES = List.of("connectionInitSql", "initSQL", "connectionInitSqls");

	private PoolInitSql() {
	}

	/**
	 * Find the custom settings that a pool sets.
	 * @param dataSource the pool, possibly behind Spring's proxies
	 * @return their names; none if it is another data source
	 */
	static List<String> customSettings(DataSource dataSource) {
		DataSource target = dataSource;
		while (target instanceof DelegatingDataSource proxy && proxy.getTargetDataSource() != null) {
			target = Objects.requireNonNull(proxy.getTargetDataSource());
		}
		BeanWrapper pool = new BeanWrapperImpl(target);
		return PROPERTIES.stream()
			.filter(pool::isReadableProperty)
			.map(pool::getPropertyValue)
			.flatMap((sql) -> (sql instanceof Iterable<?> several) ? statements(several) : Stream.ofNullable(sql))
			.flatMap((sql) -> customSettings(sql.toString()).stream())
			.distinct()
			.toList();
	}

	private static Stream<?> statements(Iterable<?> several) {
		List<Object> statements = new ArrayList<>();
		several.forEach(statements::add);
		return statements.stream();
	}

	/**
	 * Find the custom settings that SQL sets for the session.
	 */
	static List<String> customSettings(String sql) {
		SqlTokens tokens = SqlTokens.of(sql);
		List<SqlToken> all = tokens.all();
		List<String> names = new ArrayList<>();
		for (int index = 0; index < all.size(); index++) {
			if (tokens.isWord(index, "SET") && (index == 0 || tokens.isSymbol(index - 1, ";"))) {
				int name = tokens.isWord(index + 1, "SESSION") ? index + 2 : index + 1;
				names.add(all.subList(Math.min(name, all.size()), all.size())
					.stream()
					.takeWhile((token) -> token.isName() && !token.isWord("to") || token.isSymbol("."))
					.map(SqlToken::value)
					.collect(Collectors.joining()));
			}
			SqlToken argument = tokens.get(index + 2);
			if (tokens.isWord(index, "set_config") && argument != null) {
				names.add(argument.value());
			}
		}
		return names.stream().filter((name) -> name.contains(".")).toList();
	}

}
