package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import java.util.List;
import java.util.function.Consumer;

/** Drops from the log, by entries of the journal like any others: the database drops when it is brought up to them. For who holds the write lock. */
final class Dropping {
    private final Resident resident;
    private final Reads reads;
    private final Projector projector;
    private final Consumer<Entry> journal;

    /** Appends to {@code journal}, durably, what it takes in. */
    Dropping(Resident resident, Reads reads, Projector projector, Consumer<Entry> journal) {
        this.resident = resident;
        this.reads = reads;
        this.projector = projector;
        this.journal = journal;
    }

    /** Drops the commits up to {@code sequence}. */
    void through(long sequence) {
        long head = resident.head().sequence();
        if (sequence > head) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot drop the log through commit " + sequence + ": its newest is " + head
                            + ". Nothing was dropped.",
                    null);
        }
        if (sequence <= resident.start().sequence()) {
            return;
        }
        LoggedCommit last = reads.commitsAfter(sequence - 1, 1).get(0);
        Entry.Dropped entry = new Entry.Dropped(new Head(sequence, last.header().timeMicros(), last.hash()));
        journal.accept(entry);
        resident.drop(entry);
        projector.added(entry.rows());
    }

    /** Puts each change in the place of the one with its id. */
    void contents(List<LoggedChange> dropped) {
        if (dropped.isEmpty()) {
            return;
        }
        Entry.ContentsDropped entry = Entry.ContentsDropped.of(dropped);
        journal.accept(entry);
        resident.dropContents(entry);
        projector.added(entry.rows());
    }
}
