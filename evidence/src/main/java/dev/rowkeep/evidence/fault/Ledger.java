package dev.rowkeep.evidence.fault;

import dev.rowkeep.error.RowKeepException;
import dev.rowkeep.error.UnknownOutcomeException;
import dev.rowkeep.spi.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a program was told about each of its writes, and which answers it should never have been given. Used by one thread. */
final class Ledger {
    private static final Set<StorageException.Kind> ONLY_WITH_OTHERS =
            Set.of(StorageException.Kind.BUSY, StorageException.Kind.STALE, StorageException.Kind.UNIQUE_TAKEN);

    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<Address, Written> certain = new HashMap<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private boolean mayLookDamaged;
    private String newestFailure = "no failure";

    /** What the caller was told. */
    enum Outcome {
        ACKNOWLEDGED,
        NOTHING_WRITTEN,
        UNKNOWN
    }

    /** A record's place. */
    record Address(String store, String key) {}

    /** A version that a write was to make: of a delete the value is null, before it is acknowledged the version is 0. */
    record Written(Address address, long version, @Nullable Long value) {}

    /** One write, under its correlation id. */
    record Entry(String id, Outcome outcome, List<Written> written) {}

    /** From now on a failure may call the file damaged: SQLite itself takes an I/O error of a read for that. */
    void expectUnreadableFiles() {
        mayLookDamaged = true;
    }

    String nextId() {
        return String.format("w%03d", entries.size());
    }

    void acknowledged(String id, List<Written> written) {
        put(new Entry(id, Outcome.ACKNOWLEDGED, written));
        written.forEach(each -> certain.put(each.address(), each));
    }

    /** The write {@code id}, which was to make {@code wanted}, failed. */
    void failed(String id, List<Written> wanted, Throwable failure) {
        boolean isUnknown = failure instanceof UnknownOutcomeException
                || (failure instanceof StorageException e && e.kind() == StorageException.Kind.UNKNOWN_OUTCOME);
        put(new Entry(id, isUnknown ? Outcome.UNKNOWN : Outcome.NOTHING_WRITTEN, wanted));
        if (isUnknown) {
            wanted.forEach(each -> certain.remove(each.address()));
        }
        judge("write " + id, failure);
    }

    private void put(Entry entry) {
        if (entries.put(entry.id(), entry) != null) {
            throw new IllegalStateException("Two writes are called " + entry.id());
        }
    }

    /** Judges a failure of {@code action}, whatever it was: only the library's own, and only of a kind that fits, are right. */
    void judge(String action, Throwable failure) {
        newestFailure = action + " failed with " + failure;
        failures.merge(action.split(" ", 2)[0] + ": " + name(failure), 1, Integer::sum);
        boolean fits = failure instanceof StorageException e
                ? !ONLY_WITH_OTHERS.contains(e.kind())
                        && (mayLookDamaged || !String.valueOf(e.getMessage()).contains("damaged"))
                : failure instanceof RowKeepException
                        && failure.getClass().getName().startsWith("dev.rowkeep.error.");
        if (!fits) {
            problem(action + " failed with " + failure);
        }
    }

    private static String name(Throwable failure) {
        return failure instanceof StorageException e
                ? e.kind().name()
                : failure.getClass().getSimpleName();
    }

    /** The newest failure, for messages. */
    String newestFailure() {
        return newestFailure;
    }

    void problem(String text) {
        problems.add(text);
    }

    /** All writes by id. */
    Map<String, Entry> entries() {
        return entries;
    }

    /** What must be current, of records whose last acknowledged write was followed by none of unknown outcome. */
    Map<Address, Written> certain() {
        return certain;
    }

    /** How often which action failed how. */
    Map<String, Integer> failures() {
        return failures;
    }

    List<String> problems() {
        return problems;
    }
}
