package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.log.HistoryDroppedException;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.schema.Row;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.PlainPast.Held;
import dev.rowkeep.store.RecordReader;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** What is done to a primary and its replica, and what a plain model says that they hold. Used by one thread. */
final class HistoryModelRun implements AutoCloseable {
    private static final int KEYS = 5;
    private static final int MOST_COMMITS = 20;

    private final Optional<Path> backups;
    private final Random random;
    private final boolean hasFiles;
    private final List<String> told = new ArrayList<>();

    private final PlainPast past = new PlainPast();
    private final SteeredClock clock = new SteeredClock();
    private final PrimaryAndReplica two;
    private final PlainUndo stack = new PlainUndo();

    private long start;

    /** From where on all contents are there. */
    private long whole;

    private final PlainSnapshots snapshots = new PlainSnapshots();
    private SortedMap<String, Held> now = new TreeMap<>();
    private long counter;
    private int steps;

    /**
     * A run.
     *
     * @param places makes a further storage
     * @param hasFiles whether snapshots have files there
     * @param backups where to make backups; empty if there are none of this storage
     */
    HistoryModelRun(IntFunction<StorageProvider> places, boolean hasFiles, Optional<Path> backups, long seed) {
        this.hasFiles = hasFiles;
        this.backups = backups;
        this.random = new Random(seed);
        this.two = new PrimaryAndReplica(places, clock);
        past.fill(now, 0, clock.instant().getEpochSecond());
    }

    int steps() {
        return steps;
    }

    /** What was done so far. */
    List<String> told() {
        return told;
    }

    /** Does something, and looks at something. */
    void step() {
        steps++;
        clock.move(Duration.ofSeconds(1));
        int what = random.nextInt(122);
        if (what < 40) {
            edit();
        } else if (what < 50) {
            takeBack();
        } else if (what < 58) {
            doAgain();
        } else if (what < 66) {
            snapshot();
        } else if (what < 74) {
            restore();
        } else if (what < 86) {
            ship();
        } else if (what < 90) {
            told.add("reopen the primary");
            two.reopenPrimary();
        } else if (what < 94) {
            told.add("reopen the replica");
            two.reopenReplica();
        } else if (what < 97) {
            promote();
        } else if (what < 100) {
            verify();
        } else if (what < 104) {
            retain();
        } else if (what < 116) {
            erase();
        } else if (what < 120) {
            thin();
        } else {
            backUp();
        }
        look();
    }

    private RecordStore<String, Row> store() {
        return two.primary().store(PlainPast.PEOPLE).as(ana());
    }

    private Session ana() {
        return two.primary().session(Author.user("ana"));
    }

    private void edit() {
        String key = "k" + random.nextInt(KEYS);
        SortedMap<String, Held> next = new TreeMap<>(now);
        Held held = now.get(key);
        counter++;
        String name = random.nextInt(4) == 0 ? null : "name " + counter;
        if (held == null) {
            told.add("insert " + key + " " + name);
            store().insert(Row.of(PlainPast.PEOPLE, key)
                    .with(PlainPast.NAME, name)
                    .with(PlainPast.USES, counter));
            next.put(key, new Held(counter, name, false));
        } else if (random.nextInt(4) == 0) {
            told.add("delete " + key);
            store().delete(key);
            next.remove(key);
        } else {
            boolean isRenamed = random.nextBoolean();
            told.add("update " + key + (isRenamed ? " " + name : ""));
            String newName = isRenamed ? name : held.name();
            store().update(key, row -> row.with(PlainPast.USES, counter).with(PlainPast.NAME, newName));
            next.put(key, new Held(counter, newName, false));
        }
        edited(next);
    }

    private void edited(SortedMap<String, Held> next) {
        stack.edited(now, head());
        now = next;
    }

