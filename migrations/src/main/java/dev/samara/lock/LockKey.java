package dev.samara.lock;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import dev.samara.Internal;
import dev.samara.postgres.TableName;

/**
 * Key of an advisory lock: the same for everybody who changes the same schema, migrations
 * and seeds alike. The database is part of every advisory lock already.
 *
 * @param value the 64-bit key
 * @since 0.1.0
 */
@Internal
public record LockKey(long value) {

	/**
	 * Return the key of a schema.
	 * @param table the mark of its environment, with its schema
	 * @return the key
	 */
	public static LockKey of(TableName table) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(("samara:" + table).getBytes(StandardCharsets.UTF_8));
			return new LockKey(ByteBuffer.wrap(digest).getLong());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
