package dev.rowkeep.storage.sqlite.counters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.storage.sqlite.counters.Interleavings.Actor;
import dev.rowkeep.storage.sqlite.counters.Interleavings.Mortality;
import dev.rowkeep.storage.sqlite.counters.Interleavings.Program;
import dev.rowkeep.storage.sqlite.counters.Interleavings.Steps;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Processes that write and read one place, in every order of every access to the counters, the storage and what is kept, with deaths between
 * any two: nobody reads less than what was acknowledged before he began, and what is left of the dead does not stay.
 */
@Timeout(600)
final class CommitCountersTest {
    private static final int READER = 0;
    private static final int OTHER = 1;
    private static final int THIRD = 2;
    private static final int A = 0;
    private static final int B = 1;
    private static final int PLACE = 0;

    private static Actor mortal(int process, Program program) {
        return new Actor(process, Mortality.MORTAL, program);
    }

    private static Actor immortal(int process, Program program) {
        return new Actor(process, Mortality.IMMORTAL, program);
    }

    /** As the storage commits and the engine's cache is told: taken out before, published after, then acknowledged. */
    private static Program commits(int process, int key, int times) {
        return steps -> {
            CommitCounters counters = counters(process, steps);
            for (int i = 0; i < times; i++) {
                steps.step(world -> world.lock(steps.actor()));
                steps.step(world -> world.openWindow(process, key));
                counters.begin(PLACE);
                long version = steps.step(world -> world.commit(key));
                counters.end(PLACE);
                long stamp = counters.ownStamp(PLACE);
                steps.step(world -> world.keep(process, key, version, stamp));
                steps.step(world -> world.closeWindow(process, key));
                steps.step(world -> world.acknowledge(key, version));
            }
        };
    }

    /** The same of a record that nobody reads. */
    private static Program commitsAside(int process, int key) {
        return steps -> {
            CommitCounters counters = counters(process, steps);
            steps.step(world -> world.lock(steps.actor()));
            counters.begin(PLACE);
            steps.step(world -> world.commit(key));
            counters.end(PLACE);
        };
    }

    /** The same in a process that keeps nothing of the record. */
    private static Program commitsUnread(int key, int times) {
        return steps -> {
            CommitCounters counters = World.countersUnread(steps);
            for (int i = 0; i < times; i++) {
                steps.step(world -> world.lock(steps.actor()));
                counters.begin(PLACE);
                long version = steps.step(world -> world.commit(key));
                counters.end(PLACE);
                steps.step(world -> world.acknowledge(key, version));
            }
        };
    }

    /** A commit that fails, for certain, after it began. */
    private static Program fails() {
        return steps -> {
            CommitCounters counters = World.countersUnread(steps);
            steps.step(world -> world.lock(steps.actor()));
            counters.begin(PLACE);
            steps.step(World::rollback);
            counters.end(PLACE);
        };
    }

    /** As the engine's cache reads. */
    private static Program reads(int process, int key, int times) {
        return steps -> {
            for (int i = 0; i < times; i++) {
                long least = steps.step(world -> world.acknowledged(key));
                assertThat(read(process, key, steps)).isGreaterThanOrEqualTo(least);
            }
        };
    }

    private static long read(int process, int key, Steps steps) {
        CommitCounters counters = counters(process, steps);
        long kept = steps.step(world -> world.kept(process, key));
        long version = kept >> 32;
        if (version > 0 && counters.isCurrent(PLACE, kept & 0xFFFFFFFFL)) {
            return version;
        }
        long window = steps.step(world -> world.window(process, key));
        long stamp = counters.stamp(PLACE);
        long loaded = steps.step(world -> world.read(key));
        if ((window & 1) == 0 && stamp != CommitCounters.UNSETTLED && counters.isCurrent(PLACE, stamp)) {
            steps.step(world -> world.install(process, key, loaded, stamp, window));
        }
        return loaded;
    }

    private static CommitCounters counters(int process, Steps steps) {
        return World.counters(process, steps);
    }

    /** Runs {@code program} alone. */
    private static void alone(World world, int process, Program program, Consumer<World> then) {
        Interleavings.explore(world, then, immortal(process, program));
    }

