package dev.rowkeep.evidence.damage;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.query.Condition;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RecordVersion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All that a reader can learn of the store: each record by key, by scan and by index, each of its versions, each commit.
 *
 * @param facts a line for each answer
 */
record Contents(List<String> facts) {
    static Contents of(RowKeep keep) {
        List<String> facts = new ArrayList<>();
        add(facts, keep.store(SmallStore.PLAIN));
        add(facts, keep.store(SmallStore.UNIQUE));
        for (Commit commit : keep.log().read(keep.log().start(), Integer.MAX_VALUE)) {
            facts.add("commit " + commit.position().sequence() + " "
                    + commit.header().author() + " "
                    + commit.header().time() + " " + commit.header().reason() + " "
                    + commit.header().correlationId() + " " + commit.changes() + " "
                    + commit.hash().hex());
        }
        return new Contents(List.copyOf(facts));
    }

    private static void add(List<String> facts, RecordStore<String, Row> store) {
        String name = store.schema().name();
        Set<String> keys = new LinkedHashSet<>(SmallStore.KEYS);
        for (VersionedRecord<String, Row> record : store.query().list()) {
            facts.add(name + " scanned " + text(record));
            keys.add(record.key());
        }
        facts.add(name + " counted " + store.query().count());
        for (String key : keys) {
            store.get(key).ifPresent(record -> {
                facts.add(name + " read " + text(record));
                found(store, record, SmallStore.NOTE).forEach(same -> facts.add(name + " by note " + same));
                found(store, record, SmallStore.NUMBER).forEach(same -> facts.add(name + " by number " + same));
            });
            for (RecordVersion version : store.history(key)) {
                facts.add(name + " history " + version.change() + " "
                        + version.commit().position().sequence() + " "
                        + version.commit().author() + " " + version.commit().time());
                facts.add(name + " as of " + version.version() + " "
                        + store.asOf(key, version.version()).map(Contents::text));
            }
        }
    }

    /** The records that an index has under the value of {@code record}. */
    private static <C> List<String> found(
            RecordStore<String, Row> store, VersionedRecord<String, Row> record, Column<C> column) {
        C value = record.value().get(column);
        if (value == null) {
            return List.of();
        }
        try {
            return store.where(Condition.eq(column, value)).list().stream()
                    .map(Contents::text)
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of("nothing: no record can hold that value");
        }
    }

    private static String text(VersionedRecord<String, Row> record) {
        return record.key() + " v" + record.version() + " at "
                + record.position().sequence() + " by " + record.author()
                + " " + record.time() + " "
                + record.value().get(SmallStore.NUMBER) + " "
                + record.value().get(SmallStore.NOTE);
    }

    /** The first fact of either that the other lacks; empty if there is none. */
    String firstDifference(Contents other) {
        for (int i = 0; i < Math.max(facts.size(), other.facts.size()); i++) {
            String mine = i < facts.size() ? facts.get(i) : "nothing";
            String theirs = i < other.facts.size() ? other.facts.get(i) : "nothing";
            if (!mine.equals(theirs)) {
                return mine + " instead of " + theirs;
            }
        }
        return "";
    }
}
