package dev.samara.execution;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.sql.SqlTokens;

import static org.assertj.core.api.Assertions.assertThat;

class ClientEncodingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			SET client_encoding = 'LATIN1'                                 | LATIN1
			SET SESSION Client_Encoding TO win1252                         | win1252
			SET LOCAL "client_encoding" TO SQL_ASCII                       | sql_ascii
			SET NAMES 'EUC_JP'                                             | EUC_JP
			SET SESSION NAMES 'EUC_JP'                                     | EUC_JP
			SELECT pg_catalog.set_config('client_encoding', 'LATIN1', false)| LATIN1
			SELECT set_config ( 'client_encoding' , 'LATIN9', true)        | LATIN9
			""")
	void findsAnEncodingTheDriverCannotRead(String sql, String encoding) {
		assertThat(ClientEncoding.setBy(SqlTokens.of(sql))).contains(encoding);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "SET client_encoding = 'UTF8'", "SET client_encoding TO utf8;", "SET client_encoding = 'utf-8'",
					"SET NAMES 'UNICODE'", "SET NAMES DEFAULT", "SET NAMES;", "SET NAMES", "RESET client_encoding",
					"SET client_encoding TO DEFAULT", "SELECT set_config('client_encoding', 'UTF8', false)",
					"SELECT set_config('search_path', 'LATIN1', false)", "SELECT 'SET client_encoding = LATIN1'",
					"SET search_path = client_encoding", "UPDATE t SET client_encoding = 'LATIN1'" })
	void acceptsUtf8AndOtherStatements(String sql) {
		assertThat(ClientEncoding.setBy(SqlTokens.of(sql))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "LATIN1, encoding=latin1", "WIN1252, encoding=windows-1252", "MULE_INTERNAL, encoding=…" })
	void namesTheDirectiveForAFileInThatEncoding(String encoding, String directive) {
		assertThat(ClientEncoding.action(encoding)).contains(directive);
	}

}
