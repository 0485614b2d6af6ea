package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.RowKeep;
import dev.rowkeep.query.ExportException;
import dev.rowkeep.query.ExportedFile;
import dev.rowkeep.query.SqlExport;
import dev.rowkeep.query.SqlLimitException;
import dev.rowkeep.query.SqlRefusedException;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of SELECTs as files: whole, below one folder only, and with their types. */
final class ExportTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<BigDecimal> PRICE = Column.decimal("price", 10, 2);
    private static final Column<Instant> AT = Column.timestamp("moment");
    private static final Column<LocalDate> DAY = Column.date("day");
    private static final Column<UUID> TAG = Column.uuid("tag");
    private static final Column<Bytes> RAW = Column.bytes("raw");
    private static final Column<Boolean> DONE = Column.bool("done");
    private static final Column<SortedSet<String>> WORDS = Column.textSet("words");
    private static final Column<Double> SHARE = Column.real("share");
    private static final Schema<String, Row> NOTES =
            Schema.dynamic("notes", ID, PRICE, AT, DAY, TAG, RAW, DONE, WORDS, SHARE);

    @TempDir
    private Path directory;

    private Path folder;
    private RowKeep keep;
    private SqlExport export;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(directory.resolve("out's folder"));
        keep = RowKeep.open(DuckdbStorage.at(directory.resolve("store.duckdb")));
        keep.store(NOTES)
                .insert(Row.of(NOTES, "full, \"quoted\"")
                        .with(PRICE, new BigDecimal("19.90"))
                        .with(AT, Instant.parse("2026-03-29T01:00:00.000001Z"))
                        .with(DAY, LocalDate.parse("2026-03-29"))
                        .with(TAG, new UUID(1, 2))
                        .with(RAW, Bytes.of((byte) 1, (byte) 2))
                        .with(DONE, true)
                        .with(WORDS, new TreeSet<>(Set.of("b", "a")))
                        .with(SHARE, 0.25));
        keep.store(NOTES).insert(Row.of(NOTES, "empty"));
        export = keep.sql().exportTo(folder);
    }

    @AfterEach
    void close() {
        keep.close();
    }

    @Test
    void aStoreInParquetIsReadBackByPlainDuckdbWithItsTypes() throws Exception {
        ExportedFile file = export.write("notes.parquet", "SELECT * FROM notes ORDER BY id DESC");

        assertThat(file.path()).isEqualTo(folder.toRealPath().resolve("notes.parquet"));
        assertThat(file.rows()).isEqualTo(2);
        assertThat(file.bytes()).isEqualTo(Files.size(file.path()));
        assertThat(plain("SELECT id, price, epoch_us(moment), day, tag, hex(raw), done, words, share, _version,"
                        + " typeof(price), typeof(moment), typeof(raw), typeof(words) FROM '" + quoted(file) + "'"))
                .containsExactly(
                        "full, \"quoted\"|19.90|1774746000000001|2026-03-29|00000000-0000-0001-0000-000000000002|0102|true|[a, b]"
                                + "|0.25|1|DECIMAL(10,2)|TIMESTAMP|BLOB|VARCHAR[]",
                        "empty|null|null|null|null|null|null|null|null|1|DECIMAL(10,2)|TIMESTAMP|BLOB|VARCHAR[]");
        assertOnlyFiles("notes.parquet");
    }

    @Test
    void theLogAndAQueryWithParametersAreExportedToo() throws Exception {
        ExportedFile log = export.write("log.parquet", "SELECT * FROM rowkeep_changes");
        ExportedFile query = export.write(
                "sums.parquet", "SELECT sum(length(id)) AS letters, count(*) AS n FROM notes WHERE id = ?", "empty");

        assertThat(plain("SELECT count(*), min(kind) FROM '" + quoted(log) + "'"))
                .containsExactly("2|INSERT");
        assertThat(plain("SELECT letters, typeof(letters), n FROM '" + quoted(query) + "'"))
                .containsExactly("5|DECIMAL(38,0)|1");
    }

    @Test
    void csvIsQuotedAndHasALineOfNames() throws IOException {
        ExportedFile file = export.write("notes.csv", "SELECT id, price, done FROM notes ORDER BY id");

        assertThat(Files.readAllLines(file.path()))
                .containsExactly("id,price,done", "empty,,", "\"full, \"\"quoted\"\"\",19.90,true");
    }

    @Test
    void manyRowsGoThroughInTheirOrder() throws Exception {
        ExportedFile file = export.write(
                "many.parquet", "SELECT range AS i, 'row ' || range AS t FROM range(300000) ORDER BY i DESC");

        assertThat(file.rows()).isEqualTo(300_000);
        assertThat(plain("SELECT count(*), sum(i), max(t) FROM '" + quoted(file) + "'"))
                .containsExactly("300000|44999850000|row 99999");
        assertThat(plain("SELECT i FROM '" + quoted(file) + "' LIMIT 2")).containsExactly("299999", "299998");
    }

    @Test
    void aFileTakesThePlaceOfTheOneBefore() throws Exception {
        export.write("notes.csv", "SELECT id FROM notes");
        export.write("notes.csv", "SELECT 1 AS one");

        assertThat(Files.readAllLines(folder.resolve("notes.csv"))).containsExactly("one", "1");
        assertOnlyFiles("notes.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../out.parquet",
                "a/../../out.parquet",
                "./out.parquet",
                "/tmp/out.parquet",
                "missing/out.parquet",
                "out",
                "out.parquet.txt",
                "out\n.parquet",
                "out\0.parquet",
                "link/out.parquet",
                "taken.parquet",
                ""
            })
    void namesThatAreNotOfAFileBelowTheFolderAreRefused(String name) throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("link"), outside);
        Files.createDirectory(folder.resolve("taken.parquet"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> export.write(name, "SELECT 1 AS one"))
                .withMessageStartingWith("Cannot export to ");
        assertThat(outside).isEmptyDirectory();
        assertOnlyFiles("link", "taken.parquet");
    }

    @Test
    void whatFailsLeavesTheFileOfBeforeAndNothingElse() throws IOException {
        export.write("notes.csv", "SELECT 1 AS one");
        for (String refused : List.of(
                "DELETE FROM notes RETURNING id",
                "SELECT 1 AS a, 2 AS A",
                "SELECT INTERVAL 1 DAY AS day",
                "SELECT CAST(id AS INTEGER) AS id FROM notes")) {
            assertThatExceptionOfType(SqlRefusedException.class)
                    .as(refused)
                    .isThrownBy(() -> export.write("notes.csv", refused));
        }
        assertThatExceptionOfType(SqlLimitException.class)
                .isThrownBy(() -> export.timeout(Duration.ofMillis(50))
                        .write("notes.csv", "SELECT a.range AS a FROM range(1000000) a, range(1000000) b"));

        assertThat(Files.readAllLines(folder.resolve("notes.csv"))).containsExactly("one", "1");
        assertOnlyFiles("notes.csv");
    }

    @Test
    void aFolderThatIsGoneIsNamed() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keep.sql().exportTo(directory.resolve("nowhere")))
                .withMessageContaining("nowhere");
        Path other = Files.createDirectory(directory.resolve("other"));
        SqlExport later = keep.sql().exportTo(other);
        Files.delete(other);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> later.write("notes.csv", "SELECT 1 AS one"))
                .withMessageContaining("folder is not there");
    }

    @Test
    void whatTheSystemDoesNotWriteIsToldAsSuch() throws IOException {
        String tooLong = "n".repeat(250) + ".csv"; // with the end of an unfinished file, longer than names may be

        assertThatExceptionOfType(ExportException.class)
                .isThrownBy(() -> export.write(tooLong, "SELECT 1 AS one"))
                .withMessageStartingWith("Cannot export to nnn")
                .withMessageContaining("could not be written");
        assertThat(folder).isEmptyDirectory();
    }

    private void assertOnlyFiles(String... names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactlyInAnyOrder(names);
        }
    }

    private static String quoted(ExportedFile file) {
        return file.path().toString().replace("'", "''");
    }

    /** What a DuckDB that knows nothing of us gives, a text a row. */
    private static List<String> plain(String sql) throws SQLException {
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
