package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CellConflict;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.record.RecordDiff;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordReader;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RecordVersion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who set each cell, and stores that are compared at two places of the log, and brought back to an earlier one. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class RestoreScenarios extends UndoRehearsal {
    /** For the fixture's author. */
    protected RestoreScenarios() {}

    @Test
    void aStoreIsRestoredToAnEarlierPlaceAndBack() {
        for (int i = 0; i < 5; i++) {
            store.insert(template("t" + i));
        }
        Position then = keep.log().head();
        set(ben(), "t1", 7);
        set(ben(), "t1", 8);
        store.as(ben()).delete("t2");
        store.as(ben()).insert(template("new"));
        store.as(ben()).insert(template("short-lived"));
        store.as(ben()).delete("short-lived");
        store.as(ben()).delete("t3");
        store.as(ben()).insert(template("t3").with(SECTIONS, "again"));
        set(ben(), "t4", 1);
        set(ben(), "t4", 0);
        accounts.insert(account("a", 1));
        Position now = keep.log().head();

        List<RecordDiff<String>> diffs = store.diff(then, now);
        assertThat(diffs)
                .extracting(diff -> diff.key() + " " + diff.fromVersion() + " " + diff.toVersion())
                .containsExactly("new 0 1", "t1 1 3", "t2 1 0", "t3 1 3");
        assertThat(diffs.get(1).cells()).containsExactly(new CellChange("uses", 0L, 8L));
        assertThat(diffs.get(3).cells()).containsExactly(new CellChange("sections", "one\ntwo\nthree", "again"));
        assertThat(store.diff(now, then))
                .extracting(diff -> diff.key() + " " + diff.fromVersion() + " " + diff.toVersion())
                .containsExactly("new 1 0", "t1 3 1", "t2 0 1", "t3 3 1");
        assertThat(store.diff(now, now)).isEmpty();

        RecordStore<String, Row> anas = store.as(ana());
        assertThat(anas.restore(then).orThrow()).hasSize(4);
        assertThat(rows()).isEqualTo(rows(store.asOf(then)));
        assertThat(store.get("t4").orElseThrow().version()).isEqualTo(3);
        assertThat(accounts.exists("a")).isTrue();
        assertThat(keep.log().read(now, 10)).hasSize(1);
        assertThat(anas.restore(then).orThrow()).isEmpty();

        land(ana().undo());
        assertThat(rows()).isEqualTo(rows(store.asOf(now)));
        land(anas.restore(keep.log().start()));
        assertThat(rows()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> store.as(ana().forRequest("r")).restore(then))
                .withMessageContaining("request id");
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void whatOthersChangeDuringARestoreIsNotOverwritten() {
        store.insert(template("t1"));
        Position then = keep.log().head();
        set(ana(), "t1", 5);
        AtomicBoolean hasWritten = new AtomicBoolean();
        storage.afterReads(() -> {
            if (hasWritten.compareAndSet(false, true)) {
                set(ben(), "t1", 7);
            }
        });

        Conflict<?, ?> conflict = conflict(store.as(ana()).restore(then));

        assertThat(hasWritten).isTrue();
        assertThat(conflict.cells()).containsExactly(new CellConflict("uses", 5L, 0L, 7L));
        assertThat(version("t1")).isEqualTo("3:7");
    }

    private Map<String, Row> rows() {
        return rows(store);
    }

    private static Map<String, Row> rows(RecordReader<String, Row> reader) {
        Map<String, Row> rows = new TreeMap<>();
        reader.query().list().forEach(found -> rows.put(found.key(), found.value()));
        return rows;
    }

    @Test
    void eachCellIsBlamedOnTheVersionThatSetItLast() {
        as("ana").insert(template("t1").with(SECTIONS, null));
        as("ben").update("t1", row -> row.with(USES, 5L).with(LOW, 1L));
        as("cleo").update("t1", row -> row.with(USES, 6L).with(HIGH, null));
        as("ben").update("t1", row -> row.with(USES, 5L));

        Map<String, RecordVersion> blame = store.blame("t1");
        assertThat(blame.keySet()).containsExactly("name", "uses", "stock", "low", "high");
        assertThat(blame.values())
                .extracting(each -> each.version() + " " + each.commit().author())
                .containsExactly("1 ana", "4 ben", "1 ana", "2 ben", "3 cleo");

        store.delete("t1");
        assertThat(store.blame("t1")).isEmpty();
        as("dora").insert(template("t1"));
        assertThat(store.blame("t1").values())
                .extracting(RecordVersion::version)
                .containsOnly(6L);
        assertThat(store.blame("never")).isEmpty();
    }
}
