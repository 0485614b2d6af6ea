package dev.rowkeep.storage.tck;

import static dev.rowkeep.query.Aggregate.avg;
import static dev.rowkeep.query.Aggregate.count;
import static dev.rowkeep.query.Aggregate.countDistinct;
import static dev.rowkeep.query.Aggregate.max;
import static dev.rowkeep.query.Aggregate.min;
import static dev.rowkeep.query.Aggregate.percentileDisc;
import static dev.rowkeep.query.Aggregate.sum;
import static dev.rowkeep.storage.tck.Sales.AT;
import static dev.rowkeep.storage.tck.Sales.CHANNEL;
import static dev.rowkeep.storage.tck.Sales.PIECES;
import static dev.rowkeep.storage.tck.Sales.PRICE;
import static dev.rowkeep.storage.tck.Sales.REGION;
import static dev.rowkeep.storage.tck.Sales.TAGS;
import static dev.rowkeep.storage.tck.Sales.WEIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.query.Aggregate;
import dev.rowkeep.query.AggregateOverflowException;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Group;
import dev.rowkeep.query.Grouping;
import dev.rowkeep.query.GroupingLimitException;
import dev.rowkeep.query.TimeBucket;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The part of the semantics table that is about groups: {@code docs/semantics.md} has a line for each of these tests. */
public abstract class GroupScenarios extends EngineScenarios {
    private final Sales sales = new Sales();
    private RecordStore<String, Row> records;

    /** For the fixture's author. */
    @SuppressWarnings("NullAway.Init")
    protected GroupScenarios() {}

