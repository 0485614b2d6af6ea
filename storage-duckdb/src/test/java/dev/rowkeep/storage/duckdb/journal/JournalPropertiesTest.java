package dev.rowkeep.storage.duckdb.journal;

import static dev.rowkeep.storage.duckdb.journal.Samples.BEGINNING;
import static dev.rowkeep.storage.duckdb.journal.Samples.IDENTITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.storage.duckdb.journal.FailingDisk.Step;
import dev.rowkeep.storage.duckdb.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

final class JournalPropertiesTest {
    private static final EnumSet<Step> STEPS = EnumSet.allOf(Step.class);

    /** What is done to a journal. */
    enum Action {
        APPEND,
        FAIL,
        DROP,
        REOPEN
    }

    /** An action and a number that says how much of it. */
    record Act(Action action, int size) {}

    @Property(tries = 200)
    void journalIsAlwaysTheListOfItsAcknowledgedRecords(
            @ForAll("acts") List<Act> acts, @ForAll("segments") JournalOptions options) throws IOException {
        Path parent = Files.createTempDirectory("journal");
        Path directory = parent.resolve("journal");
        FailingDisk disk = new FailingDisk();
        List<JournalRecord> model = new ArrayList<>();
        Journal journal = Journal.create(directory, IDENTITY, BEGINNING, options, disk);
        try {
            for (Act act : acts) {
                switch (act.action()) {
                    case APPEND -> append(journal, model, new byte[act.size()]);
                    case FAIL -> disk.failOnce(STEPS, act.size() % 9);
                    case DROP -> drop(journal, model.size() - act.size() % 10);
                    case REOPEN -> {
                        disk.heal();
                        journal.close();
                        journal = Journal.open(directory, options, disk);
                    }
                }
                int start = (int) journal.start().number();
                assertThat(journal.last().number()).isEqualTo(model.size());
                assertThat(Samples.all(journal)).isEqualTo(model.subList(start, model.size()));
            }
        } finally {
            journal.close();
            Samples.delete(parent);
        }
    }

    private static void append(Journal journal, List<JournalRecord> model, byte[] payload) throws JournalException {
        JournalRecord record = Samples.following(journal.last(), payload);
        try {
            journal.append(record);
            model.add(record);
        } catch (JournalException e) {
            if (e.kind() == Kind.UNKNOWN_OUTCOME) {
                journal.recover();
            }
        }
    }

    private static void drop(Journal journal, long through) {
        try {
            journal.dropThrough(through);
        } catch (JournalException e) {
            assertThat(e.kind()).isEqualTo(Kind.ROLLED_BACK);
        }
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        Arbitrary<Action> action = Arbitraries.frequency(
                Tuple.of(6, Action.APPEND),
                Tuple.of(2, Action.FAIL),
                Tuple.of(1, Action.DROP),
                Tuple.of(1, Action.REOPEN));
        return Combinators.combine(action, Arbitraries.integers().between(0, 400))
                .as(Act::new)
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<JournalOptions> segments() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 3000),
                        Arbitraries.integers().between(0, 5000))
                .as(JournalOptions::new);
    }
}
