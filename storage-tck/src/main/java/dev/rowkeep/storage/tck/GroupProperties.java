package dev.rowkeep.storage.tck;

import static dev.rowkeep.query.Aggregate.avg;
import static dev.rowkeep.query.Aggregate.count;
import static dev.rowkeep.query.Aggregate.countDistinct;
import static dev.rowkeep.query.Aggregate.max;
import static dev.rowkeep.query.Aggregate.min;
import static dev.rowkeep.query.Aggregate.percentileDisc;
import static dev.rowkeep.query.Aggregate.sum;
import static dev.rowkeep.storage.tck.Sales.PIECES;
import static dev.rowkeep.storage.tck.Sales.PRICE;
import static dev.rowkeep.storage.tck.Sales.REGION;
import static dev.rowkeep.storage.tck.Sales.WEIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.query.AggregateOverflowException;
import dev.rowkeep.query.Group;
import dev.rowkeep.query.Grouping;
import dev.rowkeep.query.TimeBucket;
import dev.rowkeep.schema.Row;
import dev.rowkeep.storage.tck.GroupModel.Sale;
import dev.rowkeep.store.RecordReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Groups of random records, compared with the {@link GroupModel}. */
abstract class GroupProperties {
    private final StorageFixture fixture;

    GroupProperties(StorageFixture fixture) {
        this.fixture = fixture;
    }

    @Property(tries = 30)
    void groupsAgreeWithAPlainComputation(
            @ForAll("sales") List<Sale> sales, @ForAll TimeBucket bucket, @ForAll("zones") ZoneId zone) {
        Path directory = Bench.newDirectory();
        try (RowKeep keep = RowKeep.open(fixture.provider(directory))) {
            Sales store = new Sales();
            RecordReader<String, Row> records = filled(keep, store, sales);
            Map<String, List<Sale>> expected = GroupModel.groups(sales, bucket, zone);
            assertGroups(records, expected, bucket, zone);
            boolean overflows = expected.values().stream()
                    .anyMatch(group -> GroupModel.pieces(group).bitLength() > 63);
            assertSums(records, expected, overflows, bucket, zone);
        } finally {
            Bench.remove(directory);
        }
    }

    private static RecordReader<String, Row> filled(RowKeep keep, Sales store, List<Sale> sales) {
        List<Edit<String, Row>> inserts = new ArrayList<>();
        for (Sale sale : sales) {
            Row row = store.with(REGION, sale.region())
                    .with(Sales.AT, sale.at())
                    .with(PIECES, sale.pieces())
                    .with(PRICE, sale.price())
                    .with(WEIGHT, sale.weight());
            inserts.add(Edit.insert(store.schema, row));
        }
        var records = keep.store(store.schema);
        if (!inserts.isEmpty()) {
            keep.session(Author.job("kit")).commit(inserts).orThrow();
        }
        return records;
    }

    private static void assertGroups(
            RecordReader<String, Row> records, Map<String, List<Sale>> expected, TimeBucket bucket, ZoneId zone) {
        Grouping<ZonedDateTime> start = Grouping.by(Sales.AT, bucket, zone);
        List<Group> groups = records.query()
                .groupBy(Grouping.by(REGION), start)
                .select(
                        count(),
                        count(PIECES),
                        countDistinct(REGION),
                        sum(PRICE),
                        avg(PRICE),
                        avg(PIECES),
                        min(PIECES),
                        max(WEIGHT),
                        percentileDisc(PIECES, 0.07),
                        percentileDisc(PIECES, 0.5));
        assertThat(groups).hasSize(expected.size());
        for (Group group : groups) {
            List<Sale> sales = expected.getOrDefault(place(group, start), List.of());
            assertThat(group.require(count())).isEqualTo(sales.size()).isPositive();
            List<Long> pieces = GroupModel.present(sales, Sale::pieces);
            assertThat(group.require(count(PIECES))).isEqualTo(pieces.size());
            assertThat(group.require(countDistinct(REGION))).isEqualTo(GroupModel.distinctRegions(sales));
            List<BigDecimal> prices = GroupModel.present(sales, Sale::price);
            assertThat(group.get(sum(PRICE))).isEqualTo(prices.isEmpty() ? null : GroupModel.prices(sales));
            assertThat(group.get(avg(PRICE)))
                    .isEqualTo(prices.isEmpty() ? null : mean(GroupModel.prices(sales), prices.size(), 8));
            assertThat(group.get(avg(PIECES)))
                    .isEqualTo(
                            pieces.isEmpty() ? null : mean(new BigDecimal(GroupModel.pieces(sales)), pieces.size(), 6));
            assertThat(group.get(min(PIECES)))
                    .isEqualTo(pieces.stream().min(Comparator.naturalOrder()).orElse(null));
            assertThat(group.get(max(WEIGHT)))
                    .isEqualTo(GroupModel.present(sales, Sale::weight).stream()
                            .max(Comparator.naturalOrder())
                            .orElse(null));
            assertThat(group.get(percentileDisc(PIECES, 0.07))).isEqualTo(GroupModel.percentile(sales, 7));
            assertThat(group.get(percentileDisc(PIECES, 0.5))).isEqualTo(GroupModel.percentile(sales, 50));
        }
    }

