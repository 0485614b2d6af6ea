package dev.rowkeep.storage.sqlite;

import dev.rowkeep.commit.Origin;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Json;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.storage.jdbc.Dialect;
import dev.rowkeep.storage.jdbc.Identifiers;
import dev.rowkeep.storage.jdbc.SqlText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Canonical values in SQLite, as {@code docs/storage-format.md} says. */
final class SqliteDialect implements Dialect {
    static final SqliteDialect INSTANCE = new SqliteDialect();

    /** Lists longer than this go in as one JSON text: SQLite has at most 32,766 parameters. */
    private static final int MOST_PARAMETERS_PER_LIST = 100;

    private SqliteDialect() {}

    /**
     * The unquoted name of the column that holds the values. A decimal's whole number of units has a column of its own, whose name
     * begins with an underscore, as no name of a schema's column does.
     */
    static String physicalName(LayoutColumn column) {
        return hasReadableTwin(column)
                ? "_" + column.name() + "_e" + column.type().scale()
                : column.name();
    }

    /** Whether the column has, beside the one that holds the values, a generated one for people to read. */
    static boolean hasReadableTwin(LayoutColumn column) {
        return column.type().kind() == Kind.DECIMAL && column.type().scale() > 0;
    }

    static String declaredType(ColumnType<?> type) {
        return switch (type.kind()) {
            case TEXT, DATE, TIMESTAMP, UUID, ENUM, TEXT_SET, JSON -> "TEXT";
            case INTEGER, BOOLEAN, DECIMAL -> "INTEGER";
            case DOUBLE -> "REAL";
            case BYTES -> "BLOB";
        };
    }

    @Override
    public String column(LayoutColumn column) {
        return Identifiers.quoted(physicalName(column));
    }

    @Override
    public String userTouch() {
        return "CASE _origin WHEN " + Codes.of(Origin.USER) + " THEN _at ELSE _user_at END";
    }

    @Override
    public Object parameter(ColumnType<?> type, Object canonical) {
        return switch (type.kind()) {
            case TEXT, ENUM, INTEGER, DOUBLE -> canonical;
            case BOOLEAN -> (Boolean) canonical ? 1 : 0;
            case DECIMAL ->
                ((BigDecimal) canonical).setScale(type.scale()).unscaledValue().longValueExact();
            case DATE -> IsoText.of((LocalDate) canonical);
            case TIMESTAMP -> IsoText.of((Instant) canonical);
            case UUID -> canonical.toString();
            case BYTES -> ((Bytes) canonical).toArray();
            case TEXT_SET -> JsonTexts.write(texts(canonical));
            case JSON -> ((Json) canonical).text();
        };
    }

    @SuppressWarnings("unchecked")
    private static SortedSet<String> texts(Object canonical) {
        return (SortedSet<String>) canonical;
    }

    @Override
    public @Nullable Object cell(ResultSet row, int index, ColumnType<?> type) throws SQLException {
        try {
            return switch (type.kind()) {
                case INTEGER -> whole(row, index);
                case DOUBLE -> real(row, index);
                case BOOLEAN -> truth(row, index);
                case DECIMAL -> decimal(row, index, type.scale());
                case BYTES -> bytes(row, index);
                case TEXT, ENUM, DATE, TIMESTAMP, UUID, TEXT_SET, JSON -> fromText(text(row, index), type.kind());
            };
        } catch (RuntimeException e) {
            // The cause may hold the value, which must not get into a log.
            throw new SQLDataException("Column " + index + " of the result holds something that is not a " + type + " ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    /** A text by its bytes: the driver makes a buffer outside the heap for each text that is asked for as such. */
    static @Nullable String text(ResultSet row, int index) throws SQLException {
        byte[] utf8 = row.getBytes(index);
        if (utf8 != null) {
            return new String(utf8, StandardCharsets.UTF_8);
        }
        return row.wasNull() ? null : "";
    }

    private static @Nullable Object fromText(@Nullable String text, Kind kind) {
        if (text == null) {
            return null;
        }
        return switch (kind) {
            case DATE -> IsoText.day(text);
            case TIMESTAMP -> IsoText.moment(text);
            case UUID -> UUID.fromString(text);
            case TEXT_SET -> ColumnType.TEXT_SET.toCanonical(new TreeSet<>(JsonTexts.read(text)));
            case JSON -> Json.parse(text);
            default -> text;
        };
    }

    /** The driver gives 0 for a missing number; asking whether it was missing is a call of its own, made for zeros only. */
    private static @Nullable Long whole(ResultSet row, int index) throws SQLException {
        long value = row.getLong(index);
        return (value == 0 && row.wasNull()) ? null : (Long) value;
    }

    private static @Nullable BigDecimal decimal(ResultSet row, int index, int scale) throws SQLException {
        long units = row.getLong(index);
        return (units == 0 && row.wasNull()) ? null : BigDecimal.valueOf(units, scale);
    }

    private static @Nullable Double real(ResultSet row, int index) throws SQLException {
        double value = row.getDouble(index);
        return (value == 0 && row.wasNull()) ? null : (Double) value;
    }

    private static @Nullable Boolean truth(ResultSet row, int index) throws SQLException {
        int value = row.getInt(index);
        return (value == 0 && row.wasNull()) ? null : (Boolean) (value != 0);
    }

    private static @Nullable Bytes bytes(ResultSet row, int index) throws SQLException {
        byte[] value = row.getBytes(index);
        if (value != null) {
            return Bytes.of(value);
        }
        return row.wasNull() ? null : Bytes.of();
    }

    @Override
    public void appendOneOf(SqlText sql, LayoutColumn column, List<Object> values) {
        sql.append(column(column)).append(" IN (");
        Kind kind = column.type().kind();
        if (values.size() > MOST_PARAMETERS_PER_LIST && kind != Kind.DOUBLE) {
            String element = kind == Kind.BYTES ? "unhex(value)" : "value";
            sql.append("SELECT " + element + " FROM json_each(")
                    .parameter(jsonArray(column.type(), values))
                    .append(")");
        } else {
            for (int i = 0; i < values.size(); i++) {
                sql.append(i == 0 ? "" : ", ").parameter(parameter(column.type(), values.get(i)));
            }
        }
        sql.append(")");
    }

    private String jsonArray(ColumnType<?> type, List<Object> values) {
        List<Object> parameters =
                values.stream().map(value -> parameter(type, value)).toList();
        return switch (type.kind()) {
            case INTEGER, DECIMAL, BOOLEAN -> parameters.toString();
            case BYTES ->
                JsonTexts.write(parameters.stream()
                        .map(bytes -> HexFormat.of().formatHex((byte[]) bytes))
                        .toList());
            default ->
                JsonTexts.write(parameters.stream().map(String.class::cast).toList());
        };
    }

    @Override
    public void appendTextContains(SqlText sql, LayoutColumn column, String part) {
        sql.append("instr(").append(column(column)).append(", ").parameter(part).append(") > 0");
    }

    @Override
    public void appendSetContains(SqlText sql, LayoutColumn column, String element) {
        sql.append("EXISTS (SELECT 1 FROM json_each(").append(column(column)).append(") WHERE value = ");
        sql.parameter(element).append(")");
    }
}
