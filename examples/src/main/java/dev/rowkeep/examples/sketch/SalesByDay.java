package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.query.Aggregate;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Group;
import dev.rowkeep.query.Grouping;
import dev.rowkeep.query.TimeBucket;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Decimal;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.store.RecordReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** Sales by region and day of a zone: how many, for how much, and what the middle one cost. */
public final class SalesByDay {
    private SalesByDay() {}

    // tag::groups[]
    record Sale(
            @Key String id,
            String region,
            Instant soldAt,
            @Decimal(precision = 12, scale = 2) BigDecimal price) {}

    static final Schema<String, Sale> SALES = Schema.of(String.class, Sale.class);
    static final Column<BigDecimal> PRICE = SALES.column("price", BigDecimal.class);

    static final Grouping<String> REGION = Grouping.by(SALES.column("region", String.class));
    static final Grouping<ZonedDateTime> DAY =
            Grouping.by(SALES.column("soldAt", Instant.class), TimeBucket.DAY, ZoneId.of("Europe/Berlin"));
    static final Aggregate<Long> HOW_MANY = Aggregate.count();
    static final Aggregate<BigDecimal> TURNOVER = Aggregate.sum(PRICE);
    static final Aggregate<BigDecimal> MEDIAN = Aggregate.percentileDisc(PRICE, 0.5);

    /** The ten best days, the best first. */
    static List<String> run(RowKeep keep) {
        RecordReader<String, Sale> sales = keep.store(SALES);
        List<Group> best = sales.where(Condition.greater(PRICE, BigDecimal.ZERO))
                .groupBy(REGION, DAY)
                .descendingBy(TURNOVER)
                .limit(10)
                .select(HOW_MANY, TURNOVER, MEDIAN);
        return best.stream()
                .map(group -> group.require(DAY).toLocalDate() + " " + group.require(REGION) + ": "
                        + group.require(HOW_MANY) + " for " + group.require(TURNOVER) + ", median "
                        + group.require(MEDIAN))
                .toList();
    }
    // end::groups[]
}
