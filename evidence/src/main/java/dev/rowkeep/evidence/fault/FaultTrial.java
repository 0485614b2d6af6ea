package dev.rowkeep.evidence.fault;

import dev.rowkeep.evidence.Engine;
import dev.rowkeep.log.Anchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One fault under a short life of a store: it is made, written to in every way, closed, opened, left as by a kill, and opened again.
 * Then the fault ends, and everything is looked at three times: as a kill would leave it, in the store that is still open, and opened
 * anew.
 */
final class FaultTrial {
    static final String DATABASE = "store.db";
    private static final int LONG_TEXT = 25_000;

    private final Engine engine;
    private final Path directory;
    private final FaultControl control;
    private final Fault fault;
    private final Ledger ledger;
    private @Nullable TestStore store;
    private int refusedReads;

    FaultTrial(Engine engine, Path directory, FaultControl control, Fault fault, Ledger ledger) {
        this.engine = engine;
        this.directory = directory;
        this.control = control;
        this.fault = fault;
        this.ledger = ledger;
    }

    /** Runs everything; how many calls there were to fail. */
    int run() throws IOException {
        if (fault.call() == Fault.Call.READ) {
            ledger.expectUnreadableFiles();
        }
        control.arm(fault);
        if (open()) {
            live();
        }
        int counted = control.counted();
        control.disarm();
        lookAtKilled();
        Anchor anchor = goOn();
        close();
        lookAnew(anchor);
        return counted;
    }

    /** How often a read failed, as it may where it needs a connection and none can be opened. */
    int refusedReads() {
        return refusedReads;
    }

    private void live() throws IOException {
        step(s -> s.put("left", "a", ""));
        step(s -> s.put("right", "a", ""));
        step(s -> s.put("left", "a", "again"));
        step(s -> s.putBoth("b"));
        step(s -> s.insertTogether(List.of("m1", "m2", "m3", "m4", "m5")));
        step(s -> s.put("left", "a", "x".repeat(LONG_TEXT)));
        step(s -> s.delete("right", "a"));
        step(s -> s.put("right", "a", ""));
        close();
        if (!open()) {
            return;
        }
        step(s -> s.putBoth("b"));
        step(s -> s.delete("left", "a"));
        step(s -> s.put("left", "c", "x".repeat(LONG_TEXT)));
        Path left = beside("left");
        control.spare(() -> engine.copy(database(), left));
        close();
        control.spare(() -> engine.copy(left, database()));
        if (!open()) {
            return;
        }
        step(s -> s.putBoth("a"));
        step(s -> s.put("left", "m1", "again"));
    }

    private void step(Consumer<TestStore> work) {
        TestStore open = store;
        if (open == null) {
            return;
        }
        work.accept(open);
        read("get", open::readByKey, readsByKeyMayFail());
        read("query", open::readByQuery, queriesMayFail());
    }

    private void read(String what, Supplier<@Nullable Throwable> reading, boolean mayFail) {
        Throwable failure = reading.get();
        if (failure == null) {
            return;
        }
        ledger.judge(what, failure);
        refusedReads++;
        if (!mayFail) {
            ledger.problem("reads do not go on: " + what + " " + failure);
        } else if (!fault.isSticky() && fault.answer() != Fault.Answer.HALF_THEN_FULL) {
            requireRead(what, reading);
        }
    }

    private boolean readsByKeyMayFail() {
        return switch (fault.call()) {
            case OPEN, READ, MAP -> true;
            case WRITE, SYNC, TRUNCATE -> false;
        };
    }

    /** On DuckDB a query first has what it asks for brought into the database. */
    private boolean queriesMayFail() {
        return readsByKeyMayFail() || engine == Engine.DUCKDB;
    }

    /** The one fault is over. */
    private void requireRead(String what, Supplier<@Nullable Throwable> reading) {
        Throwable failure = reading.get();
        if (failure != null) {
            ledger.problem("reads do not go on after one fault: " + what + " " + failure);
        }
    }

    /** Opens, at the second attempt if need be; a fault that was met once must be over then. */
    private boolean open() {
        for (int attempt = 1; store == null && attempt <= 2; attempt++) {
            try {
                store = TestStore.open(engine, database(), ledger);
            } catch (RuntimeException | Error e) {
                ledger.judge("open", e);
                if (attempt == 2 && !fault.isSticky() && fault.answer() != Fault.Answer.HALF_THEN_FULL) {
                    ledger.problem("cannot be opened again after one fault: " + e);
                }
            }
        }
        return store != null;
    }

    private void close() {
        TestStore closing = store;
        store = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (RuntimeException | Error e) {
                ledger.judge("close", e);
            }
        }
    }

    /** A copy of the files as they are now is what a kill would leave now. */
    private void lookAtKilled() throws IOException {
        Path killed = beside("killed");
        engine.copy(database(), killed);
        look("killed", killed, opened -> Contents.checkAll(opened, ledger));
    }

    /** The store that met the fault must write again once it is over. */
    private @Nullable Anchor goOn() {
        TestStore open = store;
        if (open == null) {
            return null;
        }
        if (!open.putBoth("after")) {
            ledger.problem("the open store does not write when the fault is over: " + ledger.newestFailure());
        }
        try {
            Contents.checkAll(open, ledger);
            return open.keep().log().anchor();
        } catch (RuntimeException | Error e) {
            ledger.problem("the store that is still open cannot be read: " + e);
            return null;
        }
    }

    private void lookAnew(@Nullable Anchor anchor) {
        look("opened anew", database(), opened -> {
            Contents.checkAll(opened, ledger);
            if (anchor != null) {
                opened.keep().log().verify(anchor).problem().ifPresent(ledger::problem);
            }
            if (!opened.putBoth("anew")) {
                ledger.problem("does not write after it was opened anew: " + ledger.newestFailure());
            }
            Contents.checkAll(opened, ledger);
        });
    }

    private void look(String what, Path where, Consumer<TestStore> work) {
        try (TestStore opened = TestStore.open(engine, where, ledger)) {
            work.accept(opened);
        } catch (RuntimeException | Error e) {
            ledger.problem(what + ", cannot be opened and read: " + e);
        }
    }

    private Path database() {
        return directory.resolve(DATABASE);
    }

    /** The database of that name in a directory of its own. */
    private Path beside(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name)).resolve(DATABASE);
    }
}