    /** All names of one, there or not; at times a crash comes between saying so and doing it. */
    private void erase() {
        if (past.keys().isEmpty()) {
            return;
        }
        String key = past.keys().get(random.nextInt(past.keys().size()));
        boolean isCutOff = random.nextInt(3) == 0;
        told.add("erase " + key + (isCutOff ? ", cut off" : ""));
        long before = head();
        Session officer = two.primary().session(Author.user("officer"));
        Subject subject = Subject.of(PlainPast.PEOPLE, key);
        try {
            two.failErasures(isCutOff ? 1 : 0);
            assertThat(officer.erase(subject).position().sequence())
                    .as(message())
                    .isEqualTo(before + 1);
            assertThat(isCutOff).as(message()).isFalse();
        } catch (UnsupportedOperationException e) {
            assertThat(head()).as(message()).isEqualTo(before);
            return;
        } catch (StorageException e) {
            assertThat(isCutOff).as(message()).isTrue();
            if (random.nextBoolean()) {
                ship();
            }
            told.add("reopen the primary");
            two.reopenPrimary();
        }
        now = PlainPast.without(now, key);
        fill();
        past.erase(key, before + 1);
        stack.forget(key);
    }

    /** What is restored from a backup is the primary as it is. */
    private void backUp() {
        if (backups.isPresent()) {
            told.add("back up");
            try (RowKeep restored = two.throughBackup(backups.get().resolve("b" + steps))) {
                long sequence = anyPlace();
                assertHeld(restored.store(PlainPast.PEOPLE), now);
                assertHeld(restored.store(PlainPast.PEOPLE).asOf(position(sequence)), past.at(sequence));
                assertThat(restored.log().verify(two.primary().log().anchor()).problem())
                        .as(message())
                        .isEmpty();
            }
        }
    }

    private void assertHeld(RecordReader<String, Row> reader, SortedMap<String, Held> state) {
        assertThat(PlainPast.shown(reader)).as(message()).isEqualTo(PlainPast.shown(state));
    }

    private void takeBack() {
        told.add("undo");
        take(stack.undo(start), () -> ana().undo());
    }

    private void doAgain() {
        told.add("redo");
        take(stack.redo(start), () -> ana().redo());
    }

    /** Of what was done by changes without contents, nobody may know any more what it replaced. */
    private void take(Optional<PlainUndo.Step> step, Supplier<CommitResult> call) {
        long before = head();
        try {
            taken(call.get(), step);
        } catch (HistoryDroppedException e) {
            assertThat(step.filter(one -> past.isThinned(one.last())))
                    .as(message())
                    .isPresent();
            assertThat(head()).as(message()).isEqualTo(before);
        }
    }

    private void taken(CommitResult result, Optional<PlainUndo.Step> step) {
        assertThat(result.orThrow().isEmpty()).as(message()).isEqualTo(step.isEmpty());
        if (step.isPresent()) {
            stack.taken(step.get(), now, head());
            now = step.get().state();
        }
    }

    private long head() {
        return two.primary().log().head().sequence();
    }

    /** The log is cut at any place that the replica has passed, and its snapshots without a file do not need. */
    private void retain() {
        two.shipAll();
        fill();
        long seconds = 1L + random.nextInt(60);
        told.add("keep " + seconds + " s");
        long cut = start;
        while (cut < head() && past.seconds(cut + 1) <= clock.instant().getEpochSecond() - seconds) {
            cut++;
        }
        cut = Math.min(cut, snapshots.pinned(start, head()));
        try {
            two.primary().retention().apply(RetentionPolicy.keepFor(Duration.ofSeconds(seconds)));
            start = cut;
            whole = Math.max(whole, start);
        } catch (UnsupportedOperationException e) {
            assertThat(two.primary().log().start().sequence()).as(message()).isZero();
        }
        assertThat(two.primary().log().start().sequence()).as(message()).isEqualTo(start);
    }

