package dev.rowkeep.evidence.crash;

import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The two stores that a workload writes to, in one of their forms.
 *
 * @param extras how many columns were added, one by one
 */
record Stores(int extras) {
    static final Column<Long> VALUE = Column.integer("value").required();
    static final String LEFT = "left";
    static final String RIGHT = "right";

    private static final Column<String> ID = Column.text("id");
    private static final Column<String> NOTE = Column.text("note");

    Schema<String, Row> left() {
        return schema(LEFT, VALUE);
    }

    Schema<String, Row> right() {
        return schema(RIGHT, VALUE.unique());
    }

    private Schema<String, Row> schema(String name, Column<Long> value) {
        List<Column<?>> columns = new ArrayList<>(List.of(value, NOTE));
        columns.addAll(extraColumns());
        return Schema.dynamic(name, ID, columns.toArray(Column<?>[]::new));
    }

    /** The columns that were added. */
    List<Column<Long>> extraColumns() {
        List<Column<Long>> columns = new ArrayList<>();
        for (int i = 0; i < extras; i++) {
            columns.add(Column.integer("extra" + i));
        }
        return columns;
    }

    /** A record with {@code value} in each column that holds a number. */
    Row row(Schema<String, Row> schema, String key, long value, String note) {
        return filled(Row.of(schema, key), value, note);
    }

    Row filled(Row row, long value, String note) {
        Row filled = row.with(VALUE, value).with(NOTE, note);
        for (Column<Long> extra : extraColumns()) {
            filled = filled.with(extra, value);
        }
        return filled;
    }
}
