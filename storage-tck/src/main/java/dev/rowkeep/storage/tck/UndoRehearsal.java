package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Conflict;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.store.Session;
import java.util.List;

/** What the scenarios of taking back share: two authors, and what they do. */
abstract class UndoRehearsal extends TransactionRehearsal {
    UndoRehearsal() {}

    Session ana() {
        return keep.session(Author.user("ana"));
    }

    Session ben() {
        return keep.session(Author.user("ben"));
    }

    void set(Session session, String id, long uses) {
        store.as(session).update(id, row -> row.with(USES, uses));
    }

    static void land(CommitResult result) {
        assertThat(result).isInstanceOf(CommitResult.Committed.class);
    }

    Conflict<?, ?> conflict(CommitResult result) {
        assertThat(result).isInstanceOf(CommitResult.Refused.class);
        List<WriteResult<?, ?>> problems = ((CommitResult.Refused) result).problems();
        assertThat(problems).hasSize(1);
        return ((WriteResult.Conflicted<?, ?>) problems.get(0)).conflict();
    }

    String version(String id) {
        return store.get(id).map(r -> r.version() + ":" + r.value().get(USES)).orElse("none");
    }
}
