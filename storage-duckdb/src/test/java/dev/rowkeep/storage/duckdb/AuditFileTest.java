package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.log.ExportedLog;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.RecordStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit file is a table to a DuckDB that knows nothing of us, as the document about it shows. */
final class AuditFileTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<BigDecimal> PRICE = Column.decimal("price", 18, 2);
    private static final Column<Long> STOCK = Column.integer("stock");
    private static final Column<SortedSet<String>> TAGS = Column.textSet("tags");
    private static final Schema<String, Row> ITEMS = Schema.dynamic("items", ID, PRICE, STOCK, TAGS);

    @Test
    void duckdbReadsItWithEveryDigit(@TempDir Path folder) throws Exception {
        String file;
        try (RowKeep keep = RowKeep.open(MemoryStorage.create())) {
            RecordStore<String, Row> items = keep.store(ITEMS).as(keep.session(Author.user("ana")));
            items.insert(Row.of(ITEMS, "it's \"A\"\u2028")
                    .with(PRICE, new BigDecimal("9007199254740993.10"))
                    .with(STOCK, 9_007_199_254_740_993L)
                    .with(TAGS, new TreeSet<>(Set.of("b", "a"))));
            items.update("it's \"A\"\u2028", item -> item.with(PRICE, new BigDecimal("1.20")));
            ExportedLog exported = keep.log().exportTo(folder).write("items.jsonl");
            file = exported.path().toString().replace("'", "''");
        }

        assertThat(rows("SELECT sequence, typeof(time), author, key = 'it''s' || ' \"A\"' || chr(8232), cell.before,"
                        + " cell.after::DECIMAL(18,2) FROM (SELECT *, unnest(cells) AS cell FROM read_json_auto('"
                        + file
                        + "')) WHERE cell.column = 'price' ORDER BY sequence"))
                .containsExactly(
                        "1|TIMESTAMP WITH TIME ZONE|ana|true|null|9007199254740993.10",
                        "2|TIMESTAMP WITH TIME ZONE|ana|true|9007199254740993.10|1.20");
    }

    private static List<String> rows(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    cells.add(String.valueOf(row.getObject(i)));
                }
                rows.add(String.join("|", cells));
            }
            return rows;
        }
    }
}
