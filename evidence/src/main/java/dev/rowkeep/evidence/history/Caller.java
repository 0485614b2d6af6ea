package dev.rowkeep.evidence.history;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.RecordNotFoundException;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.RowKeepException;
import dev.rowkeep.error.UnknownOutcomeException;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.TransactionResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One of the crowd, with a notebook: each call with its time and what it saw or made. Belongs to one thread. */
final class Caller {
    private final RowKeep keep;
    private final List<RecordStore<String, Row>> stores;
    private final AtomicLong values;
    private final Random random;
    private final Notebook notebook;

    Caller(RowKeep keep, List<RecordStore<String, Row>> stores, AtomicLong values, Random random, Notebook notebook) {
        this.keep = keep;
        this.stores = stores;
        this.values = values;
        this.random = random;
        this.notebook = notebook;
    }

    /** One who only reads. */
    static Caller reader(RowKeep keep, Notebook notebook) {
        return new Caller(keep, List.of(), new AtomicLong(), new Random(0), notebook);
    }

    /** Reads each record of {@code store} by its key, then all by a query. */
    void readAll(RecordStore<String, Row> store) {
        for (int i = 0; i < Crowd.KEYS; i++) {
            get(store, key(i));
        }
        list(store);
    }

    static String key(int number) {
        return "k" + number;
    }

    static String record(RecordStore<?, ?> store, String key) {
        return store.schema().name() + "/" + key;
    }

    /** Does one thing, drawn by chance. */
    void act() {
        RecordStore<String, Row> store = stores.get(random.nextInt(stores.size()));
        String key = key(random.nextInt(Crowd.KEYS));
        int choice = random.nextInt(100);
        if (choice < 35) {
            get(store, key);
        } else if (choice < 45) {
            transaction();
        } else if (choice < 50) {
            list(store);
        } else if (choice < 65) {
            closure(store, key);
        } else if (choice < 75) {
            strict(store, key);
        } else if (choice < 80) {
            delete(store, key);
        } else if (choice < 92) {
            insert(store, key);
        } else {
            pair(key, key(random.nextInt(Crowd.KEYS)));
        }
    }

    private @Nullable VersionedRecord<String, Row> get(RecordStore<String, Row> store, String key) {
        long invoked = System.nanoTime();
        Optional<VersionedRecord<String, Row>> found;
        try {
            found = store.get(key);
        } catch (StorageException e) {
            return null; // The storage lost its connections; nothing was seen.
        }
        note("get", invoked, List.of(found.map(r -> seen(store, r)).orElse(absent(store, key))), List.of());
        return found.orElse(null);
    }

    private void list(RecordStore<String, Row> store) {
        long invoked = System.nanoTime();
        List<VersionedRecord<String, Row>> found;
        try {
            found = store.query().list();
        } catch (StorageException e) {
            return;
        }
        note("query", invoked, found.stream().map(r -> seen(store, r)).toList(), List.of());
    }

    private void closure(RecordStore<String, Row> store, String key) {
        long value = values.incrementAndGet();
        long[] read = new long[1];
        write("closure", List.of(new Access(record(store, key), Access.UNTOLD, value)), invoked -> {
            VersionedRecord<String, Row> made = store.update(key, row -> {
                read[0] = row.require(Crowd.VALUE);
                return Crowd.valued(row, value);
            });
            note(
                    "closure",
                    invoked,
                    List.of(new Access(record(store, key), made.version() - 1, read[0])),
                    List.of(new Access(record(store, key), made.version(), value)));
        });
    }

    private void strict(RecordStore<String, Row> store, String key) {
        VersionedRecord<String, Row> read = get(store, key);
        if (read == null) {
            return;
        }
        long value = values.incrementAndGet();
        Edit<String, Row> edit =
                Crowd.valued(Edit.update(store.schema(), key), value).expecting(read.version());
        boolean waits = random.nextBoolean();
        Supplier<WriteResult<String, Row>> call =
                () -> waits ? store.apply(edit) : store.applyAsync(edit).join();
        write("strict edit", List.of(new Access(record(store, key), Access.UNTOLD, value)), invoked -> {
            if (call.get() instanceof WriteResult.Applied<String, Row> applied) {
                note("strict edit", invoked, List.of(seen(store, read)), List.of(seen(store, applied.record())));
            }
        });
    }

