package dev.rowkeep.examples;

import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.Parsed;
import dev.rowkeep.store.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings raw rows into the store: each is judged first, and those that pass land in batches, each batch whole or not at all. */
public final class FilmImport {
    private static final int BATCH = 200;

    private final Session session;
    private final ImportReport report = new ImportReport();
    private final List<Edit<String, Film>> batch = new ArrayList<>(BATCH);

    private FilmImport(Session session) {
        this.session = session;
    }

    /** Imports the whole data set as {@code session}; gives the number of films that were accepted. */
    public static int all(Session session) {
        return run(session, FilmRows.read()).accepted();
    }

    /** Imports {@code rows} as {@code session}. */
    static ImportReport run(Session session, List<Map<String, @Nullable Object>> rows) {
        FilmImport job = new FilmImport(session);
        rows.forEach(job::take);
        job.flush();
        return job.report;
    }

    private void take(Map<String, @Nullable Object> row) {
        Parsed<Film> parsed = Film.SCHEMA.parse(row);
        report.judged(String.valueOf(row.get("id")), parsed.verdict());
        parsed.value().ifPresent(film -> batch.add(Edit.insert(Film.SCHEMA, film)));
        if (batch.size() == BATCH) {
            flush();
        }
    }

    private void flush() {
        if (!batch.isEmpty()) {
            session.commit(batch).orThrow();
            report.committed();
            batch.clear();
        }
    }
}
