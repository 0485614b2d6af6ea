package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.StoreLayout;
import java.io.ByteArrayOutputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the entries of a part of the journal when the contents that were dropped go: changes with what stands in the place of their
 * contents, and versions that nothing tells any more without cells. Used once, by one thread.
 */
final class EntryEmptying extends EntryRewriting {
    private final Marks marks;

    EntryEmptying(Map<Integer, StoreLayout> layouts, Marks marks) {
        super(layouts);
        this.marks = marks;
    }

    /**
     * Which changes of a part of the log have lost their contents. Of very many, so as numbers and bytes alone.
     *
     * @param ids of those changes, ascending
     * @param deltas what stands in their places, one after the other
     * @param ends where each ends
     * @param untold ascending, the ids of the changes before those that have lost their contents
     */
    record Marks(long[] ids, byte[] deltas, int[] ends, long[] untold) {
        /** Those of the commits after {@code after} up to {@code through}. */
        static Marks of(DuckdbSession session, long after, long through) throws SQLException {
            LongStream.Builder ids = LongStream.builder();
            LongStream.Builder ends = LongStream.builder();
            ByteArrayOutputStream deltas = new ByteArrayOutputStream();
            PreparedStatement query = session.prepared(
                    "SELECT id, delta FROM rowkeep_changes WHERE dropped AND sequence > ? AND sequence <= ? ORDER BY id");
            query.setLong(1, after);
            query.setLong(2, through);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                    deltas.writeBytes(row.getBytes(2));
                    ends.add(deltas.size());
                }
            }
            return new Marks(
                    ids.build().toArray(),
                    deltas.toByteArray(),
                    ends.build().mapToInt(Math::toIntExact).toArray(),
                    untold(session, after, through));
        }

        private static long[] untold(DuckdbSession session, long after, long through) throws SQLException {
            PreparedStatement query = session.prepared(
                    "SELECT previous FROM rowkeep_changes WHERE dropped AND previous >= ? AND previous < ? ORDER BY previous");
            query.setLong(1, ChangeId.of(after + 1, 0));
            query.setLong(2, ChangeId.of(through + 1, 0));
            LongStream.Builder untold = LongStream.builder();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    untold.add(row.getLong(1));
                }
            }
            return untold.build().toArray();
        }

        int count() {
            return ids.length + untold.length;
        }

        /** What stands in the place of the contents of a change that has lost them; null of another. */
        byte @Nullable [] delta(long id) {
            int place = Arrays.binarySearch(ids, id);
            return place < 0 ? null : Arrays.copyOfRange(deltas, place == 0 ? 0 : ends[place - 1], ends[place]);
        }
    }

    @Override
    LoggedChange kept(LoggedChange change) {
        byte[] delta = marks.delta(change.id());
        if (delta == null || (change.image() == null && Arrays.equals(delta, change.delta()))) {
            return change;
        }
        return change.withContents(delta, null);
    }

    @Override
    Image kept(StoreLayout form, Image version) {
        boolean isTold = Arrays.binarySearch(marks.untold(), version.changeId()) < 0;
        if (isTold || Arrays.stream(version.cells()).noneMatch(Objects::nonNull)) {
            return version;
        }
        return new Image(
                version.key(),
                version.version(),
                version.changeId(),
                version.liveness(),
                new Object[version.cells().length],
                version.author(),
                version.timeMicros(),
                version.userAuthor(),
                version.userTimeMicros());
    }
}