    /** Only so many of each person's newest changes keep their contents. */
    private void thin() {
        two.shipAll();
        fill();
        int versions = 1 + random.nextInt(4);
        told.add("keep " + versions + " versions");
        long through = snapshots.pinned(start, head());
        try {
            two.primary().retention().apply(RetentionPolicy.keepVersions(versions));
            whole = Math.max(whole, past.thin(versions, start, through));
        } catch (UnsupportedOperationException e) {
            return;
        }
        if (whole > start && !snapshots.areAt(whole - 1)) {
            assertThatExceptionOfType(HistoryDroppedException.class)
                    .as(message())
                    .isThrownBy(() -> store().asOf(position(whole - 1)));
        }
    }

    private void fill() {
        past.fill(now, head(), clock.instant().getEpochSecond());
    }

    private void snapshot() {
        if (!snapshots.isEmpty() && random.nextInt(3) == 0) {
            String name = snapshots.dropFirst();
            told.add("drop " + name);
            assertThat(two.primary().snapshots().drop(name)).as(message()).isTrue();
            return;
        }
        String name = "s" + steps;
        told.add("snapshot " + name);
        Snapshot made = two.primary().snapshots().create(name);
        snapshots.made(name, made.position().sequence(), hasFiles);
    }

    private void restore() {
        long sequence = anyPlace();
        SortedMap<String, Held> then = PlainPast.restored(now, past.at(sequence));
        boolean isSame = PlainPast.shown(then).equals(PlainPast.shown(now));
        told.add("restore " + sequence);
        long before = head();
        store().restore(position(sequence)).orThrow();
        assertThat(head() == before).as(message()).isEqualTo(isSame);
        if (!isSame) {
            edited(then);
        }
    }

    private void ship() {
        int most = 1 + random.nextInt(MOST_COMMITS);
        told.add("ship " + most);
        two.ship(most);
    }

    /** The replica takes over with all that there is, and a new one begins. */
    private void promote() {
        told.add("promote");
        two.promote();
        start = 0; // It has all that was ever shipped.
        whole = 0;
        past.whole();
        snapshots.loseFiles();
    }

    /** Looks at all of it once more. */
    void end() {
        two.shipAll();
        verify();
        backUp();
        assertHeld(two.replica().keep().store(PlainPast.PEOPLE), now);
    }

    private void verify() {
        told.add("verify");
        assertThat(two.primary().log().verify().problem()).as(message()).isEmpty();
        assertThat(two.replica().keep().log().verify().problem()).as(message()).isEmpty();
    }

    /** The present, a past, each snapshot and the replica. */
    private void look() {
        fill();
        assertHeld(store(), now);
        long sequence = anyPlace();
        assertHeld(store().asOf(position(sequence)), past.at(sequence));
        assertThat(two.primary().snapshots().list())
                .as(message())
                .extracting(Snapshot::name)
                .containsExactlyInAnyOrderElementsOf(snapshots.places().keySet());
        snapshots.places().forEach((name, place) -> {
            Position position =
                    two.primary().snapshots().find(name).orElseThrow().position();
            assertHeld(store().asOf(position), past.at(place));
        });
        long taken = two.replica().position().sequence();
        if (taken > 0) {
            SortedMap<String, String> held =
                    PlainPast.shown(two.replica().keep().store(PlainPast.PEOPLE));
            assertThat(past.mayBe(held, taken))
                    .as("%s at %s holds %s", message(), taken, held)
                    .isTrue();
        }
    }

    private long anyPlace() {
        return whole + random.nextInt((int) (past.size() - whole));
    }

    /** A place, found by going there from the start: its epoch is known to the log alone. */
    private Position position(long sequence) {
        int commits = (int) (sequence - start);
        Position begin = two.primary().log().start();
        return commits == 0
                ? begin
                : two.primary().log().read(begin, commits).get(commits - 1).position();
    }

    private String message() {
        return "after " + told;
    }

    @Override
    public void close() {
        two.close();
    }
}
