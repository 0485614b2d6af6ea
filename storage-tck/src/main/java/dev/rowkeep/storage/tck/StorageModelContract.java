package dev.rowkeep.storage.tck;

import dev.rowkeep.spi.StoreLayout.Uniqueness;
import dev.rowkeep.storage.tck.Command.Basis;
import dev.rowkeep.storage.tck.Command.Fate;
import dev.rowkeep.storage.tck.Command.Step;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Any sequence of commands has on a storage the effect that it has on the {@link ModelStorage}. A sequence that fails is shrunk:
 * commands and steps are left out, keys and values made smaller, as long as it still fails.
 */
abstract class StorageModelContract {
    private static final int KEYS = 5;

    private final StorageFixture fixture;

    StorageModelContract(StorageFixture fixture) {
        this.fixture = fixture;
    }

    @Property(tries = 25)
    void aStorageDoesWhatItsModelDoes(@ForAll("commands") List<Command> commands) {
        try (ModelRun run = new ModelRun(fixture)) {
            commands.forEach(command -> command.run(run));
            run.sameContent();
            run.reopen();
            run.sameContent();
        }
    }

    @Provide
    Arbitrary<List<Command>> commands() {
        Arbitrary<List<Step>> plans = steps().list().ofMinSize(1).ofMaxSize(8);
        Arbitrary<Integer> small = Arbitraries.integers().between(0, 12);
        return Arbitraries.frequencyOf(
                        Tuple.of(12, plans.map(Command.Write::new)),
                        Tuple.of(3, late(plans, small)),
                        Tuple.of(3, Combinators.combine(steps(), small).as(Command.Rewrite::new)),
                        Tuple.of(4, keys().list().ofMaxSize(4).uniqueElements().map(Command.Rotate::new)),
                        Tuple.of(1, plans.map(Command.Abandon::new)),
                        Tuple.of(3, answers(small)),
                        Tuple.of(1, small.map(Command.AddColumn::new)),
                        Tuple.of(1, Arbitraries.of(Uniqueness.class).map(Command.AddIndex::new)),
                        Tuple.of(1, Arbitraries.create(Command.Reopen::new)),
                        Tuple.of(1, Arbitraries.create(Command.Recover::new)),
                        Tuple.of(1, small.map(Command.Drop::new)),
                        Tuple.of(1, small.map(Command.DropContents::new)),
                        Tuple.of(4, questions().map(Command.Ask::new)),
                        Tuple.of(4, lookBacks(small)),
                        Tuple.of(1, Arbitraries.create(Command.Compare::new)))
                .list()
                .ofMaxSize(50)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Command> late(Arbitrary<List<Step>> plans, Arbitrary<Integer> small) {
        return Combinators.combine(plans, small, Arbitraries.of(Basis.class)).as(Command.LateWrite::new);
    }

    private static Arbitrary<Command> answers(Arbitrary<Integer> small) {
        return Combinators.combine(steps(), Arbitraries.of(true, false), small, small, small)
                .as(Command.Answer::new);
    }

    private static Arbitrary<Command> lookBacks(Arbitrary<Integer> small) {
        Arbitrary<Integer> sequences = Arbitraries.integers().between(0, 30);
        return Combinators.combine(steps(), small, small, sequences).as(Command.LookBack::new);
    }

    private static Arbitrary<Step> steps() {
        return Combinators.combine(
                        Arbitraries.of(0, 0, 1),
                        keys(),
                        Arbitraries.of(Fate.PUT, Fate.PUT, Fate.DELETE, Fate.NEXT_COMMIT),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.integers().between(0, 9))
                .as(Step::new);
    }

    private static Arbitrary<Integer> keys() {
        return Arbitraries.integers().between(0, KEYS - 1);
    }

    private static Arbitrary<Question> questions() {
        return new QueryArbitraries(
                        Stores.ID,
                        List.of(Stores.NAME, Stores.CODE, Stores.AMOUNT),
                        column -> Arbitraries.integers()
                                .between(0, 9)
                                .map(i -> column.equals(Stores.AMOUNT) ? (Object) (long) i : prefix(column.name()) + i))
                .questions();
    }

    private static String prefix(String column) {
        return column.equals("id") ? "k" : column.substring(0, 1);
    }
}
