package dev.rowkeep.storage.sqlite;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.error.RowKeepException;
import dev.rowkeep.lease.LeaseResult;
import dev.rowkeep.lease.Leases;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Another JVM that does one thing with a storage and says what came of it. */
final class OtherKeep {
    static final Column<String> ID = Column.text("id");
    static final Column<Long> VALUE = Column.integer("value");
    static final Column<String> NOTE = Column.text("note");
    static final Schema<String, Row> RECORDS = Schema.dynamic("records", ID, VALUE);
    static final Schema<String, Row> WIDER = Schema.dynamic("records", ID, NOTE, VALUE);
    static final Schema<String, Row> MORE = Schema.dynamic("more", ID, VALUE);

    private OtherKeep() {}

    /** What is done. */
    enum Deed {
        /** Adds 1 to the record {@code a}, which is made if need be. */
        ADD,
        /** As ADD, in another store. */
        ADD_MORE,
        /** Gives the store another column, and {@code a} a value there. */
        WIDEN,
        /** Ends the lease {@code adding} of whoever holds it, and acquires it. */
        TAKE_OVER
    }

    static String run(Path file, Deed deed) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherKeep.class.getName(),
                        file.toString(),
                        deed.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return output;
    }

    public static void main(String[] arguments) {
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(Path.of(arguments[0])))) {
            System.out.println("DONE "
                    + switch (Deed.valueOf(arguments[1])) {
                        case ADD -> add(keep.store(RECORDS), RECORDS);
                        case ADD_MORE -> add(keep.store(MORE), MORE);
                        case WIDEN ->
                            keep.store(WIDER)
                                    .update("a", row -> row.with(NOTE, "n"))
                                    .version();
                        case TAKE_OVER ->
                            takeOver(keep.session(Author.job("other")).leases());
                    });
        } catch (RowKeepException e) {
            System.out.println("REFUSED " + e.getMessage());
        }
    }

    private static long takeOver(Leases leases) {
        leases.release(leases.held("adding").orElseThrow());
        LeaseResult result = leases.acquire("adding", Duration.ofHours(1));
        return ((LeaseResult.Acquired) result).lease().token();
    }

    /** Adds 1 to the record {@code a}; the version that it has now. */
    static long add(RecordStore<String, Row> store, Schema<String, Row> schema) {
        return store.exists("a")
                ? store.apply(Edit.update(schema, "a").add(VALUE, 1L)).orThrow().version()
                : store.insert(Row.of(schema, "a").with(VALUE, 1L)).version();
    }
}
