package dev.rowkeep.internal.query;

import dev.rowkeep.schema.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often each value came. Used by one thread. */
final class ValueCounts {
    private final Map<Object, Long> counts = new HashMap<>();
    private final Runnable beforeAnother;
    private long total;

    /** Creates empty counts that call {@code beforeAnother} before they hold a further value. */
    ValueCounts(Runnable beforeAnother) {
        this.beforeAnother = beforeAnother;
    }

    void add(Object value) {
        total++;
        if (counts.merge(value, 1L, Long::sum) == 1) {
            beforeAnother.run();
        }
    }

    long distinct() {
        return counts.size();
    }

    /** The first value, in order, that at least {@code fraction} of all do not exceed; null if there is none. */
    @Nullable
    Object percentile(ColumnType<?> type, BigDecimal fraction) {
        // In decimal: 0.07 of 100 values is the 7th, but 0.07 * 100 is above 7 in floating point.
        long rank = fraction.multiply(BigDecimal.valueOf(total))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        long passed = 0;
        for (Object value : counts.keySet().stream().sorted(type::compare).toList()) {
            passed += counts.getOrDefault(value, 0L);
            if (passed >= rank) {
                return value;
            }
        }
        return null;
    }
}
