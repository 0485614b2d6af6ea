package dev.rowkeep.storage.duckdb;

import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Json;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.storage.jdbc.Dialect;
import dev.rowkeep.storage.jdbc.Identifiers;
import dev.rowkeep.storage.jdbc.SqlText;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.duckdb.user.DuckDBUserArray;
import org.jspecify.annotations.Nullable;

/** Canonical values in DuckDB, as {@code docs/storage-format-duckdb.md} says. */
final class DuckdbDialect implements Dialect {
    static final DuckdbDialect INSTANCE = new DuckdbDialect();

    private DuckdbDialect() {}

    static String declaredType(ColumnType<?> type) {
        return switch (type.kind()) {
            case TEXT, ENUM, JSON -> "VARCHAR";
            case INTEGER -> "BIGINT";
            case DECIMAL -> "DECIMAL(" + type.precision() + ", " + type.scale() + ")";
            case DOUBLE -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
            case UUID -> "UUID";
            case BYTES -> "BLOB";
            case TEXT_SET -> "VARCHAR[]";
        };
    }

    @Override
    public String column(LayoutColumn column) {
        return Identifiers.quoted(column.name());
    }

    @Override
    public String userTouch() {
        return "epoch_us(CASE _origin WHEN 'USER' THEN _at ELSE _user_at END)";
    }

    /** The driver shifts days of the first year by its calendar; a moment it takes as it is, and DuckDB compares days with moments. */
    @Override
    public Object parameter(ColumnType<?> type, Object canonical) {
        return switch (type.kind()) {
            case TEXT, ENUM, INTEGER, DOUBLE, BOOLEAN, UUID -> canonical;
            case DECIMAL -> ((BigDecimal) canonical).setScale(type.scale());
            case DATE -> ((LocalDate) canonical).atStartOfDay();
            case TIMESTAMP -> LocalDateTime.ofInstant((Instant) canonical, ZoneOffset.UTC);
            case BYTES -> ((Bytes) canonical).toArray();
            case TEXT_SET -> new DuckDBUserArray("VARCHAR", ((Collection<?>) canonical).toArray());
            case JSON -> ((Json) canonical).text();
        };
    }

    @Override
    public @Nullable Object cell(ResultSet row, int index, ColumnType<?> type) throws SQLException {
        try {
            return switch (type.kind()) {
                case TEXT, ENUM -> row.getString(index);
                case INTEGER, DOUBLE, BOOLEAN, UUID, DATE -> row.getObject(index);
                case DECIMAL -> row.getBigDecimal(index);
                case TIMESTAMP -> moment(row.getObject(index, LocalDateTime.class));
                case BYTES -> bytes(row.getBytes(index));
                case TEXT_SET -> texts(row.getArray(index));
                case JSON -> json(row.getString(index));
            };
        } catch (RuntimeException e) {
            // The cause may hold the value, which must not get into a log.
            throw new SQLDataException("Column " + index + " of the result holds something that is not a " + type + " ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private static @Nullable Instant moment(@Nullable LocalDateTime moment) {
        return moment == null ? null : moment.toInstant(ZoneOffset.UTC);
    }

    private static @Nullable Bytes bytes(byte @Nullable [] bytes) {
        return bytes == null ? null : Bytes.of(bytes);
    }

    private static @Nullable Json json(@Nullable String text) {
        return text == null ? null : Json.parse(text);
    }

    private static @Nullable Object texts(@Nullable Array array) throws SQLException {
        if (array == null) {
            return null;
        }
        TreeSet<String> texts = new TreeSet<>();
        Arrays.stream((Object[]) array.getArray()).map(String.class::cast).forEach(texts::add);
        return ColumnType.TEXT_SET.toCanonical(texts);
    }

    /** An array of keys or other values as one parameter, for {@code unnest}. */
    static DuckDBUserArray array(ColumnType<?> type, Collection<Object> values) {
        return new DuckDBUserArray(
                declaredType(type),
                values.stream().map(value -> INSTANCE.parameter(type, value)).toArray());
    }

    @Override
    public void appendOneOf(SqlText sql, LayoutColumn column, List<Object> values) {
        sql.append(column(column)).append(" IN (");
        Kind kind = column.type().kind();
        if (kind == Kind.TEXT || kind == Kind.ENUM || kind == Kind.INTEGER || kind == Kind.UUID) {
            sql.append("SELECT unnest(").parameter(array(column.type(), values)).append(")");
        } else {
            for (int i = 0; i < values.size(); i++) {
                sql.append(i == 0 ? "" : ", ").parameter(parameter(column.type(), values.get(i)));
            }
        }
        sql.append(")");
    }

    /** They treat a missing value as one that is above all others. */
    @Override
    public boolean comparesRowsAsSql() {
        return false;
    }

    @Override
    public void appendTextContains(SqlText sql, LayoutColumn column, String part) {
        sql.append("contains(")
                .append(column(column))
                .append(", ")
                .parameter(part)
                .append(")");
    }

    @Override
    public void appendSetContains(SqlText sql, LayoutColumn column, String element) {
        sql.append("list_contains(")
                .append(column(column))
                .append(", ")
                .parameter(element)
                .append(")");
    }
}
