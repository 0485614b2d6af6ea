package dev.rowkeep.internal.codec;

import dev.rowkeep.spi.LoggedChange;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * The cells of personal columns as the log holds them: with a salt, until they are erased, and from then on as the digest of salt and values alone. A
 * change's hash covers the digest, so it is the same before and after; and without the salt nobody finds out by trying what the values were.
 * Safe for use by several threads.
 */
public final class PersonalCells {
    /** The forms of a delta and of an image in which each cell says what it is. */
    static final int DELTA_FORMAT = 0x12;

    static final int IMAGE_FORMAT = 0x22;

    static final int PLAIN = 0;
    static final int SALTED = 1;
    static final int SEALED = 2;

    /** Sets the digested bytes of a cell apart from those of changes and commits. */
    private static final int CELL_DIGEST = 0x51;

    /** Enough that no two are ever the same, and none is guessed. */
    private static final int SALT_LENGTH = 16;

    /** A column id, what the cell is, and a tag. */
    private static final int LEAST_CELL = 3;

    private static final SecureRandom RANDOM = new SecureRandom();

    private PersonalCells() {}

    /** Whether a delta or an image holds cells of personal columns. */
    static boolean isIn(byte[] content) {
        return content.length > 0 && (content[0] == DELTA_FORMAT || content[0] == IMAGE_FORMAT);
    }

    /** Writes what comes before a cell's values. */
    static void begin(ByteSink sink, boolean isPersonal) {
        sink.octet(isPersonal ? SALTED : PLAIN);
        if (isPersonal) {
            byte[] salt = new byte[SALT_LENGTH];
            RANDOM.nextBytes(salt);
            sink.octets(salt);
        }
    }

    /** Reads what comes before a cell's values; false if there are none, as they were erased. */
    static boolean begins(ByteSource source) {
        int kind = source.octet();
        switch (kind) {
            case PLAIN -> {}
            case SALTED -> source.octets(SALT_LENGTH);
            case SEALED -> source.octets(HashChain.LENGTH);
            default -> throw source.malformed("there is no kind of cell " + kind);
        }
        return kind != SEALED;
    }

    /** {@code change} with all values of personal columns erased. */
    public static LoggedChange sealed(LoggedChange change) {
        byte[] image = change.image();
        return change.withContents(sealed(change.delta()), image == null ? null : sealed(image));
    }

    /**
     * A delta or an image with all values of personal columns erased; itself if it has none.
     *
     * @throws dev.rowkeep.spi.StorageException if the bytes are not a delta or an image
     */
    static byte[] sealed(byte[] content) {
        if (!isIn(content)) {
            return content;
        }
        ByteSource source = new ByteSource(content, "a change with personal cells");
        ByteSink sink = ByteSink.own();
        int format = source.octet();
        int values = format == DELTA_FORMAT ? 2 : 1;
        int count = source.count(LEAST_CELL);
        sink.octet(format);
        sink.varint(count);
        MessageDigest digest = HashChain.sha256();
        for (int i = 0; i < count; i++) {
            int id = source.columnId();
            int kind = source.octet();
            sink.varint(id);
            sink.octet(kind == SALTED ? SEALED : kind);
            switch (kind) {
                case PLAIN -> sink.octets(rest(source, 0, values));
                case SALTED -> {
                    ByteSink cell = ByteSink.own();
                    cell.octet(CELL_DIGEST);
                    cell.varint(id);
                    cell.octets(rest(source, SALT_LENGTH, values));
                    cell.feed(digest);
                    sink.octets(digest.digest());
                }
                case SEALED -> sink.octets(source.octets(HashChain.LENGTH));
                default -> throw source.malformed("there is no kind of cell " + kind);
            }
        }
        source.end();
        return sink.toByteArray();
    }

    /** So many bytes and the values after them, as they stand. */
    private static byte[] rest(ByteSource source, int bytes, int values) {
        int from = source.at();
        source.octets(bytes);
        for (int i = 0; i < values; i++) {
            Values.read(source);
        }
        return source.since(from);
    }
}
