package dev.rowkeep.internal.engine;

import dev.rowkeep.lease.Lease;
import dev.rowkeep.lease.LeaseLostException;
import dev.rowkeep.lease.LeaseResult;
import dev.rowkeep.lease.Leases;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Transaction;
import dev.rowkeep.store.TransactionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Leases as records: acquired, renewed and released in serializable transactions. */
final class KeepLeases implements Leases {
    /** The library's own store. */
    static final Schema<String, Lease> SCHEMA = Schema.of(String.class, Lease.class);

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Engine engine;
    private final Writer writer;
    private final RecordStore<String, Lease> store;

    /** Those of {@code writer}, whose request, guard and fence they are not part of. */
    KeepLeases(Engine engine, Writer writer) {
        this.engine = engine;
        this.writer = new Writer(writer.author(), writer.reason(), writer.correlationId());
        this.store = engine.store(SCHEMA);
    }

    @Override
    public LeaseResult acquire(String name, Duration time) {
        requireFit(name, time);
        return transact("acquire", transaction -> {
            TransactionStore<String, Lease> leases = transaction.on(store);
            Optional<Lease> newest = leases.get(name).map(VersionedRecord::value);
            Instant now = engine.commitTime();
            if (newest.isPresent() && now.isBefore(newest.get().expiresAt())) {
                return new LeaseResult.Held(newest.get());
            }
            long token = newest.map(Lease::token).orElse(0L) + 1;
            Lease lease = new Lease(name, token, writer.author().name(), now.plus(time));
            VersionedRecord<String, Lease> kept =
                    newest.isPresent() ? leases.update(name, before -> lease) : leases.insert(lease);
            return new LeaseResult.Acquired(kept.value());
        });
    }

    @Override
    public Lease renew(Lease lease, Duration time) {
        requireFit(lease.name(), time);
        return transact("renew", transaction -> {
            Instant now = engine.commitTime();
            Lease newest = newest(transaction, lease);
            if (!isHeld(lease, newest, now)) {
                throw new LeaseLostException(lease, newest);
            }
            return ending(transaction, lease, now.plus(time));
        });
    }

    @Override
    public boolean release(Lease lease) {
        requireName(lease.name());
        return transact("release", transaction -> {
            Instant now = engine.commitTime();
            boolean isHeld = isHeld(lease, newest(transaction, lease), now);
            if (isHeld) {
                ending(transaction, lease, now);
            }
            return isHeld;
        });
    }

    @Override
    public Optional<Lease> held(String name) {
        requireName(name);
        return store.get(name)
                .map(VersionedRecord::value)
                .filter(newest -> engine.commitTime().isBefore(newest.expiresAt()));
    }

    private @Nullable Lease newest(Transaction transaction, Lease lease) {
        return transaction
                .on(store)
                .get(lease.name())
                .map(VersionedRecord::value)
                .orElse(null);
    }

    private static boolean isHeld(Lease lease, @Nullable Lease newest, Instant now) {
        return newest != null && newest.token() == lease.token() && now.isBefore(newest.expiresAt());
    }

    private Lease ending(Transaction transaction, Lease lease, Instant end) {
        return transaction
                .on(store)
                .update(lease.name(), newest -> new Lease(newest.name(), newest.token(), newest.holder(), end))
                .value();
    }

    private <R> R transact(String call, Function<Transaction, R> body) {
        engine.entry().checkWrite(call);
        return engine.transactions().<R>run(writer, body).value();
    }

    private static void requireName(String name) {
        KeepSession.requireId("A lease's name", name, MAX_NAME_LENGTH, "Name what the lease is for.");
    }

    private static void requireFit(String name, Duration time) {
        requireName(name);
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A lease is for " + SHORTEST + " to " + LONGEST + ", got " + time + ".");
        }
    }
}
