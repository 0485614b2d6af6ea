package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.snapshot.Snapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept of snapshots in the storage: a record of each, of which the log says who made it and when. */
final class SnapshotRecords {
    private static final Column<String> NAME = Column.text("name");
    private static final Column<Long> COMMIT = Column.integer("commit").required();
    private static final Column<String> HASH = Column.text("hash").required();
    private static final Column<Long> RECORDS = Column.integer("records").required();
    private static final Column<String> FILE = Column.text("file");
    private static final Column<Long> BYTES = Column.integer("bytes");
    private static final Column<String> DIGEST = Column.text("digest");

    /** Who made it, when, and with which commit, where the record was changed since, as its file was. */
    private static final Column<String> MAKER = Column.text("maker");

    private static final Column<Origin> ORIGIN = Column.enumeration("origin", Origin.class);
    private static final Column<Instant> MADE = Column.timestamp("made");
    private static final Column<Long> LANDED = Column.integer("landed");

    /** The library's own store. */
    static final Schema<String, Row> SCHEMA = Schema.dynamic(
            "rowkeep_snapshots", NAME, COMMIT, HASH, RECORDS, FILE, BYTES, DIGEST, MAKER, ORIGIN, MADE, LANDED);

    static final Writer READER = new Writer(Author.system("snapshots"), null, null);

    private final Engine engine;

    /**
     * A snapshot as it is kept.
     *
     * @param version its record's version
     * @param landed the commit that made its record
     * @param file its file; null if it has none
     */
    record Kept(
            Snapshot snapshot,
            long version,
            long landed,
            @Nullable File file) {
        String name() {
            return snapshot.name();
        }

        long sequence() {
            return snapshot.position().sequence();
        }
    }

    /**
     * A snapshot's file.
     *
     * @param digest the SHA-256 that its trailer holds, in hexadecimal digits
     */
    record File(String name, long bytes, String digest) {}

    SnapshotRecords(Engine engine) {
        this.engine = engine;
    }

    /** All of them, by their place in the log. */
    List<Kept> all() {
        Optional<StoreState<String, Row>> store = engine.stores().ifThere(SCHEMA);
        return store.isEmpty()
                ? List.of()
                : new StoreHandle<>(engine, store.get(), READER)
                        .query().list().stream()
                                .map(this::kept)
                                .sorted(Comparator.comparingLong(Kept::sequence).thenComparingLong(Kept::landed))
                                .toList();
    }

    Optional<Kept> find(String name) {
        return engine.stores()
                .ifThere(SCHEMA)
                .flatMap(store -> engine.reads().get(store, name))
                .map(this::kept);
    }

    /** The snapshot that {@code record} is of. */
    Kept kept(VersionedRecord<String, Row> record) {
        Row row = record.value();
        boolean isAsMade = row.get(MAKER) == null;
        Snapshot snapshot = new Snapshot(
                record.key(),
                engine.position(row.require(COMMIT)),
                new ChainHash(row.require(HASH)),
                isAsMade ? record.time() : row.require(MADE),
                isAsMade ? record.author() : new Author(row.require(MAKER), row.require(ORIGIN)),
                row.require(RECORDS));
        String file = row.get(FILE);
        return new Kept(
                snapshot,
                record.version(),
                isAsMade ? record.position().sequence() : row.require(LANDED),
                file == null ? null : new File(file, row.require(BYTES), row.require(DIGEST)));
    }

    /** The edit that keeps a new one. */
    static Edit<String, Row> keep(String name, FullState.Written written) {
        File file = written.file();
        Row row = Row.of(SCHEMA, name)
                .with(COMMIT, written.head().sequence())
                .with(HASH, ChainHash.of(written.head().hash()).hex())
                .with(RECORDS, written.records());
        return Edit.insert(
                SCHEMA,
                file == null
                        ? row
                        : row.with(FILE, file.name()).with(BYTES, file.bytes()).with(DIGEST, file.digest()));
    }

    /** The edit that gives one another file. */
    static Edit<String, Row> refiled(Kept kept, File file) {
        return Edit.update(SCHEMA, kept.name())
                .set(FILE, file.name())
                .set(BYTES, file.bytes())
                .set(DIGEST, file.digest())
                .set(MAKER, kept.snapshot().author().name())
                .set(ORIGIN, kept.snapshot().author().origin())
                .set(MADE, kept.snapshot().time())
                .set(LANDED, kept.landed())
                .expecting(kept.version());
    }

    /** The edit that drops one. */
    static Edit<String, Row> drop(Kept kept) {
        return Edit.delete(SCHEMA, kept.name()).expecting(kept.version());
    }
}
