package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.erasure.ErasureResult;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.schema.annotation.Personal;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What belongs to a person is erased from a record and from its past, and the log still verifies. */
public final class Forget {
    private Forget() {}

    // tag::erasure[]
    record Customer(@Key String number, @Personal @Nullable String email, String city) {}

    static final Schema<String, Customer> CUSTOMERS = Schema.of(String.class, Customer.class);

    static List<String> run(RowKeep keep) {
        RecordStore<String, Customer> customers = keep.store(CUSTOMERS);
        customers.insert(new Customer("c17", "first@example.org", "Basel"));
        Position then = keep.log().head();
        Session clerk = keep.session(Author.user("clerk"));
        customers.as(clerk).update("c17", customer -> new Customer("c17", "second@example.org", "Bern"));

        Session officer = keep.session(Author.user("officer")).because("asked for by letter");
        ErasureResult result = officer.erase(Subject.of(CUSTOMERS, "c17"));

        List<String> told = new ArrayList<>();
        told.add("erased: " + result.records() + " record, commit "
                + result.position().sequence());
        told.add("now: " + customers.get("c17").orElseThrow().value());
        told.add("then: " + customers.asOf("c17", then).orElseThrow().value());
        customers
                .history("c17")
                .forEach(version -> told.add(version.commit().author().name() + ": "
                        + version.change().cells().stream()
                                .map(cell -> cell.column() + " " + cell.before() + " → " + cell.after())
                                .toList()));
        CommitResult undone = clerk.undo();
        told.add("undone: " + customers.get("c17").orElseThrow().value().city());
        told.add("not brought back: " + ((CommitResult.Committed) undone).erased());
        told.add("verified: " + keep.log().verify().isClean());
        return told;
    }
    // end::erasure[]
}
