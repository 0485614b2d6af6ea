package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.commit.Author;
import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.snapshot.SnapshotPolicy;
import dev.rowkeep.store.KeepOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Snapshots that are made without being asked for. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class SnapshotPolicyScenarios extends SnapshotRehearsal {
    private final SteeredClock clock = new SteeredClock();

    /** For the fixture's author. */
    protected SnapshotPolicyScenarios() {}

    @Override
    protected KeepOptions options() {
        return super.options().clock(clock);
    }

    private void open(SnapshotPolicy policy) {
        reopen(options -> options.snapshots(policy));
    }

    private String nextMade() {
        return next(KeepEvent.SnapshotMade.class).snapshot();
    }

    @Test
    void everySoManyCommitsOneIsMadeAndTheLastAreKept() {
        open(SnapshotPolicy.none().everyCommits(10).keepLast(2));
        busy(10); // The first inserts, too.
        assertThat(nextMade()).startsWith("auto-");
        snapshots().create("named");
        assertThat(nextMade()).isEqualTo("named");
        for (int i = 0; i < 4; i++) {
            busy(12);
            assertThat(nextMade()).startsWith("auto-");
        }
        List<Snapshot> kept = snapshots().list();
        assertThat(kept).extracting(Snapshot::isAutomatic).containsExactly(false, true, true);
        assertThat(kept.get(2).name())
                .isEqualTo("auto-" + kept.get(2).position().sequence());
        assertThat(kept.get(2).author()).isEqualTo(Author.system("application"));
        assertThat(files()).hasSize(hasFiles() ? 3 : 0);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    /** Their own commits do not make another one due. */
    @Test
    void oneForEveryCommitComesToAnEnd() {
        open(SnapshotPolicy.none().everyCommits(1).keepLast(1));
        for (int i = 0; i < 5; i++) {
            long before = keep.log().head().sequence();
            store.insert(template("t" + i));
            assertThat(nextMade()).isEqualTo("auto-" + (before + 1));
            assertThat(keep.log().head().sequence()).isEqualTo(before + 2);
        }
        assertThat(snapshots().list()).hasSize(1);
    }

    @Test
    void oneIsMadeWithTheFirstCommitAfterTheTimeAndNoneWhereNothingIsWritten() {
        open(SnapshotPolicy.none().every(Duration.ofHours(1)));
        busy(3);
        clock.move(Duration.ofMinutes(59));
        busy(3);
        clock.move(Duration.ofMinutes(1));
        assertThat(snapshots().list()).isEmpty();
        busy(1);
        String first = nextMade();
        long head = keep.log().head().sequence();
        clock.move(Duration.ofHours(5));
        store.get("busy");
        assertThat(keep.log().head().sequence()).isEqualTo(head);
        busy(1);
        assertThat(nextMade()).isNotEqualTo(first);
        assertThat(names()).hasSize(2);

        // Another handle goes on from there.
        clock.move(Duration.ofMinutes(30));
        open(SnapshotPolicy.none().every(Duration.ofHours(1)));
        busy(1);
        clock.move(Duration.ofMinutes(30));
        busy(1);
        nextMade();
        assertThat(names()).hasSize(3);
    }

    @Test
    void aFailureIsToldFailsNoWriteAndIsTriedAgainWhenTheNextIsDue() throws IOException {
        assumeFiles();
        open(SnapshotPolicy.none().everyCommits(20));
        Files.write(folder(), new byte[] {1}); // A file, where the folder belongs.
        busy(20);
        assertThat(next(KeepEvent.SnapshotFailed.class).cause()).hasMessageContaining("could not be written");
        busy(1);
        assertThat(snapshots().list()).isEmpty();
        Files.delete(folder());
        busy(20);
        assertThat(nextMade()).startsWith("auto-");
        assertThat(events).isEmpty();
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void withoutAPolicyNoneIsMade() {
        busy(100);
        assertThat(snapshots().list()).isEmpty();
        assertThat(SnapshotPolicy.none().isActive()).isFalse();
    }

    @Test
    void policiesThatMakeNoSenseAreRefused() {
        SnapshotPolicy none = SnapshotPolicy.none();
        assertThatIllegalArgumentException().isThrownBy(() -> none.everyCommits(0));
        assertThatIllegalArgumentException().isThrownBy(() -> none.every(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> none.every(Duration.ofDays(40_000)));
        assertThatIllegalArgumentException().isThrownBy(() -> none.keepLast(0));
        assertThatIllegalArgumentException().isThrownBy(() -> none.keepLast(5_001));
        assertThat(none.everyCommits(3).every(Duration.ofDays(1)).keepLast(7))
                .isEqualTo(none.keepLast(7).every(Duration.ofDays(1)).everyCommits(3));
    }

    @Test
    void closingWhileOneIsMadeWaitsForItOrDoesWithout() {
        for (int round = 0; round < 3; round++) {
            open(SnapshotPolicy.none().everyCommits(5));
            busy(7);
        }
        open(SnapshotPolicy.none());
        assertThat(files()).hasSize(hasFiles() ? names().size() : 0);
        snapshots()
                .list()
                .forEach(snapshot ->
                        assertThat(snapshots().verify(snapshot.name())).isEmpty());
        assertThat(events).noneMatch(event -> event instanceof KeepEvent.SnapshotFailed);
    }
}
