package dev.rowkeep.storage.sqlite;

import dev.rowkeep.query.SqlRefusedException;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.storage.jdbc.SelectRun;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of applications in the form in which the tables hold such values, as {@code docs/storage-format.md} says. */
final class SqlParameters {
    private SqlParameters() {}

    /**
     * The form of the parameter {@code place}, from 1.
     *
     * @throws SqlRefusedException if no column holds such values
     */
    static @Nullable Object bound(int place, @Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Long || value instanceof Double) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float || value instanceof BigDecimal) {
            return ((Number) value).doubleValue(); // as in the column of a decimal that is for reading
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof Instant moment) {
            return IsoText.of(moment);
        }
        if (value instanceof LocalDate day) {
            return IsoText.of(day);
        }
        if (value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Bytes bytes) {
            return bytes.toArray();
        }
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        throw SelectRun.unfit(place, value);
    }
}
