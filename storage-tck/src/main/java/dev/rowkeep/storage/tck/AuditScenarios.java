package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.log.LogPage;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who changed what when: the log read with filters. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class AuditScenarios extends AuditRehearsal {
    /** For the fixture's author. */
    protected AuditScenarios() {}

    @Test
    void filtersFindWhatAPlainSearchFinds() {
        long seed = Long.getLong("rowkeep.seed", System.nanoTime());
        System.out.println("filtersFindWhatAPlainSearchFinds: rowkeep.seed=" + seed);
        Random random = new Random(seed);
        keep.session(AUTHORS.get(0)).leases().acquire("audit", Duration.ofMinutes(1));
        writeAtRandom(random, 40);
        List<Commit> log = keep.log().read(keep.log().start(), 1_000);
        assertThat(keep.log()
                        .read(keep.log().start(), LogFilter.everything(), 1_000)
                        .commits())
                .isEqualTo(log);

        for (int alone = 0; alone < Question.PARTS; alone++) {
            check(log, random, 1 << alone);
        }
        for (int i = isLong() ? 1_000 : 40; i > 0; i--) {
            check(log, random, random.nextInt(1 << Question.PARTS));
        }
    }

    private void check(List<Commit> log, Random random, int parts) {
        Question question = Question.draw(random, parts, log);
        Position after = random.nextBoolean()
                ? keep.log().start()
                : log.get(random.nextInt(log.size())).position();
        List<Commit> expected = new ArrayList<>();
        for (Commit commit : log) {
            List<Change> wanted = commit.changes().stream()
                    .filter(change -> question.holds.test(commit, change))
                    .toList();
            if (commit.position().isAfter(after) && !wanted.isEmpty()) {
                expected.add(new Commit(commit.header(), wanted, commit.hash()));
            }
        }
        assertThat(readAll(after, question.filter, 1 + random.nextInt(10)))
                .as("parts %d", parts)
                .isEqualTo(expected);
    }

    private List<Commit> readAll(Position after, LogFilter filter, int most) {
        List<Commit> found = new ArrayList<>();
        LogPage page = keep.log().read(after, filter, most);
        found.addAll(page.commits());
        while (!page.isLast()) {
            assertThat(page.commits()).hasSize(most);
            page = keep.log().read(page.upTo(), filter, most);
            found.addAll(page.commits());
        }
        return found;
    }

    /** A filter, and what it means. */
    private record Question(LogFilter filter, BiPredicate<Commit, Change> holds) {
        static final int PARTS = 8;

        static Question draw(Random random, int parts, List<Commit> log) {
            Question question = about(random, parts);
            if ((parts & 4) != 0) {
                List<Column<?>> columns = List.of(VALUE, Kinds.TEXT, Kinds.BYTES);
                Column<?> column = columns.get(random.nextInt(columns.size()));
                question = question.and(
                        question.filter.columns(column, Kinds.JSON),
                        (commit, change) -> change.cells().stream()
                                .anyMatch(cell -> cell.column().equals(column.name())
                                        || cell.column().equals("a_json")));
            }
            if ((parts & 8) != 0) {
                String name = random.nextBoolean() ? "ana" : "sweeper";
                question = question.and(
                        question.filter.author(name),
                        (commit, change) -> commit.header().author().name().equals(name));
            }
            if ((parts & 16) != 0) {
                Origin origin = List.of(Origin.USER, Origin.JOB, Origin.SYSTEM).get(random.nextInt(3));
                question = question.and(
                        question.filter.origin(origin),
                        (commit, change) -> commit.header().author().origin() == origin);
            }
            if ((parts & 32) != 0) {
                Instant time = time(random, log);
                question = question.and(
                        question.filter.from(time),
                        (commit, change) -> commit.header().time().compareTo(time) >= 0);
            }
            if ((parts & 64) != 0) {
                Instant time = time(random, log);
                question = question.and(
                        question.filter.until(time),
                        (commit, change) -> commit.header().time().compareTo(time) < 0);
            }
            if ((parts & 128) != 0) {
                question = question.and(
                        question.filter.withoutOwnStores(),
                        (commit, change) -> !change.store().startsWith("rowkeep_"));
            }
            return question;
        }

        private static Question about(Random random, int parts) {
            String key = "k" + random.nextInt(6);
            if ((parts & 2) != 0) {
                return new Question(
                        LogFilter.of(KINDS, key),
                        (commit, change) ->
                                change.store().equals("kinds") && change.key().equals(key));
            }
            return (parts & 1) != 0
                    ? new Question(
                            LogFilter.of(COUNTERS),
                            (commit, change) -> change.store().equals("counters"))
                    : new Question(LogFilter.everything(), (commit, change) -> true);
        }

        private static Instant time(Random random, List<Commit> log) {
            Instant time = log.get(random.nextInt(log.size())).header().time();
            return time.plusNanos(random.nextInt(3) - 1L);
        }

        private Question and(LogFilter narrower, BiPredicate<Commit, Change> more) {
            return new Question(narrower, holds.and(more));
        }
    }

    @Test
    void timesAreHalfOpenAndBoundWhatIsRead() {
        Session ana = session("ana");
        List<Position> places = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            set(ana, 1, i);
            places.add(keep.log().head());
            clock.move(Duration.ofSeconds(i % 2));
        }
        // Two commits each at noon, a second and two seconds later.
        Instant second = clock.instant().minusSeconds(2);
        List<Long> readFrom = new ArrayList<>();
        storage.beforeLogReads(readFrom::add);

        LogPage page = keep.log()
                .read(keep.log().start(), LogFilter.everything().from(second).until(second.plusSeconds(1)), 10);

        assertThat(page.commits()).extracting(Commit::position).containsExactly(places.get(2), places.get(3));
        assertThat(page.upTo()).isEqualTo(page.end()).isEqualTo(places.get(3));
        assertThat(readFrom).containsExactly(places.get(1).sequence());
        assertThat(found(LogFilter.everything().from(second.plusNanos(1)))).isEqualTo(2);
        assertThat(found(LogFilter.everything().until(second.plusNanos(1)))).isEqualTo(4);
        assertThat(found(LogFilter.everything().from(Instant.MAX))).isZero();
        assertThat(found(LogFilter.everything().until(Instant.MIN))).isZero();
        assertThat(found(LogFilter.everything().from(Instant.MIN).until(Instant.MAX)))
                .isEqualTo(6);
        assertThat(found(LogFilter.everything().from(second.plusSeconds(1)).until(second)))
                .isZero();
        assertThat(keep.log()
                        .read(places.get(4), LogFilter.everything().until(second), 10)
                        .upTo())
                .isEqualTo(places.get(4));
    }

    private int found(LogFilter filter) {
        return keep.log().read(keep.log().start(), filter, 10).commits().size();
    }

    @Test
    void aFilterThatFindsNothingReadsABoundedStretch() {
        List<CompletableFuture<?>> writes = new ArrayList<>();
        for (long i = 0; i <= LogPage.REACH; i++) {
            writes.add(counters.applyAsync(
                    Edit.insert(COUNTERS, Row.of(COUNTERS, i).with(VALUE, i))));
        }
        writes.forEach(CompletableFuture::join);
        LogFilter nobody = LogFilter.everything().author("nobody");

        LogPage first = keep.log().read(keep.log().start(), nobody, 10);
        LogPage second = keep.log().read(first.upTo(), nobody, 10);

        assertThat(first.commits()).isEmpty();
        assertThat(first.upTo().sequence()).isEqualTo(LogPage.REACH);
        assertThat(first.isLast()).isFalse();
        assertThat(second.commits()).isEmpty();
        assertThat(second.isLast()).isTrue();
        assertThat(second.upTo()).isEqualTo(keep.log().head());
        assertThat(keep.log().read(second.upTo(), nobody, 10).isLast()).isTrue();
    }

    @Test
    void whatCannotBeReadIsRefused() {
        set(session("ana"), 1, 1);
        Position head = keep.log().head();
        Position beyond = new Position(head.incarnation(), 0, head.epoch(), head.sequence() + 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keep.log().read(beyond, LogFilter.everything(), 1))
                .withMessageContaining("after the log's head");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keep.log().read(head, LogFilter.everything(), 0))
                .withMessageContaining("at least one");
    }
}
