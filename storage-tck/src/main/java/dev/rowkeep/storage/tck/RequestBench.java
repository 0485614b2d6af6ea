package dev.rowkeep.storage.tck;

import dev.rowkeep.commit.Author;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;

/** What the scenarios with requests share. */
abstract class RequestBench extends EngineScenarios {
    /** A session of Ana's for one write. */
    final Session request(String id) {
        return keep.session(Author.user("ana")).forRequest(id);
    }

    /** The store for one write of Ana's. */
    final RecordStore<String, Row> storeFor(String id) {
        return store.as(request(id));
    }
}
