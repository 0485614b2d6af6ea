package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Coercion;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Json;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that wants to break something: it is a typed error, or it is stored and read back equal. */
final class HostileInputTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<String> TEXT = Column.text("body");
    private static final Column<Double> REAL = Column.real("ratio").coercion(Coercion.LENIENT);
    private static final Column<BigDecimal> PRICE =
            Column.decimal("price", 18, 2).coercion(Coercion.LENIENT);
    private static final Column<Json> DOCUMENT = Column.json("document");
    private static final Column<Instant> AT = Column.timestamp("at");
    private static final Column<String> CODE = Column.text("code").pattern("(a+)+b");
    private static final Schema<String, Row> THINGS =
            Schema.dynamic("things", ID, TEXT, REAL, PRICE, DOCUMENT, AT, CODE);

    @TempDir
    Path directory;

    private RowKeep keep;
    private RecordStore<String, Row> things;

    @BeforeEach
    void open() {
        keep = RowKeep.open(SqliteStorage.at(directory.resolve("store.db")));
        things = keep.store(THINGS);
    }

    @AfterEach
    void close() {
        keep.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's \"quoted\"; drop table things; --",
                "line\nbreak\ttab",
                "😀 beyond the basic plane",
                "",
                "%_*?[a-z]",
                "ﬀ é é"
            })
    void textIsReadBackEqualAndFoundByItself(String text) {
        things.insert(Row.of(THINGS, "a").with(TEXT, text));
        assertThat(things.get("a").orElseThrow().value().get(TEXT)).isEqualTo(text);
        assertThat(things.where(dev.rowkeep.query.Condition.eq(TEXT, text)).count())
                .isEqualTo(1);
        assertThat(things.asOf("a", 1).orElseThrow().value().get(TEXT)).isEqualTo(text);
        keep.close();
        open();
        assertThat(things.get("a").orElseThrow().value().get(TEXT)).isEqualTo(text);
    }

    @Test
    void tenMegabytesOfTextAreReadBackEqual() {
        String text = "x😀'".repeat(2_500_000);
        things.insert(Row.of(THINGS, "a").with(TEXT, text));
        assertThat(things.get("a").orElseThrow().value().get(TEXT)).isEqualTo(text);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void valuesThatFitNoCellAreRejectedAndNothingIsWritten() {
        rejected("body", "a\0b");
        rejected("body", "\ud800 alone");
        rejected("ratio", Double.NaN);
        rejected("ratio", "1e999");
        rejected("price", "1e1000000000");
        rejected("price", new BigDecimal("12345678901234567890"));
        rejected("document", "{\"a\":1,\"a\":2}");
        rejected("document", "[".repeat(100_000));
        rejected("document", "{\"a\":NaN}");
        rejected("at", Instant.MAX);
        rejected("code", "a".repeat(40) + "c");
        assertThat(keep.log().head().sequence()).isZero();
    }

    private void rejected(String column, Object raw) {
        WriteResult<String, Row> result = things.apply(Edit.insertRaw(THINGS, Map.of("id", "a", column, raw)));
        assertThat(result).as(column).isInstanceOf(WriteResult.Rejected.class);
        List<CellVerdict.Rejected> violations =
                ((WriteResult.Rejected<String, Row>) result).verdict().violations();
        assertThat(violations).as(column).hasSize(1);
        assertThat(violations.get(0).column()).isEqualTo(column);
        assertThat(violations.get(0).fix()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "tab\there", "\ud800"})
    void keysThatCannotBeOneAreRefused(String key) {
        assertThatThrownBy(() -> things.insert(Row.of(THINGS, key)))
                .isInstanceOf(dev.rowkeep.edit.RejectedException.class);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> things.get(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"b", "a;b", "ä", "1a", "_a", "rowid", "a\0"})
    void namesThatNeedQuotingAreRefused(String name) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Column.text(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"store.db?enable_load_extension=true", "a\nb.db", "missing/store.db"})
    void unsafePathsAreRefused(String name) {
        assertThatThrownBy(() -> RowKeep.open(SqliteStorage.at(directory.resolve(name))))
                .isInstanceOfAny(StorageException.class, IllegalArgumentException.class);
    }

    /** The driver takes blanks off the end of its URL, and would open {@code store.db} for the second of these. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "store.db ", "other.db  "})
    void pathThatEndsWithABlankIsRefusedAndNoOtherFileIsOpenedForIt(String name) throws IOException {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> RowKeep.open(SqliteStorage.at(directory.resolve(name))))
                .withMessageContaining("ends with a blank");
        Files.createSymbolicLink(directory.resolve("link.db"), directory.resolve(name));
        Files.createFile(directory.resolve(name));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> RowKeep.open(SqliteStorage.at(directory.resolve("link.db"))))
                .withMessageContaining("ends with a blank");
        assertThat(directory.resolve(name)).isEmptyFile();
        assertThat(directory.resolve(name + ".lock")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing/store.db", "link.db"})
    void linkToNothingIsRefusedAndStays(String target) throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), Path.of(target));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> RowKeep.open(SqliteStorage.at(link)))
                .withMessageContaining("leads to no file");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void badPatternsAndFormatsAreRefusedWhenTheSchemaIsMade() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Column.text("a").pattern("(("));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Column.date("a").format("QQQQQQQ"));
    }
}
