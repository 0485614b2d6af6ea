package dev.rowkeep.query;

import java.util.List;

/**
 * A query over groups of records. Immutable; nothing is read before {@link #select} is called.
 *
 * <p>Bounded: at most {@link #maxGroups} groups are made, and distinct counts and percentiles hold at most
 * {@value #MOST_VALUES_HELD} different values together, whatever the number of records.
 */
public interface GroupQuery {
    /** The most groups unless {@link #maxGroups} says otherwise. */
    int DEFAULT_MAX_GROUPS = 100_000;

    /** The most different values that distinct counts and percentiles of one query hold. */
    int MOST_VALUES_HELD = 5_000_000;

    /**
     * With a further order: smallest first, missing values before all others. What ties is ordered by the values grouped by,
     * ascending, in the order in which they were given; so is everything where no order is given.
     */
    GroupQuery ascendingBy(GroupTerm<?> term);

    /** With a further order: largest first, missing values after all others. */
    GroupQuery descendingBy(GroupTerm<?> term);

    /**
     * At most so many groups in the result, the first ones in order.
     *
     * @throws IllegalArgumentException if {@code most} is below 1
     */
    GroupQuery limit(int most);

    /**
     * With another bound on the groups that may be made, {@link #limit} or not.
     *
     * @throws IllegalArgumentException if {@code most} is below 1
     */
    GroupQuery maxGroups(int most);

    /**
     * The groups with what is computed of each. Where nothing is grouped by, there is one group of all records, also of none.
     *
     * <p>Reflects all writes that were acknowledged before the call, as of one moment. Blocks while the storage reads.
     *
     * @throws GroupingLimitException if there are more groups, or more different values to hold, than the bounds allow
     * @throws AggregateOverflowException if a sum is beyond its type
     * @throws IllegalArgumentException if a column is not the store's, or an order is by something that is not selected
     */
    List<Group> select(Aggregate<?>... aggregates);
}
