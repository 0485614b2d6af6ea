package dev.rowkeep.benchmarks.product;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** Products made up from their number, the same ones in every run. Their quantities begin at zero. */
public final class Products {
    /** How many categories there are. */
    public static final int CATEGORIES = 20;

    private static final Instant FIRST_COUNT = Instant.parse("2024-01-01T00:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.of(2015, 1, 1);
    private static final int DAYS = 3650;
    private static final int KEY_DIGITS = 8;

    private Products() {}

    /** The keys of the products 0 to {@code count - 1}. */
    public static String[] keys(int count) {
        String[] keys = new String[count];
        for (int i = 0; i < count; i++) {
            keys[i] = key(i);
        }
        return keys;
    }

    /** The products {@code from} to {@code to - 1}. */
    public static List<Product> range(int from, int to) {
        return IntStream.range(from, to).mapToObj(Products::product).toList();
    }

    /** The product {@code number}. */
    public static Product product(int number) {
        long mixed = mix(number);
        return new Product(
                key(number),
                "Product number " + number,
                category((int) Math.floorMod(mixed, (long) CATEGORIES)),
                BigDecimal.valueOf(100 + Math.floorMod(mixed >> 8, 1_000_000L), 2),
                0,
                (mixed & 1) == 0,
                FIRST_DAY.plusDays(Math.floorMod(mixed >> 16, (long) DAYS)),
                FIRST_COUNT.plus(Duration.ofSeconds(number)),
                Math.floorMod(mixed >> 24, 100_000L) / 64.0);
    }

    /** The category {@code number}. */
    public static String category(int number) {
        return "category-" + number;
    }

    private static String key(int number) {
        // Not String.format, whose cost would drown that of an import.
        String digits = Integer.toString(number);
        return "P-" + "0".repeat(KEY_DIGITS - digits.length()) + digits;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long number) {
        long z = (number + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
