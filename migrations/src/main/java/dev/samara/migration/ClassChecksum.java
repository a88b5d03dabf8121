package dev.samara.migration;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;

/**
 * A checksum that follows the content of a class.
 * <p>
 * It is that of the class file, with those of the classes within: another version of the
 * compiler, another option of it, or a mere reformatting that moves lines makes another
 * one, while a change in a class that is called makes none. So it is for those who never
 * touch a class once it is released. In a native image there are no class files.
 *
 * @since 0.1.0
 */
public final class ClassChecksum {

	private ClassChecksum() {
	}

	/**
	 * Return the checksum of a class.
	 * @param type the class; for one that was generated from it, such as a proxy of
	 * Spring's, that of the class it extends
	 * @return {@code sha256:} and 64 hexadecimal digits
	 * @throws SamaraException if there is no class file
	 */
	public static String of(Class<?> type) {
		Class<?> written = JavaMigrationName.writtenType(type);
		MessageDigest digest = sha256();
		files(written).forEach((part) -> digest.update(bytes(part)));
		return "sha256:" + HexFormat.of().formatHex(digest.digest());
	}

	private static List<Class<?>> files(Class<?> type) {
		return Stream.of(type.getNestMembers())
			.filter((member) -> member.equals(type) || member.getName().startsWith(type.getName() + "$"))
			.sorted(Comparator.comparing(Class::getName))
			.<Class<?>>map((member) -> member)
			.toList();
	}

	private static byte[] bytes(Class<?> type) {
		String file = "/" + type.getName().replace('.', '/') + ".class";
		try (InputStream content = type.getResourceAsStream(file)) {
			if (content == null) {
				throw new NoClassFileException(type, null);
			}
			return content.readAllBytes();
		}
		catch (IOException ex) {
			throw new NoClassFileException(type, ex);
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/** Thrown where a class has no file that could be read. */
	private static final class NoClassFileException extends SamaraException {

		NoClassFileException(Class<?> type, @Nullable IOException cause) {
			super("There is no class file of " + type.getName() + " to make a checksum of, as in a native image",
					"Let checksum() return a text of its own.", cause);
		}

	}

}
