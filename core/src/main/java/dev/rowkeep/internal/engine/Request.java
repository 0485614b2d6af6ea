package dev.rowkeep.internal.engine;

import dev.rowkeep.edit.CellOperation;
import dev.rowkeep.internal.codec.Fingerprint;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoredRequest;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A write to which its caller gave an id, and which write that is: who asks for what, in canonical form. Reason and correlation are
 * not part of it, nor is what a closure does: of that, the id has to say it.
 */
record Request(String id, byte[] fingerprint) {
    /** That of one edit; null if its writer gave no id. */
    static @Nullable Request ofEdit(Writer writer, PreparedEdit edit) {
        return finish(writer, writer.requestId() == null ? null : add(Fingerprint.of("edit"), edit));
    }

    /** That of edits that land together; null if their writer gave no id. */
    static @Nullable Request ofCommit(Writer writer, List<PreparedEdit> edits) {
        if (writer.requestId() == null) {
            return null;
        }
        Fingerprint fingerprint = Fingerprint.of("commit").number(edits.size());
        edits.forEach(edit -> add(fingerprint, edit));
        return finish(writer, fingerprint);
    }

    /** That of a closure on a record; null if its writer gave no id. */
    static @Nullable Request ofClosure(Writer writer, StoreState<?, ?> store, Object key) {
        return finish(
                writer,
                writer.requestId() == null
                        ? null
                        : Fingerprint.of("closure").number(store.layout().id()).key(key));
    }

    /** That of taking a record back to a version; null if its writer gave no id. */
    static @Nullable Request ofRevert(Writer writer, StoreState<?, ?> store, Object key, long version) {
        return finish(
                writer,
                writer.requestId() == null
                        ? null
                        : Fingerprint.of("revert")
                                .number(store.layout().id())
                                .key(key)
                                .number(version));
    }

    /** One that is like no other, for asking whether the id was used; null if the writer gave none. */
    static @Nullable Request ofNothing(Writer writer) {
        return writer.requestId() == null ? null : new Request(writer.requestId(), new byte[0]);
    }

    /** Whether {@code first} was this request. */
    boolean isAgain(StoredRequest first) {
        return Arrays.equals(fingerprint, first.fingerprint());
    }

    private static @Nullable Request finish(Writer writer, @Nullable Fingerprint fingerprint) {
        String id = writer.requestId();
        return id == null || fingerprint == null
                ? null
                : new Request(
                        id,
                        fingerprint
                                .text(writer.author().name())
                                .text(writer.author().origin().name())
                                .toBytes());
    }

    private static Fingerprint add(Fingerprint fingerprint, PreparedEdit edit) {
        fingerprint.number(edit.store().layout().id()).text(edit.kind().name()).key(edit.key());
        @Nullable Object[] cells = edit.cells();
        for (int i = 0; cells != null && i < cells.length; i++) {
            if (cells[i] != null) {
                addValue(fingerprint, edit, i, cells[i]);
            }
        }
        edit.puts().stream()
                .sorted(Comparator.comparingInt(PreparedEdit.Put::ordinal))
                .forEach(put -> addValue(fingerprint, edit, put.ordinal(), put.value()));
        edit.operations().stream()
                .sorted(Comparator.comparingInt(PreparedEdit.Operation::ordinal))
                .forEach(operation -> {
                    fingerprint.number(column(edit, operation.ordinal()).id());
                    addOperation(fingerprint, operation.operation());
                });
        fingerprint.text(edit.stand().getClass().getSimpleName()).number(edit.expectedVersion());
        return fingerprint;
    }

    private static void addValue(Fingerprint fingerprint, PreparedEdit edit, int ordinal, @Nullable Object value) {
        LayoutColumn column = column(edit, ordinal);
        Kind kind = column.type().kind();
        fingerprint.number(column.id()).text("put").value(kind, value);
    }

    private static void addOperation(Fingerprint fingerprint, CellOperation operation) {
        if (operation instanceof CellOperation.Add add) {
            Number amount = add.amount();
            fingerprint
                    .text("add")
                    .text(
                            amount instanceof BigDecimal decimal
                                    ? decimal.stripTrailingZeros().toString()
                                    : amount.toString());
        } else if (operation instanceof CellOperation.Union union) {
            fingerprint.text("union").number(union.elements().size());
            new TreeSet<>(union.elements()).forEach(fingerprint::text);
        } else if (operation instanceof CellOperation.Remove remove) {
            fingerprint.text("remove").number(remove.elements().size());
            new TreeSet<>(remove.elements()).forEach(fingerprint::text);
        } else if (operation instanceof CellOperation.Append append) {
            fingerprint.text("append").text(append.suffix());
        } else {
            throw new IllegalStateException("A put is no operation");
        }
    }

    private static LayoutColumn column(PreparedEdit edit, int ordinal) {
        return edit.store().layout().columns().get(ordinal);
    }
}
