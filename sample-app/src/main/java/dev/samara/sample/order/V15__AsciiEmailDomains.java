package dev.samara.sample.order;

import java.net.IDN;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.samara.migration.MigrationContext;
import dev.samara.migration.ReversibleJavaMigration;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes the domains of customers' addresses as mail servers want them, in ASCII:
 * {@code xn--grtnerei-0za.example} for {@code gärtnerei.example}. SQL has no function for
 * that. It uses no other class of the application, as those change and this one stays.
 */
@Component
public class V15__AsciiEmailDomains implements ReversibleJavaMigration {

	private static final int ROWS_AT_ONCE = 1000;

	@Override
	public void up(MigrationContext context) {
		convert(context, IDN::toASCII);
		context.jdbc()
			.execute("ALTER TABLE customer ADD CONSTRAINT customer_email_domain_check CHECK (email ~ '@[ -~]+$')");
	}

	@Override
	public void down(MigrationContext context) {
		context.jdbc().execute("ALTER TABLE customer DROP CONSTRAINT customer_email_domain_check");
		convert(context, IDN::toUnicode);
	}

	/** By pages, as there may be more customers than memory. */
	private static void convert(MigrationContext context, UnaryOperator<String> domain) {
		JdbcClient client = context.client();
		long total = client.sql("SELECT count(*) FROM customer").query(Long.class).single();
		long done = 0;
		List<Customer> page = page(client, 0);
		while (!page.isEmpty()) {
			List<Object[]> changes = page.stream()
				.map((customer) -> new Object[] { customer.withDomain(domain), customer.id(), customer.email() })
				.filter((change) -> !change[0].equals(change[2]))
				.map((change) -> new Object[] { change[0], change[1] })
				.toList();
			context.jdbc().batchUpdate("UPDATE customer SET email = ? WHERE id = ?", changes);
			context.addRows(changes.size());
			done += page.size();
			context.progress(done, total);
			page = page(client, page.get(page.size() - 1).id());
		}
	}

	private static List<Customer> page(JdbcClient client, long after) {
		return client.sql("SELECT id, email FROM customer WHERE id > ? ORDER BY id LIMIT ?")
			.params(after, ROWS_AT_ONCE)
			.query(Customer.class)
			.list();
	}

	private record Customer(long id, String email) {

		String withDomain(UnaryOperator<String> conversion) {
			int at = this.email.lastIndexOf('@');
			return this.email.substring(0, at + 1) + conversion.apply(this.email.substring(at + 1));
		}

	}

}