    private void delete(RecordStore<String, Row> store, String key) {
        write("delete", List.of(new Access(record(store, key), Access.UNTOLD, Access.ABSENT)), invoked -> {
            long version = store.delete(key).version();
            note("delete", invoked, List.of(), List.of(new Access(record(store, key), version, Access.ABSENT)));
        });
    }

    private void insert(RecordStore<String, Row> store, String key) {
        long value = values.incrementAndGet();
        Edit<String, Row> edit = Edit.insert(store.schema(), Crowd.valued(Row.of(store.schema(), key), value));
        write("insert", List.of(new Access(record(store, key), Access.UNTOLD, value)), invoked -> {
            if (store.apply(edit) instanceof WriteResult.Applied<String, Row> applied) {
                long before = applied.record().version() - 1;
                note(
                        "insert",
                        invoked,
                        List.of(new Access(record(store, key), before, Access.ABSENT)),
                        List.of(seen(store, applied.record())));
            }
        });
    }

    /** One record of each store, in one commit, each standing on what was read. */
    private void pair(String left, String right) {
        List<String> keys = List.of(left, right);
        List<Access> reads = new ArrayList<>();
        List<Access> wanted = new ArrayList<>();
        List<Access> writes = new ArrayList<>();
        List<Edit<?, ?>> edits = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            RecordStore<String, Row> store = stores.get(i);
            VersionedRecord<String, Row> read = get(store, keys.get(i));
            if (read == null) {
                return;
            }
            long value = values.incrementAndGet();
            reads.add(seen(store, read));
            writes.add(new Access(record(store, keys.get(i)), read.version() + 1, value));
            wanted.add(new Access(record(store, keys.get(i)), Access.UNTOLD, value));
            edits.add(Crowd.valued(Edit.update(store.schema(), keys.get(i)), value)
                    .expecting(read.version()));
        }
        write("commit of two", wanted, invoked -> {
            if (keep.session(Author.job("pairs")).commit(edits) instanceof CommitResult.Committed) {
                note("commit of two", invoked, reads, writes);
            }
        });
    }

    private void transaction() {
        List<Access> wanted = new ArrayList<>();
        write("transaction", wanted, invoked -> {
            TransactionResult<Operation> result = keep.inTransaction(tx -> {
                Operation run = new RandomTransaction(tx, stores, values, random).act(invoked);
                wanted.clear();
                run.writes().forEach(w -> wanted.add(new Access(w.record(), Access.UNTOLD, w.value())));
                // What this run would write is only known now, and may land as soon as it returns.
                notebook.begin(new Operation("transaction", invoked, Operation.NEVER, List.of(), List.copyOf(wanted)));
                return run;
            });
            Operation landed = result.value();
            long asOf = result.position().map(commit -> commit.sequence() - 1).orElse(landed.asOf());
            notebook.note(new Operation(
                    landed.name(),
                    invoked,
                    System.nanoTime(),
                    landed.reads(),
                    landed.writes(),
                    landed.queries(),
                    asOf));
        });
    }

    /** A call that writes; gets the time at which it began. */
    private interface Call {
        void run(long invoked);
    }

    private void write(String name, List<Access> wanted, Call call) {
        long invoked = System.nanoTime();
        Operation maybe = new Operation(name, invoked, Operation.NEVER, List.of(), wanted);
        notebook.begin(maybe);
        try {
            call.run(invoked);
        } catch (RecordNotFoundException e) {
            Access missing = wanted.get(0);
            note(name, invoked, List.of(new Access(missing.record(), Access.UNTOLD, Access.ABSENT)), List.of());
        } catch (UnknownOutcomeException e) {
            notebook.note(maybe);
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnknownOutcomeException) {
                notebook.note(maybe);
            }
        } catch (RowKeepException e) {
            // Told that nothing was written: the value must never be seen, which the check looks at.
        }
        notebook.end();
    }

    private void note(String name, long invoked, List<Access> reads, List<Access> writes) {
        notebook.note(new Operation(name, invoked, System.nanoTime(), reads, writes));
    }

    static Access seen(RecordStore<String, Row> store, VersionedRecord<String, Row> found) {
        return new Access(
                record(store, found.key()), found.version(), found.value().require(Crowd.VALUE));
    }

    static Access absent(RecordStore<String, Row> store, String key) {
        return new Access(record(store, key), Access.UNTOLD, Access.ABSENT);
    }
}
