package dev.rowkeep.evidence.fuzz;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.internal.codec.CellDelta;
import dev.rowkeep.internal.codec.DeltaCodec;
import dev.rowkeep.internal.codec.HashChain;
import dev.rowkeep.internal.codec.PersonalCells;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bytes are refused as damaged, or hold canonical cells, whose bytes give the same cells again and are the same again. */
final class LogRecordsTarget implements FuzzTarget {
    private static final StoreLayout LAYOUT = layout(
            ColumnType.TEXT,
            ColumnType.INTEGER,
            ColumnType.decimal(18, 2),
            ColumnType.DOUBLE,
            ColumnType.BOOLEAN,
            ColumnType.DATE,
            ColumnType.TIMESTAMP,
            ColumnType.UUID,
            ColumnType.enumeration(List.of("ONE", "TWO")),
            ColumnType.BYTES,
            ColumnType.TEXT_SET,
            ColumnType.JSON);

    private static StoreLayout layout(ColumnType<?>... types) {
        List<LayoutColumn> columns = new ArrayList<>();
        for (ColumnType<?> type : types) {
            columns.add(new LayoutColumn(columns.size() + 1, "c" + columns.size(), type));
        }
        return new StoreLayout(1, "things", new LayoutColumn(0, "id", ColumnType.TEXT), columns, List.of());
    }

    @Override
    public void accept(byte[] input) {
        Allocation.check(input.length, () -> {
            readDelta(input);
            readImage(input);
            seal(input);
        });
    }

    private static void readDelta(byte[] input) {
        List<CellDelta> cells = decoded(() -> DeltaCodec.decode(LAYOUT, input));
        if (cells != null) {
            byte[] bytes = encoded(cells);
            byte[] again = encoded(DeltaCodec.decode(LAYOUT, bytes));
            Expect.that(Arrays.equals(bytes, again), "a delta's bytes are the same again");
        }
    }

    private static void readImage(byte[] input) {
        @Nullable Object[] cells = decoded(() -> DeltaCodec.decodeImage(LAYOUT, input));
        if (cells != null) {
            byte[] bytes = DeltaCodec.encodeImage(LAYOUT, cells);
            @Nullable Object[] again = DeltaCodec.decodeImage(LAYOUT, bytes);
            Expect.that(Arrays.equals(cells, again), "an image's cells are the same again");
            Expect.that(
                    Arrays.equals(bytes, DeltaCodec.encodeImage(LAYOUT, again)), "an image's bytes are the same again");
        }
    }

    /** Erasing is refused too, or leaves the hash as it is and nothing more to erase. */
    private static void seal(byte[] input) {
        LoggedChange change = new LoggedChange(1, "k", 1, ChangeKind.INSERT, 1L << 20, 0, input, null);
        LoggedChange sealed = decoded(() -> PersonalCells.sealed(change));
        if (sealed != null) {
            LoggedChange again = PersonalCells.sealed(sealed);
            Expect.that(Arrays.equals(sealed.delta(), again.delta()), "what is erased has nothing more to erase");
            Expect.that(Arrays.equals(hash(change), hash(sealed)), "what is erased has the hash that it had");
        }
    }

    private static byte[] hash(LoggedChange change) {
        LoggedHeader header = new LoggedHeader(1, 0, Author.user("ana"), null, null);
        return HashChain.next(HashChain.start(), header, List.of(change));
    }

    private static <R> @Nullable R decoded(Supplier<R> decoding) {
        try {
            return decoding.get();
        } catch (StorageException e) {
            Refusal.check(e);
            Expect.equal(e.kind(), StorageException.Kind.PERMANENT, "the kind of a refusal");
            return null;
        }
    }

    private static byte[] encoded(List<CellDelta> cells) {
        @Nullable Object[] before = new @Nullable Object[LAYOUT.columns().size()];
        @Nullable Object[] after = before.clone();
        BitSet changed = new BitSet();
        for (CellDelta cell : cells) {
            before[cell.ordinal()] = cell.before();
            after[cell.ordinal()] = cell.after();
            changed.set(cell.ordinal());
        }
        return DeltaCodec.encode(LAYOUT, before, after, changed);
    }
}
