package dev.rowkeep.storage.tck;

import dev.rowkeep.query.TimeBucket;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Groups computed by the letter of the semantics table, without a thought for speed. */
final class GroupModel {
    private GroupModel() {}

    /** The sales of each region and bucket, as the text of both. */
    static Map<String, List<Sale>> groups(List<Sale> sales, TimeBucket bucket, ZoneId zone) {
        Map<String, List<Sale>> groups = new TreeMap<>();
        for (Sale sale : sales) {
            Instant at = sale.at();
            String start = at == null ? "none" : start(at, bucket, zone).toString();
            groups.computeIfAbsent(sale.region() + "|" + start, place -> new ArrayList<>())
                    .add(sale);
        }
        return groups;
    }

    /** The first minute of those that have the moment's label: for hours in one piece, for others anywhere near. */
    static Instant start(Instant at, TimeBucket bucket, ZoneId zone) {
        Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
        String label = label(at, bucket, zone);
        if (bucket == TimeBucket.HOUR) {
            Instant first = minute;
            while (label(first.minus(1, ChronoUnit.MINUTES), bucket, zone).equals(label)) {
                first = first.minus(1, ChronoUnit.MINUTES);
            }
            return first;
        }
        Instant first = minute.minus(Duration.ofDays(33)).truncatedTo(ChronoUnit.DAYS);
        while (!label(first, bucket, zone).equals(label)) {
            first = first.plus(1, ChronoUnit.MINUTES);
        }
        return first;
    }

    private static String label(Instant at, TimeBucket bucket, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        LocalDate day = local.toLocalDate();
        return switch (bucket) {
            case HOUR -> day + " " + local.getHour() + " " + local.getOffset();
            case DAY -> day.toString();
            case WEEK -> day.get(IsoFields.WEEK_BASED_YEAR) + " " + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTH -> day.getYear() + " " + day.getMonthValue();
        };
    }

    /** Those of the cells that are there. */
    static <C> List<C> present(List<Sale> sales, Function<Sale, @Nullable C> cell) {
        List<C> present = new ArrayList<>();
        for (Sale sale : sales) {
            C value = cell.apply(sale);
            if (value != null) {
                present.add(value);
            }
        }
        return present;
    }

    static BigInteger pieces(List<Sale> sales) {
        return present(sales, Sale::pieces).stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    }

    static BigDecimal prices(List<Sale> sales) {
        return present(sales, Sale::price).stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
    }

    static BigDecimal weights(List<Sale> sales) {
        return present(sales, Sale::weight).stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static long distinctRegions(List<Sale> sales) {
        return new HashSet<>(present(sales, Sale::region)).size();
    }

    /** The first of the sorted values so that the share of those up to it is at least {@code percent}. */
    static @Nullable Long percentile(List<Sale> sales, int percent) {
        List<Long> sorted = present(sales, Sale::pieces).stream().sorted().toList();
        for (Long value : sorted) {
            long upTo = sorted.stream().filter(other -> other <= value).count();
            if (upTo * 100 >= (long) percent * sorted.size()) {
                return value;
            }
        }
        return null;
    }

    /** One sale. */
    record Sale(
            @Nullable String region,
            @Nullable Instant at,
            @Nullable Long pieces,
            @Nullable BigDecimal price,
            @Nullable Double weight) {
        @Override
        public String toString() {
            return Objects.toString(region) + " " + at + " " + pieces + " " + price + " " + weight;
        }
    }
}
