package dev.rowkeep.storage.jdbc;

import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one database keeps canonical values. Implementations are immutable and safe for use by several threads. */
public interface Dialect {
    /** The quoted physical column that holds the values of {@code column}; it is read, compared and ordered by. */
    String column(LayoutColumn column);

    /** An expression for when a user touched the record last, in microseconds since 1970; null if no user did. */
    String userTouch();

    /** The parameter that stands for a canonical value of {@code type}. */
    Object parameter(ColumnType<?> type, Object canonical);

    /** The canonical value of {@code type} in column {@code index}, from 1, of the current row; null if it is missing. */
    @Nullable
    Object cell(ResultSet row, int index, ColumnType<?> type) throws SQLException;

    /** Whether a comparison of rows is true only where all values that decide it are there, as standard SQL has it. */
    default boolean comparesRowsAsSql() {
        return true;
    }

    /** Appends a test that is true if the value of {@code column} is one of {@code values}, of which there is at least one. */
    void appendOneOf(SqlText sql, LayoutColumn column, List<Object> values);

    /** Appends a test that is true if the text in {@code column} contains {@code part}, to the letter. */
    void appendTextContains(SqlText sql, LayoutColumn column, String part);

    /** Appends a test that is true if the set in {@code column} contains {@code element}. */
    void appendSetContains(SqlText sql, LayoutColumn column, String element);
}
