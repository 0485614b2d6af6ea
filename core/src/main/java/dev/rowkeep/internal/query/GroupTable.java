package dev.rowkeep.internal.query;

import dev.rowkeep.query.Aggregate;
import dev.rowkeep.query.GroupQuery;
import dev.rowkeep.query.Grouping;
import dev.rowkeep.query.GroupingLimitException;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoreLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a query in the making: records go in one by one, in any order, and the result does not depend on that order. Used by
 * one thread.
 */
final class GroupTable {
    private final StoreLayout layout;
    private final List<Grouping<?>> groupings;
    private final List<Aggregate<?>> aggregates;
    private final int[] groupedBy;
    private final int[] computedOf;
    private final int maxGroups;
    private final Map<List<@Nullable Object>, List<Accumulator>> groups = new HashMap<>();
    private int held;

    /** No column: the aggregate is of the record as such. */
    private static final int NONE = -2;

    GroupTable(StoreLayout layout, List<Grouping<?>> groupings, List<Aggregate<?>> aggregates, int maxGroups) {
        this.layout = layout;
        this.groupings = groupings;
        this.aggregates = aggregates;
        this.maxGroups = maxGroups;
        this.groupedBy = groupings.stream()
                .mapToInt(grouping -> layout.ordinal(grouping.column().name()))
                .toArray();
        this.computedOf = aggregates.stream()
                .mapToInt(aggregate -> aggregate
                        .column()
                        .map(column -> layout.ordinal(column.name()))
                        .orElse(NONE))
                .toArray();
        if (groupings.isEmpty()) {
            groups.put(List.of(), accumulators());
        }
    }

    /** The places of the cells that are looked at. */
    BitSet cells() {
        BitSet cells = new BitSet();
        Arrays.stream(groupedBy).filter(ordinal -> ordinal >= 0).forEach(cells::set);
        Arrays.stream(computedOf).filter(ordinal -> ordinal >= 0).forEach(cells::set);
        return cells;
    }

    void add(Image image) {
        List<@Nullable Object> key = new ArrayList<>(groupedBy.length);
        for (int i = 0; i < groupedBy.length; i++) {
            key.add(keyPart(groupings.get(i), cell(image, groupedBy[i])));
        }
        List<Accumulator> accumulators = groups.get(key);
        if (accumulators == null) {
            requireRoom();
            accumulators = accumulators();
            groups.put(Collections.unmodifiableList(key), accumulators);
        }
        for (int i = 0; i < computedOf.length; i++) {
            accumulators.get(i).add(cell(image, computedOf[i]));
        }
    }

    private static @Nullable Object keyPart(Grouping<?> grouping, @Nullable Object cell) {
        if (cell != null && grouping instanceof Grouping.ByTime time) {
            return time.bucket().start((Instant) cell, time.zone());
        }
        return cell;
    }

    private static @Nullable Object cell(Image image, int ordinal) {
        if (ordinal == NONE) {
            return null;
        }
        return ordinal < 0 ? image.key() : image.cells()[ordinal];
    }

    /** The groups' values in canonical form: what was grouped by, then what was computed. */
    List<List<@Nullable Object>> rows() {
        List<List<@Nullable Object>> rows = new ArrayList<>(groups.size());
        groups.forEach((key, accumulators) -> {
            List<@Nullable Object> row = new ArrayList<>(key);
            accumulators.forEach(accumulator -> row.add(accumulator.result()));
            rows.add(row);
        });
        return rows;
    }

    private List<Accumulator> accumulators() {
        List<Accumulator> made = new ArrayList<>(aggregates.size());
        for (Aggregate<?> aggregate : aggregates) {
            ColumnType<?> type = aggregate.column().map(Column::type).orElse(null);
            made.add(Accumulator.of(layout.name(), aggregate, type, this::holdAnother));
        }
        return made;
    }

    private void requireRoom() {
        if (groups.size() >= maxGroups) {
            throw new GroupingLimitException(
                    layout.name(), "groups", maxGroups, "Group more coarsely, add a condition, or raise maxGroups.");
        }
    }

    private void holdAnother() {
        if (++held > GroupQuery.MOST_VALUES_HELD) {
            throw new GroupingLimitException(
                    layout.name(),
                    "different values to be held for distinct counts and percentiles",
                    GroupQuery.MOST_VALUES_HELD,
                    "Add a condition, or ask for a column with fewer values.");
        }
    }
}
