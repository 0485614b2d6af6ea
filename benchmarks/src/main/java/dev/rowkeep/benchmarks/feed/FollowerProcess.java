package dev.rowkeep.benchmarks.feed;

import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.log.Subscription;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A process that follows the log of a store and writes to its output, for each commit, its sequence and when it came: two numbers of
 * eight bytes. It ends when its input does.
 */
final class FollowerProcess {
    private FollowerProcess() {}

    /** Follows the store in the directory that is given first, from the position that is given second. */
    public static void main(String[] arguments) throws IOException {
        DataOutputStream out = new DataOutputStream(System.out);
        try (KeepProducts products = KeepProducts.sqlite(Path.of(arguments[0]));
                Subscription subscription = products.log()
                        .subscribe(
                                Position.parse(arguments[1]),
                                LogFilter.everything(),
                                commit -> tell(out, commit.position().sequence(), System.nanoTime()))) {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static void tell(DataOutputStream out, long sequence, long nanos) {
        try {
            out.writeLong(sequence);
            out.writeLong(nanos);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
