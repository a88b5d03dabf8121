package dev.samara.postgres;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class PoolInitSqlTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			SET app.tenant = 'acme'                                                | app.tenant
			SET SESSION App.Tenant TO acme; SET work_mem = '1MB'; set b.c='x.y'    | app.tenant,b.c
			SELECT set_config('app.tenant', 'acme', false)                         | app.tenant
			SET "app.tenant" = 'acme'                                              | app.tenant
			""")
	void findsCustomSettings(String sql, String names) {
		assertThat(PoolInitSql.customSettings(sql)).containsExactly(names.split(","));
	}

	@ParameterizedTest
	@CsvSource({ "SELECT 1", "SET search_path = a.b", "SET ROLE owner", "SET", "UPDATE a SET b.c = 1" })
	void findsNoneInOtherSql(String sql) {
		assertThat(PoolInitSql.customSettings(sql)).isEmpty();
	}

	@Test
	void readsThePoolBehindAProxy() {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setConnectionInitSql("SET app.tenant = 'acme'");

			assertThat(PoolInitSql.customSettings(new LazyConnectionDataSourceProxy(pool)))
				.containsExactly("app.tenant");
		}
	}

	@Test
	void knowsNothingOfOtherDataSources() {
		assertThat(PoolInitSql.customSettings(new SimpleDriverDataSource())).isEmpty();
	}

}
