package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.TransactionResult;
import dev.rowkeep.store.TransactionStore;

/** A rule over several records that holds whoever writes at the same time. */
public final class OnCall {
    private OnCall() {}

    // tag::transaction[]
    record Doctor(@Key String name, boolean onCall) {}

    static final Schema<String, Doctor> DOCTORS = Schema.of(String.class, Doctor.class);
    static final Column<Boolean> ON_CALL = DOCTORS.column("onCall", Boolean.class);

    /** Lets a doctor go home, unless nobody else is on call then; whether that worked. */
    static boolean goHome(RowKeep keep, String name) {
        RecordStore<String, Doctor> doctors = keep.store(DOCTORS);
        TransactionResult<Boolean> result = keep.session(Author.user(name))
                .because("end of shift")
                .inTransaction(tx -> {
                    TransactionStore<String, Doctor> within = tx.on(doctors);
                    if (within.where(Condition.eq(ON_CALL, true)).count() < 2) {
                        return false;
                    }
                    within.update(name, doctor -> new Doctor(name, false));
                    return true;
                });
        return result.value();
    }
    // end::transaction[]
}
