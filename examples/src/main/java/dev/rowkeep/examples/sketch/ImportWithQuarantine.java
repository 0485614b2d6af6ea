package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.Json;
import dev.rowkeep.schema.Parsed;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.schema.annotation.Min;
import dev.rowkeep.schema.annotation.Required;
import dev.rowkeep.store.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A batch import: what passes lands, what does not is kept with its evidence, both in one commit. */
public final class ImportWithQuarantine {
    private ImportWithQuarantine() {}

    // tag::quarantine[]
    record Reading(
            @Key String id,
            @Required String sensor,
            @Min("0") long value) {}

    record Quarantined(
            @Key String id, @Required Json row, @Required String why) {}

    static final Schema<String, Reading> READINGS = Schema.of(String.class, Reading.class);
    static final Schema<String, Quarantined> QUARANTINE = Schema.of(String.class, Quarantined.class);

    /** Imports {@code rows}, once, however often it is run: all are there afterwards, as readings or in quarantine, or none is. */
    static CommitResult run(RowKeep keep, String file, List<? extends Map<String, ?>> rows) {
        keep.store(READINGS);
        keep.store(QUARANTINE);
        List<Edit<?, ?>> edits = new ArrayList<>();
        for (Map<String, ?> row : rows) {
            Parsed<Reading> parsed = READINGS.parse(row);
            if (parsed.value().isPresent()) {
                edits.add(Edit.insert(READINGS, parsed.value().get()));
            } else {
                String why = parsed.verdict().violations().toString();
                String id = file + ":" + (edits.size() + 1);
                edits.add(Edit.insert(QUARANTINE, new Quarantined(id, Json.ofTree(row), why)));
            }
        }
        Session job = keep.session(Author.job("readings import"))
                .because("import of " + file)
                .forRequest("import of " + file);
        return job.commit(edits);
    }
    // end::quarantine[]
}
