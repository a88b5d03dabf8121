package dev.samara.schema;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.samara.Internal;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;

/**
 * A picture of all that users made in a database. Two databases have equal pictures if
 * they look the same to an application: neither rows nor the way a schema came about
 * show, nor who takes the picture with which settings. What belongs to an extension is
 * part of the extension. Not in the picture are subscriptions, user mappings, large
 * objects, security labels, the settings of the database, and what belongs to the whole
 * server.
 * <p>
 * PostgreSQL writes definitions in its own words, and other major versions may choose
 * other words. Only pictures of the same {@linkplain #edition() edition} can be compared.
 *
 * @param edition what words the definitions are written in: the catalogue query's and the
 * server's major version, such as {@code 1/18}
 * @param objects the objects by their identity, in the order of the identities
 * @since 0.1.0
 */
public record SchemaSnapshot(String edition, SortedMap<String, SchemaObject> objects) {

	/**
	 * Create a picture.
	 */
	public SchemaSnapshot {
		objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
	}

	static SchemaSnapshot of(String edition, Collection<SchemaObject> objects) {
		TreeMap<String, SchemaObject> byIdentity = new TreeMap<>();
		for (SchemaObject object : objects) {
			if (byIdentity.put(object.identity(), object) != null) {
				throw new IllegalArgumentException("Two objects are called " + object.identity());
			}
		}
		return new SchemaSnapshot(edition, byIdentity);
	}

	/**
	 * Take a picture with a connection of its own.
	 * @param dataSource the database
	 * @param leftOut names, without a schema, of tables and views to leave out, together
	 * with what belongs to them and the views that read them
	 * @return what there is
	 * @throws DatabaseUnavailableException if the catalogue cannot be read
	 */
	public static SchemaSnapshot read(DataSource dataSource, String... leftOut) {
		List<TableName> names = Stream.of(leftOut).map((name) -> new TableName(null, name)).toList();
		try (PostgresConnection connection = PostgresConnection.open(dataSource)) {
			return read(connection, names);
		}
	}

	/**
	 * Take a picture in one round trip: as the open transaction sees the database, if one
	 * is open, and in a read-only transaction otherwise. Leaves the session as it was.
	 * Views can be read only while nobody alters the tables they use: waits two seconds
	 * for that at the most.
	 * @param connection the session
	 * @param leftOut tables and views to leave out, together with what belongs to them
	 * and the views that read them; one without a schema is left out in all schemas
	 * @return what there is
	 * @throws DatabaseUnavailableException if the catalogue cannot be read; a transaction
	 * that was open has failed then
	 */
	@Internal
	public static SchemaSnapshot read(PostgresConnection connection, Collection<TableName> leftOut) {
		return new SchemaCatalogue(connection).read(leftOut);
	}

	/**
	 * Read the compact form.
	 * @param text what {@link #toCompactText()} wrote
	 * @return the picture, equal to the original but without definitions
	 * @throws IllegalArgumentException if the text is something else
	 */
	public static SchemaSnapshot ofCompactText(String text) {
		return CompactText.read(text);
	}

	/**
	 * Write the picture without the definitions, to be kept: about 60 characters an
	 * object.
	 * @return lines of text, a title and one for each object: hash and identity
	 */
	public String toCompactText() {
		return CompactText.write(this);
	}

	/**
	 * Return a hash over everything, the definitions included.
	 * @return {@code sha256:} and 64 hexadecimal digits; the same for equal pictures,
	 * whether they know the definitions or not
	 */
	public String fingerprint() {
		return "sha256:" + Sha256.hex(Sha256.digest(toCompactText().getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Return whether the definitions of both pictures are in the same words.
	 * @param other the other picture
	 * @return whether a difference between them means anything
	 */
	public boolean isComparableTo(SchemaSnapshot other) {
		return this.edition.equals(other.edition);
	}

	@Override
	public String toString() {
		return this.objects.values().stream().map(SchemaObject::toString).collect(Collectors.joining("\n"));
	}

}
