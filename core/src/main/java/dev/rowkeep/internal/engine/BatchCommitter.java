package dev.rowkeep.internal.engine;

import dev.rowkeep.error.UnknownOutcomeException;
import dev.rowkeep.log.UnconfirmedException;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.RecordVerdict;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings batches through the storage and settles their tickets, whatever happens. Used by the gate's leader only, one batch at a
 * time.
 *
 * <p>A failure that left nothing behind rolls the batch back and runs it again ticket by ticket, so that one bad commit does not
 * fail its neighbours. What is no ticket's fault is not: a storage that is busy, or records that another process has moved, run the whole
 * batch again, on what the storage holds. An unknown outcome is never run again: the storage is opened anew and asked whether the batch's last commit
 * is there, by its hash.
 */
final class BatchCommitter {
    /** How often one ticket is tried again after a failure that wrote nothing and may pass. */
    private static final int MAX_TRIES = 5;

    private final Storage storage;
    private final Clock clock;
    private final Observer observer;
    private final LongConsumer onCommitted;
    private final Confirmations confirmations;
    private final long requestRetentionMicros;

    /** Whether the outcome of a commit is unknown. */
    private boolean unknown;

    /** Why the last try failed, where the reason lies in no ticket. */
    private boolean isBusy;

    private boolean isStale;

    BatchCommitter(
            Storage storage,
            Clock clock,
            Observer observer,
            Duration requestRetention,
            LongConsumer onCommitted,
            Confirmations confirmations) {
        this.storage = storage;
        this.clock = clock;
        this.requestRetentionMicros = TimeUnit.MICROSECONDS.convert(requestRetention);
        this.observer = observer;
        this.onCommitted = onCommitted;
        this.confirmations = confirmations;
    }

    /** Settles every ticket of {@code tickets}, behind which {@code waiting} more are queued. Never throws. */
    void commit(List<Ticket> tickets, int waiting) {
        try {
            recoverIfUnknown();
            if (!tryCommit(tickets, Overlay.Knowledge.TRUST_CACHE, waiting) && !commitAfresh(tickets, waiting)) {
                for (Ticket ticket : tickets) {
                    commitAlone(ticket, waiting);
                }
            }
        } catch (Throwable e) {
            observer.commitFailed(e);
            for (Ticket ticket : tickets) {
                if (!ticket.isSettled()) {
                    ticket.fail(e);
                }
            }
        }
    }

    private void recoverIfUnknown() {
        if (!unknown) {
            return;
        }
        try {
            storage.recover();
            unknown = false;
        } catch (StorageException e) {
            throw new StorageException(
                    StorageException.Kind.ROLLED_BACK,
                    "The storage failed on an earlier commit and could not be opened anew. Nothing of this one was written. Mend"
                            + " what the cause says, and try again.",
                    e);
        }
    }

    /** Runs the whole batch again where its failure lies in no ticket; whether it is settled. */
    private boolean commitAfresh(List<Ticket> tickets, int waiting) {
        for (int attempt = 2; isBusy || (isStale && attempt == 2); attempt++) {
            if (attempt == MAX_TRIES) {
                tryOrThrow(tickets, Overlay.Knowledge.ASK_STORAGE, waiting);
                return true;
            }
            if (tryCommit(tickets, Overlay.Knowledge.ASK_STORAGE, waiting)) {
                return true;
            }
        }
        return false;
    }

    private void commitAlone(Ticket ticket, int waiting) {
        List<Ticket> alone = List.of(ticket);
        for (int attempt = 1; !ticket.isSettled(); attempt++) {
            try {
                if (!unknown && tryCommit(alone, Overlay.Knowledge.ASK_STORAGE, waiting)) {
                    return;
                }
                if (unknown) {
                    ticket.fail(notTried());
                } else if (attempt == MAX_TRIES) {
                    tryOrThrow(alone, Overlay.Knowledge.ASK_STORAGE, waiting);
                }
            } catch (StorageException e) {
                ticket.fail(e);
            } catch (RuntimeException | Error e) {
                ticket.fail(e);
            }
        }
    }

    private static StorageException notTried() {
        return new StorageException(
                StorageException.Kind.ROLLED_BACK,
                "The storage failed on an earlier commit before this one was tried; nothing was written. Try again.",
                null);
    }

    /** The storage lost itself over a batch that had nothing to write: that is known, but the storage must be opened anew. */
    private static StorageException nothingToWrite(StorageException cause) {
        return new StorageException(
                StorageException.Kind.ROLLED_BACK,
                "The storage failed on a commit that had nothing to write; it is opened anew before the next one. Try again.",
                cause);
    }