    @BeforeEach
    void openSales() {
        records = keep.store(sales.schema);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private <C> void fill(Column<C> column, @Nullable C... values) {
        Arrays.asList(values).forEach(value -> records.insert(sales.with(column, value)));
    }

    private Group total(Aggregate<?>... aggregates) {
        return records.query().groupBy().select(aggregates).get(0);
    }

    @Test
    void missingValuesAreAGroupOfTheirOwnAndComeFirst() {
        fill(REGION, "b", null, "", "a", null);
        Grouping<String> region = Grouping.by(REGION);
        List<Group> groups = records.query().groupBy(region).select(count());
        assertThat(groups).extracting(group -> group.get(region)).containsExactly(null, "", "a", "b");
        assertThat(groups).extracting(group -> group.require(count())).containsExactly(2L, 1L, 1L, 1L);
        assertThatIllegalStateException().isThrownBy(() -> groups.get(0).require(region));
    }

    @Test
    void missingCellsDoNotCount() {
        fill(PIECES, 4L, null, 4L, 6L);
        Group total = total(
                count(), count(PIECES), countDistinct(PIECES), sum(PIECES), avg(PIECES), min(PIECES), count(PRICE));
        assertThat(total.require(count())).isEqualTo(4);
        assertThat(total.require(count(PIECES))).isEqualTo(3);
        assertThat(total.require(countDistinct(PIECES))).isEqualTo(2);
        assertThat(total.require(sum(PIECES))).isEqualTo(14);
        assertThat(total.require(avg(PIECES))).isEqualTo("4.666667");
        assertThat(total.require(min(PIECES))).isEqualTo(4);
        assertThat(total.require(count(PRICE))).isZero();
    }

    @Test
    void ofNothingCountsAreZeroAndTheRestIsMissing() {
        Group total = total(count(), countDistinct(PIECES), sum(PIECES), avg(PRICE), max(AT), percentileDisc(AT, 0.5));
        assertThat(total.require(count())).isZero();
        assertThat(total.require(countDistinct(PIECES))).isZero();
        assertThat(total.get(sum(PIECES))).isNull();
        assertThat(total.get(avg(PRICE))).isNull();
        assertThat(total.get(max(AT))).isNull();
        assertThat(total.get(percentileDisc(AT, 0.5))).isNull();
        assertThat(records.query().groupBy(Grouping.by(REGION)).select(count())).isEmpty();
    }

    @Test
    void distinctIsWhatConditionsFindDifferent() {
        fill(REGION, "a", "A", "a ", "\u00e4", "a\u0308", "a", "");
        fill(TAGS, Kinds.set("x", "y"), Kinds.set("y", "x"), Kinds.set());
        assertThat(total(countDistinct(REGION)).require(countDistinct(REGION))).isEqualTo(6);
        assertThat(total(countDistinct(TAGS)).require(countDistinct(TAGS))).isEqualTo(2);
    }

    @Test
    void sumsAreExactWhateverTheOrder() {
        fill(PIECES, Long.MAX_VALUE, Long.MAX_VALUE, 5L, Long.MIN_VALUE, 3L, Long.MIN_VALUE);
        fill(WEIGHT, 1e308, 0.1, 1e308, 1e16, -1e308, -1e16, -1e308);
        fill(PRICE, new BigDecimal("9999999999999999.99"), new BigDecimal("9999999999999999.99"));
        for (int i = 0; i < 100; i++) {
            fill(PRICE, new BigDecimal("0.10"));
        }
        Group total = total(sum(PIECES), sum(WEIGHT), sum(PRICE));
        assertThat(total.require(sum(PIECES))).isEqualTo(6);
        assertThat(total.require(sum(WEIGHT))).isEqualTo(0.1);
        assertThat(total.require(sum(PRICE))).isEqualTo("20000000000000009.98");
    }

    @Test
    void sumBeyondItsTypeIsAnError() {
        fill(PIECES, Long.MAX_VALUE, 1L);
        fill(WEIGHT, Double.MAX_VALUE, Double.MAX_VALUE);
        for (Aggregate<?> aggregate : List.of(sum(PIECES), sum(WEIGHT))) {
            assertThatExceptionOfType(AggregateOverflowException.class)
                    .isThrownBy(() -> total(aggregate))
                    .withMessageContaining("store sales")
                    .satisfies(e -> assertThat(e.aggregate()).isEqualTo(aggregate));
        }
        assertThat(total(avg(PIECES)).require(avg(PIECES))).isEqualTo("4611686018427387904.000000");
        assertThat(total(avg(WEIGHT)).require(avg(WEIGHT)).doubleValue()).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void meansAreExactAndRoundedHalfEvenOnce() {
        fill(PRICE, new BigDecimal("0.01"), new BigDecimal("0.02"), new BigDecimal("0.02"));
        fill(WEIGHT, 0.1, 0.1, 0.1);
        fill(PIECES, -1L, 0L, 0L);
        Group total = total(avg(PRICE), avg(WEIGHT), avg(PIECES));
        assertThat(total.require(avg(PRICE))).isEqualTo("0.01666667");
        assertThat(total.require(avg(WEIGHT)).doubleValue()).isEqualTo(0.1);
        assertThat(total.require(avg(PIECES))).isEqualTo("-0.333333");
    }

    @Test
    void leastAndGreatestFollowTheOrder() {
        fill(REGION, "\ud83d\ude00", "\ufffd", "Z", "a");
        fill(CHANNEL, Sales.Channel.SHOP, Sales.Channel.ONLINE);
        Group total = total(min(REGION), max(REGION), min(CHANNEL), max(CHANNEL));
        assertThat(total.require(min(REGION))).isEqualTo("Z");
        assertThat(total.require(max(REGION))).isEqualTo("\ud83d\ude00");
        assertThat(total.require(min(CHANNEL))).isEqualTo(Sales.Channel.ONLINE);
        assertThat(total.require(max(CHANNEL))).isEqualTo(Sales.Channel.SHOP);
    }

    @Test
    void percentileIsOneOfTheValuesByItsRank() {
        for (long i = 100; i >= 1; i--) {
            fill(PIECES, i);
        }
        fill(REGION, "b", "a", "d", "c");
        for (int percent = 1; percent <= 100; percent++) {
            Aggregate<Long> percentile = percentileDisc(PIECES, percent / 100.0);
            assertThat(total(percentile).require(percentile)).isEqualTo(percent);
        }
        assertThat(total(percentileDisc(PIECES, 0)).require(percentileDisc(PIECES, 0)))
                .isEqualTo(1);
        assertThat(total(percentileDisc(PIECES, 0.001)).require(percentileDisc(PIECES, 0.001)))
                .isEqualTo(1);
        assertThat(total(percentileDisc(PIECES, 0.501)).require(percentileDisc(PIECES, 0.501)))
                .isEqualTo(51);
        assertThat(total(percentileDisc(REGION, 0.5)).require(percentileDisc(REGION, 0.5)))
                .isEqualTo("b");
        for (double wrong : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> percentileDisc(PIECES, wrong));
        }
    }

    @Test
    void hoursAreThoseOfTheClockAndEndWhereItIsSet() {
        assertBuckets(
                TimeBucket.HOUR,
                "Europe/Berlin",
                "2026-10-25T00:59:59.999999Z=2026-10-25T02:00+02:00",
                "2026-10-25T01:00:00Z=2026-10-25T02:00+01:00",
                "2026-03-29T01:10:00Z=2026-03-29T03:00+02:00");
        assertBuckets(TimeBucket.HOUR, "Asia/Kolkata", "2026-01-01T00:29:59Z=2026-01-01T05:00+05:30");
        assertBuckets(
                TimeBucket.HOUR,
                "Australia/Lord_Howe",
                "2026-04-04T14:59:00Z=2026-04-05T01:00+11:00",
                "2026-04-04T15:05:00Z=2026-04-05T01:30+10:30",
                "2026-04-04T15:30:00Z=2026-04-05T02:00+10:30",
                "2026-10-03T15:40:00Z=2026-10-04T02:30+11:00");
    }

    @Test
    void daysAreThoseOfTheZonesCalendar() {
        assertBuckets(
                TimeBucket.DAY,
                "Europe/Berlin",
                "2026-03-28T23:00:00Z=2026-03-29T00:00+01:00",
                "2026-03-29T21:59:59.999999Z=2026-03-29T00:00+01:00",
                "2026-03-29T22:00:00Z=2026-03-30T00:00+02:00",
                "2026-10-25T22:59:00Z=2026-10-25T00:00+02:00");
        assertBuckets(
                TimeBucket.DAY,
                "America/Sao_Paulo",
                "2018-11-04T02:59:00Z=2018-11-03T00:00-03:00",
                "2018-11-04T03:00:00Z=2018-11-04T01:00-02:00");
        assertBuckets(
                TimeBucket.DAY,
                "America/St_Johns",
                "2006-10-29T02:30:30Z=2006-10-29T00:00-02:30",
                "2006-10-29T02:45:00Z=2006-10-28T00:00-02:30",
                "2006-10-29T04:00:00Z=2006-10-29T00:00-02:30");
    }

    @Test
    void weeksBeginOnMonday() {
        assertBuckets(
                TimeBucket.WEEK,
                "America/New_York",
                "2026-11-02T04:59:59Z=2026-10-26T00:00-04:00",
                "2026-11-02T05:00:00Z=2026-11-02T00:00-05:00",
                "2027-01-01T12:00:00Z=2026-12-28T00:00-05:00");
    }

    @Test
    void monthsBeginOnTheFirst() {
        assertBuckets(
                TimeBucket.MONTH,
                "Asia/Tokyo",
                "2024-02-29T14:59:59Z=2024-02-01T00:00+09:00",
                "2024-02-29T15:00:00Z=2024-03-01T00:00+09:00",
                "1969-12-31T14:59:59Z=1969-12-01T00:00+09:00");
    }

    /** Of each {@code moment=start of its bucket}, in an order in which the starts do not descend. */
    private void assertBuckets(TimeBucket bucket, String zoneId, String... cases) {
        ZoneId zone = ZoneId.of(zoneId);
        Grouping<ZonedDateTime> by = Grouping.by(AT, bucket, zone);
        for (String each : cases) {
            String[] sides = each.split("=", -1);
            Row sale = sales.with(AT, Instant.parse(sides[0]));
            records.insert(sale);
            List<Group> groups = records.where(Condition.eq(Sales.ID, sale.require(Sales.ID)))
                    .groupBy(by)
                    .select(count());
            assertThat(groups).hasSize(1);
            ZonedDateTime start = groups.get(0).require(by);
            assertThat(start.toOffsetDateTime()).as(each).hasToString(sides[1]);
            assertThat(start.getZone()).isEqualTo(zone);
        }
    }

    @Test
    void groupsComeInTheOrderOfTheirValuesUnlessSaidOtherwise() {
        records.insert(sales.with(REGION, "b").with(CHANNEL, Sales.Channel.SHOP).with(PIECES, 3L));
        records.insert(sales.with(REGION, "a").with(CHANNEL, Sales.Channel.SHOP).with(PIECES, 7L));
        records.insert(sales.with(REGION, "a").with(CHANNEL, Sales.Channel.ONLINE));
        records.insert(sales.with(CHANNEL, Sales.Channel.SHOP).with(PIECES, 7L));
        Grouping<String> region = Grouping.by(REGION);
        Grouping<Sales.Channel> channel = Grouping.by(CHANNEL);
        var query = records.query().groupBy(region, channel);

        assertThat(places(query.select())).containsExactly("null SHOP", "a ONLINE", "a SHOP", "b SHOP");
        assertThat(places(query.descendingBy(region).select()))
                .containsExactly("b SHOP", "a ONLINE", "a SHOP", "null SHOP");
        assertThat(places(query.descendingBy(sum(PIECES)).select(sum(PIECES))))
                .containsExactly("null SHOP", "a SHOP", "b SHOP", "a ONLINE");
        assertThat(places(query.ascendingBy(sum(PIECES))
                        .descendingBy(region)
                        .limit(3)
                        .select(sum(PIECES))))
                .containsExactly("a ONLINE", "b SHOP", "a SHOP");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query.descendingBy(max(PIECES)).select(sum(PIECES)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> query.select().get(0).get(count()));
    }

    private static List<String> places(List<Group> groups) {
        return groups.stream()
                .map(group -> group.get(Grouping.by(REGION)) + " " + group.get(Grouping.by(CHANNEL)))
                .toList();
    }

    @Test
    void groupsAreThoseOfTheRecordsOfTheCondition() {
        fill(PIECES, 1L, 2L, 3L);
        records.delete("s3");
        Aggregate<Long> sum = sum(PIECES);
        assertThat(records.where(Condition.atLeast(PIECES, 2L))
                        .limit(1)
                        .groupBy()
                        .select(sum, count())
                        .get(0)
                        .require(sum))
                .isEqualTo(2);
        records.update("s1", row -> row.with(PIECES, 5L));
        assertThat(total(sum).require(sum)).isEqualTo(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> records.query().groupBy(Grouping.by(Column.text("nowhere"))));
        assertThatIllegalArgumentException().isThrownBy(() -> total(sum(Column.integer("nowhere"))));
    }

    @Test
    void groupsAreBounded() {
        fill(PIECES, 1L, 2L, 3L);
        var query = records.query().groupBy(Grouping.by(PIECES)).limit(1);
        assertThat(query.maxGroups(3).select(count())).hasSize(1);
        assertThatExceptionOfType(GroupingLimitException.class)
                .isThrownBy(() -> query.maxGroups(2).select(count()))
                .withMessageContaining("store sales")
                .withMessageContaining("more than 2 groups")
                .satisfies(e -> assertThat(e.limit()).isEqualTo(2));
        assertThatIllegalArgumentException().isThrownBy(() -> query.limit(0));
        assertThatIllegalArgumentException().isThrownBy(() -> query.maxGroups(0));
    }
}
