package dev.rowkeep.storage.tck;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Condition.And;
import dev.rowkeep.query.Condition.Comparison;
import dev.rowkeep.query.Condition.Contains;
import dev.rowkeep.query.Condition.In;
import dev.rowkeep.query.Condition.Missing;
import dev.rowkeep.query.Condition.Operator;
import dev.rowkeep.query.Condition.Or;
import dev.rowkeep.query.Condition.StartsWith;
import dev.rowkeep.query.Condition.TouchedSince;
import dev.rowkeep.query.Order;
import dev.rowkeep.query.Order.Direction;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Questions about a store.
 *
 * @param key the key's column
 * @param columns the other columns
 * @param values where the values to compare with come from
 */
record QueryArbitraries(Column<?> key, List<Column<?>> columns, Function<Column<?>, Arbitrary<Object>> values) {
    private static final int DEPTH = 3;

    Arbitrary<Question> questions() {
        Arbitrary<Integer> limits = Arbitraries.of(1, 2, 3, 7, 1_000, Integer.MAX_VALUE);
        return Combinators.combine(
                        conditions(DEPTH), orders(), Arbitraries.integers().between(-5, 20), limits)
                .as(Question::new);
    }

    private Arbitrary<List<Order>> orders() {
        Arbitrary<Order> orders = Combinators.combine(
                        Arbitraries.of(columns.stream()
                                .filter(column -> column.type().kind().isOrdered())
                                .toList()),
                        Arbitraries.of(Direction.class))
                .as(Order::new);
        Arbitrary<List<Order>> some = orders.list().ofMaxSize(3).uniqueElements(Order::column);
        return Combinators.combine(some, Arbitraries.of(Direction.class)).as((first, direction) -> {
            List<Order> all = new ArrayList<>(first);
            all.add(new Order(key, direction));
            return all;
        });
    }

    private Arbitrary<Condition> conditions(int depth) {
        if (depth == 0) {
            return leaves();
        }
        Arbitrary<Condition> part = conditions(depth - 1);
        return Arbitraries.frequencyOf(
                Tuple.of(4, leaves()),
                Tuple.of(1, part.list().ofMaxSize(3).map(And::new)),
                Tuple.of(1, part.list().ofMaxSize(3).map(Or::new)),
                Tuple.of(2, part.map(Condition::not)));
    }

    private Arbitrary<Condition> leaves() {
        List<Column<?>> all = new ArrayList<>(columns);
        all.add(key);
        return Arbitraries.of(all).flatMap(this::leaves);
    }

    private Arbitrary<Condition> leaves(Column<?> column) {
        Kind kind = column.type().kind();
        Arbitrary<Object> value = values.apply(column);
        Arbitrary<Operator> operators =
                kind.isOrdered() ? Arbitraries.of(Operator.class) : Arbitraries.of(Operator.EQUAL);
        List<Arbitrary<Condition>> choices = new ArrayList<>();
        choices.add(Combinators.combine(operators, value).as((operator, v) -> new Comparison(column, operator, v)));
        choices.add(value.list().ofMaxSize(4).map(list -> new In(column, list)));
        choices.add(Arbitraries.just(new Missing(column)));
        choices.add(Arbitraries.just(Condition.everything()));
        choices.add(Arbitraries.integers()
                .between(-1, 30)
                .map(i -> new TouchedSince(PlanDraft.FIRST_TIME + i * PlanDraft.STEP_MICROS)));
        if (kind == Kind.TEXT) {
            choices.add(value.map(v -> new StartsWith(column, (String) v)));
            choices.add(value.map(v -> new Contains(column, (String) v)));
            choices.add(ValueArbitraries.texts().map(part -> new Contains(column, part)));
        } else if (kind == Kind.TEXT_SET) {
            choices.add(ValueArbitraries.texts().map(part -> new Contains(column, part)));
        }
        return Arbitraries.oneOf(choices);
    }
}