    /** Whether the batch is settled; if not, nothing was written and its tickets may be tried alone. */
    private boolean tryCommit(List<Ticket> tickets, Overlay.Knowledge knowledge, int waiting) {
        isBusy = false;
        isStale = false;
        try {
            tryOrThrow(tickets, knowledge, waiting);
            return true;
        } catch (StorageException e) {
            boolean alone = tickets.size() == 1;
            switch (e.kind()) {
                case STALE, BUSY -> {
                    isBusy = e.kind() == StorageException.Kind.BUSY;
                    isStale = !isBusy;
                    return false;
                }
                case UNIQUE_TAKEN -> {
                    if (alone && knowledge == Overlay.Knowledge.ASK_STORAGE) {
                        rejectAsTaken(tickets.get(0), waiting);
                        return true;
                    }
                    return false;
                }
                case ROLLED_BACK -> {
                    if (alone && knowledge == Overlay.Knowledge.ASK_STORAGE) {
                        throw e;
                    }
                    return false;
                }
                case PERMANENT -> {
                    if (alone) {
                        throw e;
                    }
                    return false; // It may be one store's fault alone, as where another process has given it columns.
                }
                default -> throw e;
            }
        } catch (RuntimeException e) {
            if (tickets.size() == 1) {
                throw e;
            }
            return false;
        }
    }

    private void tryOrThrow(List<Ticket> tickets, Overlay.Knowledge knowledge, int waiting) {
        long started = System.nanoTime();
        Batch.Times times = new Batch.Times(StoreState.micros(clock.instant()), requestRetentionMicros);
        Batch batch = new Batch(tickets, knowledge, times);
        try {
            storage.commit(batch);
        } catch (StorageException e) {
            boolean isUnknown = e.kind() == StorageException.Kind.UNKNOWN_OUTCOME;
            if (isUnknown && batch.writes()) {
                askWhetherCommitted(batch, e);
                return;
            }
            batch.abandon();
            if (isUnknown) {
                unknown = true;
                throw nothingToWrite(e);
            }
            throw e;
        } catch (RuntimeException | Error e) {
            batch.abandon();
            throw e;
        }
        settle(batch);
        observer.committed(batch, Duration.ofNanos(System.nanoTime() - started), waiting);
    }

    private void settle(Batch batch) {
        batch.publish();
        Head head = batch.head();
        @Nullable
        UnconfirmedException unconfirmed =
                head == null || !confirmations.areWanted() ? null : confirmations.await(head.sequence());
        for (Ticket ticket : batch.tickets()) {
            if (unconfirmed != null && ticket.provisionalSequence > 0) {
                ticket.fail(unconfirmed);
            } else {
                ticket.settle();
            }
        }
        if (head != null) {
            onCommitted.accept(head.sequence());
        }
    }

    private void askWhetherCommitted(Batch batch, StorageException cause) {
        unknown = true;
        boolean there;
        try {
            there = isCommitted(batch, storage.recover());
            unknown = false;
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
            batch.abandon();
            observer.commitFailed(cause);
            for (Ticket ticket : batch.tickets()) {
                ticket.fail(new UnknownOutcomeException(ticket.target(), cause));
            }
            return;
        }
        if (there) {
            settle(batch);
        } else {
            batch.abandon();
            for (Ticket ticket : batch.tickets()) {
                ticket.fail(new StorageException(
                        StorageException.Kind.ROLLED_BACK,
                        "The storage failed while committing and was opened anew: the commit is not there. Nothing of it was"
                                + " written; it is safe to try again.",
                        cause));
            }
        }
    }

    /** One transaction holds all of a batch: its last commit tells of the whole, and so does a request where there is no commit. */
    private boolean isCommitted(Batch batch, Head found) {
        Head wanted = batch.head();
        if (wanted == null) {
            return RequestLookup.holds(storage, batch.requests().get(0));
        }
        return found.sequence() >= wanted.sequence()
                && storage.commitAt(wanted.sequence())
                        .filter(commit -> Arrays.equals(commit.hash(), wanted.hash()))
                        .isPresent();
    }

    /** The storage found a value taken that the arbiter thought free; say which column, as far as that is known. */
    private void rejectAsTaken(Ticket ticket, int waiting) {
        List<Outcome> rejections = ticket.edits.stream()
                .<Outcome>map(edit -> new Outcome.Broken(new RecordVerdict(List.of(new CellVerdict.Rejected(
                        edit.store().schema().name(),
                        "unique",
                        "has a unique value that another record already holds",
                        "Choose another value, or change that record first.")))))
                .toList();
        if (ticket.request != null) {
            ticket.answer(rejections);
            tryOrThrow(List.of(ticket), Overlay.Knowledge.ASK_STORAGE, waiting);
            return;
        }
        ticket.provisional = rejections;
        ticket.settle();
    }
}
