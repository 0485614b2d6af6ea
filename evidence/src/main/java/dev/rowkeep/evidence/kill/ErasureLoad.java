package dev.rowkeep.evidence.kill;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that lets people come, writes about them, makes a snapshot and erases all but every third, one after the other, until it is
 * killed. What has returned is a line on standard output: {@code came KEY}, {@code erased KEY}.
 */
final class ErasureLoad {
    static final String DATABASE = "store";
    static final String CAME = "came ";
    static final String ERASED = "erased ";

    static final Column<String> ID = Column.text("id");
    static final Column<String> NAME = Column.text("name").personal().unique();
    static final Column<String> NOTE = Column.text("note").personal();
    static final Column<Long> VISITS = Column.integer("visits");
    static final Schema<String, Row> PEOPLE = Schema.dynamic("people", ID, NAME, NOTE, VISITS);

    private static final int MOST_ROUNDS = 60;
    private static final int MOST_SNAPSHOTS = 2;
    private static final long VERSIONS = 18;

    /** Some notes fill pages of their own. */
    private static final int LONG_NOTE = 300;

    private ErasureLoad() {}

    /** Arguments: the {@link Engine}, the directory, a number that no process before had. */
    public static void main(String[] args) {
        try (RowKeep keep =
                RowKeep.open(Engine.valueOf(args[0]).at(Path.of(args[1]).resolve(DATABASE)))) {
            RecordStore<String, Row> people = keep.store(PEOPLE);
            for (int round = 0; round < MOST_ROUNDS; round++) {
                String key = args[2] + "-" + round;
                live(people, key);
                System.out.println(CAME + key);
                keep.snapshots().create("s" + key);
                List<Snapshot> snapshots = keep.snapshots().list();
                for (int i = 0; i < snapshots.size() - MOST_SNAPSHOTS; i++) {
                    keep.snapshots().drop(snapshots.get(i).name());
                }
                if (round % 3 != 2) {
                    keep.session(Author.user("officer")).erase(Subject.of(PEOPLE, key));
                    System.out.println(ERASED + key);
                }
            }
        }
    }

    /** So many versions that the log holds an image of one. */
    private static void live(RecordStore<String, Row> people, String key) {
        people.insert(
                Row.of(PEOPLE, key).with(NAME, word(key)).with(NOTE, word(key)).with(VISITS, 0L));
        for (long version = 1; version < VERSIONS; version++) {
            long visits = version;
            people.update(key, row -> {
                Row now = row.with(VISITS, visits);
                return visits % 6 == 0
                        ? now.with(NOTE, word(key).repeat(LONG_NOTE))
                        : now.with(NAME, word(key) + visits);
            });
        }
    }

    /** What is in each personal value of a person, and nowhere else. */
    static String word(String key) {
        return "Zebulon" + key + ";";
    }
}
