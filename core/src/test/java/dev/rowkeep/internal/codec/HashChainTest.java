package dev.rowkeep.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HashChainTest {
    private static final LoggedHeader HEADER = new LoggedHeader(5, 1_000_000, Author.job("sync"), "nightly", null);
    private static final LoggedChange CHANGE = new LoggedChange(
            7, "k€", 16, ChangeKind.UPDATE, 5L << 20, 3L << 20, new byte[] {0x11, 0}, new byte[] {0x21, 0});

    @Test
    void chainStartsWithZeros() {
        assertThat(HashChain.start()).isEqualTo(new byte[32]);
    }

    /** The bytes of docs/log-encoding.md, written here by other means. A change is a new format version, not an edit here. */
    @Test
    void hashCoversTheDocumentedBytes() throws IOException, NoSuchAlgorithmException {
        byte[] previous = new byte[32];
        previous[0] = 42;

        ByteArrayOutputStream change = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(change);
        out.writeByte(0x31);
        out.writeInt(7);
        out.write(new byte[] {1, 4});
        out.write("k€".getBytes(StandardCharsets.UTF_8));
        out.writeLong(16);
        out.writeByte(2);
        out.writeLong(5L << 20);
        out.writeLong(3L << 20);
        out.writeInt(2);
        out.write(new byte[] {0x11, 0});
        out.writeByte(1);
        out.writeInt(2);
        out.write(new byte[] {0x21, 0});

        ByteArrayOutputStream commit = new ByteArrayOutputStream();
        out = new DataOutputStream(commit);
        out.writeByte(0x41);
        out.write(previous);
        out.writeLong(5);
        out.writeLong(1_000_000);
        out.writeByte(2);
        out.writeByte(4);
        out.writeBytes("sync");
        out.writeByte(1);
        out.writeByte(7);
        out.writeBytes("nightly");
        out.writeByte(0);
        out.writeInt(1);
        out.write(sha256(change));

        assertThat(HashChain.next(previous, HEADER, List.of(CHANGE))).isEqualTo(sha256(commit));
    }

    @Test
    void hashDoesNotDependOnWhatTheThreadHashedBefore() {
        byte[] first = HashChain.next(HashChain.start(), HEADER, List.of(CHANGE, CHANGE));
        LoggedChange noKey = new LoggedChange(1, LocalDate.EPOCH, 1, ChangeKind.INSERT, 1, 0, new byte[0], null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HashChain.next(HashChain.start(), HEADER, List.of(CHANGE, noKey)))
                .withMessageContaining("LocalDate");

        assertThat(HashChain.next(HashChain.start(), HEADER, List.of(CHANGE, CHANGE)))
                .isEqualTo(first);
    }

    @Test
    void previousHashOfAnotherLengthIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HashChain.next(new byte[31], HEADER, List.of(CHANGE)))
                .withMessageContaining("31");
    }

    private static byte[] sha256(ByteArrayOutputStream bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    }
}
