package dev.rowkeep.internal.query;

import dev.rowkeep.query.Aggregate;
import dev.rowkeep.query.Group;
import dev.rowkeep.query.GroupQuery;
import dev.rowkeep.query.GroupTerm;
import dev.rowkeep.query.Grouping;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query over groups, computed here from the records' cells as the storage gives them: zones, exact sums and percentiles so mean the
 * same on every storage. Immutable and safe for use by several threads.
 */
final class StoreGroupQuery implements GroupQuery {
    private final Records records;
    private final List<Grouping<?>> groupings;
    private final Settings settings;

    /** Where the records come from. */
    interface Records {
        /** The store. */
        StoreLayout layout();

        /** Throws if {@code column} is not one of the store's. */
        void requireColumn(Column<?> column);

        /** Puts the records into a table of groups. */
        void fill(GroupTable table);
    }

    private record Settings(List<TermOrder> orders, int limit, int maxGroups) {}

    private record TermOrder(GroupTerm<?> term, int sign) {}

    /** The groups of {@code records} that agree in every one of {@code groupings}. */
    StoreGroupQuery(Records records, List<Grouping<?>> groupings) {
        this(records, groupings, new Settings(List.of(), Integer.MAX_VALUE, DEFAULT_MAX_GROUPS));
        groupings.forEach(grouping -> records.requireColumn(grouping.column()));
    }

    private StoreGroupQuery(Records records, List<Grouping<?>> groupings, Settings settings) {
        this.records = records;
        this.groupings = groupings;
        this.settings = settings;
    }

    @Override
    public GroupQuery ascendingBy(GroupTerm<?> term) {
        return orderedBy(new TermOrder(term, 1));
    }

    @Override
    public GroupQuery descendingBy(GroupTerm<?> term) {
        return orderedBy(new TermOrder(term, -1));
    }

    private GroupQuery orderedBy(TermOrder order) {
        List<TermOrder> orders = new ArrayList<>(settings.orders());
        orders.add(order);
        return with(new Settings(List.copyOf(orders), settings.limit(), settings.maxGroups()));
    }

    @Override
    public GroupQuery limit(int most) {
        requirePositive("limit", most);
        return with(new Settings(settings.orders(), most, settings.maxGroups()));
    }

    @Override
    public GroupQuery maxGroups(int most) {
        requirePositive("bound", most);
        return with(new Settings(settings.orders(), settings.limit(), most));
    }

    private GroupQuery with(Settings changed) {
        return new StoreGroupQuery(records, groupings, changed);
    }

    @Override
    public List<Group> select(Aggregate<?>... aggregates) {
        List<Aggregate<?>> wanted = List.of(aggregates);
        wanted.forEach(aggregate -> aggregate.column().ifPresent(records::requireColumn));
        List<GroupTerm<?>> terms = new ArrayList<>(groupings);
        terms.addAll(wanted);
        Comparator<List<@Nullable Object>> order = order(terms);
        GroupTable table = new GroupTable(records.layout(), groupings, wanted, settings.maxGroups());
        records.fill(table);
        return table.rows().stream()
                .sorted(order)
                .limit(settings.limit())
                .map(row -> group(terms, row))
                .toList();
    }

    private Comparator<List<@Nullable Object>> order(List<GroupTerm<?>> terms) {
        List<TermOrder> orders = new ArrayList<>(settings.orders());
        groupings.forEach(grouping -> orders.add(new TermOrder(grouping, 1)));
        List<Comparator<List<@Nullable Object>>> comparators = new ArrayList<>();
        for (TermOrder each : orders) {
            int index = terms.indexOf(each.term());
            if (index < 0) {
                throw new IllegalArgumentException("The groups of store " + name() + " cannot be ordered by "
                        + each.term() + ", which is not among " + terms + ". Select it as well.");
            }
            comparators.add((a, b) -> each.sign() * compare(each.term(), a.get(index), b.get(index)));
        }
        return (a, b) -> comparators.stream()
                .mapToInt(comparator -> comparator.compare(a, b))
                .filter(comparison -> comparison != 0)
                .findFirst()
                .orElse(0);
    }

    @SuppressWarnings({"unchecked", "rawtypes"
    }) // all values of a term are of one class, whose order is the canonical one
    private static int compare(GroupTerm<?> term, @Nullable Object a, @Nullable Object b) {
        Optional<ColumnType<?>> type = typeOfValues(term);
        if (type.isPresent()) {
            return type.get().compare(a, b);
        }
        return Comparator.nullsFirst((Comparator) Comparator.naturalOrder()).compare(a, b);
    }

    /** The type of the column whose values the term's values are; empty if they are numbers or times of their own. */
    private static Optional<ColumnType<?>> typeOfValues(GroupTerm<?> term) {
        if (term instanceof Grouping.ByColumn<?> by) {
            return Optional.of(by.column().type());
        }
        if (term instanceof Aggregate<?> aggregate) {
            return switch (aggregate.function()) {
                case MIN, MAX, PERCENTILE_DISC -> aggregate.column().map(Column::type);
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private static Group group(List<GroupTerm<?>> terms, List<@Nullable Object> row) {
        List<@Nullable Object> values = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            Object canonical = row.get(i);
            Optional<ColumnType<?>> type = typeOfValues(terms.get(i));
            values.add(
                    canonical == null || type.isEmpty() ? canonical : type.get().fromCanonical(canonical));
        }
        return Group.of(terms, Collections.unmodifiableList(values));
    }

    private void requirePositive(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "The " + what + " on groups of store " + name() + " must be 1 or more, got " + number + ".");
        }
    }

    private String name() {
        return records.layout().name();
    }
}