    private static void assertSums(
            RecordReader<String, Row> records,
            Map<String, List<Sale>> expected,
            boolean overflows,
            TimeBucket bucket,
            ZoneId zone) {
        Grouping<ZonedDateTime> start = Grouping.by(Sales.AT, bucket, zone);
        var query = records.query().groupBy(Grouping.by(REGION), start);
        if (overflows) {
            assertThatExceptionOfType(AggregateOverflowException.class).isThrownBy(() -> query.select(sum(PIECES)));
            return;
        }
        for (Group group : query.select(sum(PIECES), sum(WEIGHT))) {
            List<Sale> sales = expected.getOrDefault(place(group, start), List.of());
            Long pieces = group.get(sum(PIECES));
            assertThat(pieces == null ? 0 : pieces)
                    .isEqualTo(GroupModel.pieces(sales).longValueExact());
            Double weight = group.get(sum(WEIGHT));
            assertThat(weight == null ? 0 : weight)
                    .isEqualTo(GroupModel.weights(sales).doubleValue());
        }
    }

    private static BigDecimal mean(BigDecimal sum, int count, int digits) {
        return sum.divide(BigDecimal.valueOf(count), digits, RoundingMode.HALF_EVEN);
    }

    private static String place(Group group, Grouping<ZonedDateTime> start) {
        ZonedDateTime at = group.get(start);
        return group.get(Grouping.by(REGION)) + "|" + (at == null ? "none" : at.toInstant());
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "Z",
                        "Europe/Berlin",
                        "America/New_York",
                        "Asia/Kathmandu",
                        "Australia/Lord_Howe",
                        "America/St_Johns",
                        "America/Sao_Paulo",
                        "Pacific/Apia")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<List<Sale>> sales() {
        Arbitrary<Long> pieces = Arbitraries.oneOf(List.of(
                Arbitraries.longs().between(-3, 3),
                Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1)));
        Arbitrary<BigDecimal> prices = Arbitraries.longs()
                .between(-999_999_999_999_999_999L, 999_999_999_999_999_999L)
                .map(units -> BigDecimal.valueOf(units, 2));
        Arbitrary<Double> weights = Arbitraries.of(0.1, 0.2, -0.3, 1e16, -1e16, 1e300, Double.MIN_VALUE, 3.5);
        return Combinators.combine(
                        Arbitraries.of("a", "A", "\u00e4").injectNull(0.2),
                        moments().injectNull(0.1),
                        pieces.injectNull(0.2),
                        prices.injectNull(0.2),
                        weights.injectNull(0.2))
                .as(Sale::new)
                .list()
                .ofMaxSize(40);
    }

    /** Moments around those at which the zones set their clocks, and skip or repeat a day. */
    private static Arbitrary<Instant> moments() {
        Arbitrary<Instant> centres = Arbitraries.of(
                        "2026-03-29T01:00:00Z",
                        "2026-10-25T01:00:00Z",
                        "2026-04-04T15:00:00Z",
                        "2006-10-29T02:31:00Z",
                        "2018-11-04T03:00:00Z",
                        "2011-12-30T10:00:00Z",
                        "1990-12-31T23:00:00Z")
                .map(Instant::parse);
        return centres.flatMap(centre -> Arbitraries.longs()
                .between(-180 * 60_000_000L, 180 * 60_000_000L)
                .map(micros -> centre.plusNanos(micros * 1_000)));
    }
}