    /** Whatever has died: after the next commit of anybody, what is read is kept again. */
    private static void isKeptAfterTheNextCommit(World end) {
        alone(end, THIRD, commitsUnread(B, 1), after -> isKept(after));
    }

    private static void isKept(World world) {
        alone(
                world,
                READER,
                reads(READER, A, 1),
                after -> alone(
                        after,
                        READER,
                        steps -> {
                            long kept = steps.step(now -> now.kept(READER, A));
                            assertThat(kept >> 32).isEqualTo(steps.step(now -> now.read(A)));
                            assertThat(counters(READER, steps).isCurrent(PLACE, kept & 0xFFFFFFFFL))
                                    .isTrue();
                        },
                        last -> {}));
    }

    @Test
    void nobodyReadsLessThanWasAcknowledgedWhileOthersCommitAndDie() {
        int states = Interleavings.explore(
                new World(),
                CommitCountersTest::isKeptAfterTheNextCommit,
                immortal(READER, reads(READER, A, 2)),
                mortal(OTHER, commitsUnread(A, 1)),
                mortal(THIRD, commitsUnread(A, 1)));
        System.out.println("Two mortal writers, a reader: " + states + " states");
    }

    @Test
    void nobodyReadsLessThanWasAcknowledgedAcrossCommitsOfOneWriter() {
        int states = Interleavings.explore(
                new World(),
                CommitCountersTest::isKeptAfterTheNextCommit,
                immortal(READER, reads(READER, A, 3)),
                mortal(OTHER, commitsUnread(A, 2)));
        System.out.println("A mortal writer, a reader: " + states + " states");
    }

    @Test
    void ownCommitsOfOtherRecordsOfThePlaceHideNothingOfAnotherProcess() {
        int states = Interleavings.explore(
                new World(),
                end -> {},
                immortal(READER, reads(READER, A, 2)),
                immortal(READER, commitsAside(READER, B)),
                mortal(OTHER, commitsUnread(A, 1)));
        System.out.println("A reader whose process writes another record, a mortal writer: " + states + " states");
    }

    @Test
    void publishedRecordsOfTwoProcessesNeverHideEachOther() {
        int states = Interleavings.explore(
                new World(),
                end -> {},
                immortal(READER, reads(READER, A, 2)),
                immortal(READER, commits(READER, A, 1)),
                mortal(OTHER, commitsUnread(A, 1)));
        System.out.println("A reader whose process writes the record, a mortal writer: " + states + " states");
    }

    @Test
    void commitsThatFailHideNothing() {
        Interleavings.explore(
                new World(),
                CommitCountersTest::isKeptAfterTheNextCommit,
                immortal(READER, reads(READER, A, 2)),
                mortal(OTHER, fails()),
                mortal(THIRD, commitsUnread(A, 1)));
    }

    @Test
    void placeIsSettledOnceAllHaveEnded() {
        Interleavings.explore(
                new World(),
                CommitCountersTest::isKept,
                immortal(OTHER, commitsUnread(A, 2)),
                immortal(THIRD, commitsUnread(A, 1)));
    }

    @Test
    void ownCommitsLeaveCopiesOfOtherRecordsOfThePlace() {
        alone(
                new World(),
                READER,
                reads(READER, A, 1),
                read -> alone(
                        read,
                        READER,
                        commits(READER, B, 2),
                        committed -> alone(
                                committed,
                                READER,
                                steps -> {
                                    long kept = steps.step(now -> now.kept(READER, A));
                                    assertThat(counters(READER, steps).isCurrent(PLACE, kept & 0xFFFFFFFFL))
                                            .isTrue();
                                },
                                last -> {})));
    }

    @Test
    void placeThatWasFoundUnsettledIsRepairedByTheNextCommitElsewhere() {
        Words shared = new LocalWords(8);
        CommitCounters dead = new CommitCounters(shared, new LocalWords(8), 4);
        CommitCounters alive = new CommitCounters(shared, new LocalWords(8), 4);
        dead.begin(3);
        assertThat(alive.stamp(3)).isEqualTo(CommitCounters.UNSETTLED);
        alive.repairSuspect();
        alive.begin(1);
        alive.end(1);
        assertThat(alive.stamp(3)).isEqualTo(1);
    }
}
