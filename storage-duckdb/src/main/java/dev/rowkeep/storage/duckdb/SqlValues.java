package dev.rowkeep.storage.duckdb;

import dev.rowkeep.query.SqlRefusedException;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.storage.jdbc.SelectRun;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of applications' SQL, on their way to DuckDB and back. */
final class SqlValues {
    private static final int BITS_OF_LONG = 64;

    private SqlValues() {}

    /**
     * The form of the parameter {@code place}, from 1.
     *
     * @throws SqlRefusedException if no column holds such values
     */
    static @Nullable Object bound(int place, @Nullable Object value) {
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof UUID
                || value instanceof BigDecimal
                || value instanceof Double
                || value instanceof Float
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return value;
        }
        if (value instanceof Instant moment) {
            return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        }
        if (value instanceof LocalDate day) {
            return day
                    .atStartOfDay(); // The driver shifts days of the first year by its calendar; DuckDB compares both.
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

    /** The value in the column {@code index} as an application gets it. */
    static @Nullable Object read(ResultSet row, int index) throws SQLException {
        Object value = row.getObject(index);
        if (value instanceof Timestamp) {
            return row.getObject(index, LocalDateTime.class).toInstant(ZoneOffset.UTC);
        }
        if (value instanceof java.sql.Blob) {
            return Bytes.of(row.getBytes(index));
        }
        return plain(value);
    }

    private static @Nullable Object plain(@Nullable Object value) throws SQLException {
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Double
                || value instanceof BigDecimal
                || value instanceof LocalDate
                || value instanceof UUID) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof BigInteger number) {
            return number.bitLength() < BITS_OF_LONG ? (Object) number.longValue() : new BigDecimal(number);
        }
        if (value instanceof OffsetDateTime moment) {
            return moment.toInstant();
        }
        if (value instanceof LocalDateTime moment) {
            return moment.toInstant(ZoneOffset.UTC);
        }
        if (value instanceof Array array) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Object element : (Object[]) array.getArray()) {
                values.add(plain(element));
            }
            return Collections.unmodifiableList(values);
        }
        return value.toString();
    }
}
