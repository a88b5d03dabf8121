package dev.samara.schema;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One object of a database, or one property of an object that has a life of its own: its
 * comment, its owner, the privileges of one role on it. Equal to another one with the
 * same identity and hash, whether the definitions are known or not.
 *
 * @param identity kind and qualified name, such as {@code column public.customer.id}
 * @param definition what it is in PostgreSQL's words, possibly empty; {@code null} if
 * only its hash was kept
 * @param hash 16 hexadecimal digits that stand for the definition
 * @since 0.1.0
 */
public record SchemaObject(String identity, @Nullable String definition, String hash) {

	private static final int HASH_LENGTH = 16;

	/**
	 * Create an object.
	 */
	public SchemaObject {
		if (identity.isEmpty() || hash.length() != HASH_LENGTH) {
			throw new IllegalArgumentException(
					"An object has an identity and a hash of " + HASH_LENGTH + " digits: " + identity + " " + hash);
		}
	}

	/**
	 * Create an object whose definition is known.
	 * @param identity kind and qualified name
	 * @param definition what it is
	 * @return the object
	 */
	public static SchemaObject of(String identity, String definition) {
		byte[] hash = Sha256.digest(definition.getBytes(StandardCharsets.UTF_8));
		return new SchemaObject(identity, definition, Sha256.hex(hash).substring(0, HASH_LENGTH));
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SchemaObject that && this.identity.equals(that.identity) && this.hash.equals(that.hash);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.identity, this.hash);
	}

	/**
	 * Return identity and definition.
	 * @return one line, or more if the definition has more
	 */
	@Override
	public String toString() {
		return (this.definition != null && this.definition.isEmpty()) ? this.identity
				: this.identity + ": " + ((this.definition != null) ? this.definition : "#" + this.hash);
	}

}
