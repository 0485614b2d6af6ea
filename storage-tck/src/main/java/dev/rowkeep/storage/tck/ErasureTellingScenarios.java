package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Erased;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.log.ExportedLog;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Json;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.schema.annotation.Personal;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RecordVersion;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of what was erased, and which columns can be. */
public abstract class ErasureTellingScenarios extends ErasureRehearsal {
    /** Kinds of values that a person may have, all of which can be erased. */
    private static final List<Column<?>> PERSONAL =
            Kinds.COLUMNS.stream().<Column<?>>map(Column::personal).toList();

    /** A person as a class of the application's. */
    public record Guest(
            @Key String id,
            @Personal @Nullable String name,
            @Personal @Nullable Integer age,
            String city) {}

    /** With what cannot be empty. */
    public record Counted(@Key String id, @Personal int age) {}

    /** With a key that tells who it is. */
    public record Named(@Key @Personal String name, String city) {}

    /** For the fixture's author. */
    protected ErasureTellingScenarios() {}

    @Test
    void anExportSaysWhatWasErasedAndHoldsNothingOfIt() throws IOException {
        live();
        eraseAll();

        ExportedLog file = keep.log().exportTo(directory).withOwnStores().write("audit.jsonl");

        List<String> lines = Files.readAllLines(file.path());
        assertThat(lines.get(0)).contains("{\"column\":\"full_name\",\"type\":\"text\",\"erased\":true}");
        assertThat(lines.get(0)).contains("\"column\":\"city\"").contains("\"after\":\"Basel\"");
        assertThat(lines).noneMatch(line -> line.contains(SECRET));
        assertThat(lines).anyMatch(line -> line.contains("\"author\":\"officer\"") && line.contains("request 17"));
    }

    @Test
    void blameAndFiltersByColumnTellOfErasedCells() {
        live();
        Map<String, RecordVersion> blamed = people.blame("p1");
        long renamed = named();
        eraseAll();

        Map<String, RecordVersion> now = people.blame("p1");

        assertThat(now.get("full_name"))
                .extracting(version -> version.commit().author())
                .isEqualTo(Author.user("officer"));
        for (String untouched : List.of("city", "visits")) {
            assertThat(now.get(untouched))
                    .extracting(RecordVersion::commit)
                    .isEqualTo(Objects.requireNonNull(blamed.get(untouched)).commit());
        }
        assertThat(named()).isEqualTo(renamed + 1);
    }

    /** How many commits have changed the name of somebody. */
    private long named() {
        LogFilter names = LogFilter.of(PEOPLE, "p1").columns(FULL_NAME);
        return keep.log().read(keep.log().start(), names, 1_000).commits().size();
    }

    @Test
    void everyKindIsErased() {
        Column<String> id = Column.text("id");
        Schema<String, Row> kinds = Schema.dynamic("personal_kinds", id, PERSONAL.toArray(Column<?>[]::new));
        RecordStore<String, Row> store = keep.store(kinds);
        Row row = Row.of(kinds, "k")
                .with(Kinds.TEXT.personal(), "a")
                .with(Kinds.INTEGER.personal(), 64L)
                .with(Kinds.DECIMAL.personal(), new BigDecimal("1.250000"))
                .with(Kinds.DOUBLE.personal(), 1.5)
                .with(Kinds.BOOLEAN.personal(), true)
                .with(Kinds.DATE.personal(), LocalDate.of(1970, 1, 2))
                .with(Kinds.MOMENT.personal(), Instant.EPOCH)
                .with(Kinds.UNIQUE_ID.personal(), new UUID(1, 2))
                .with(Kinds.NAME.personal(), "LOW")
                .with(Kinds.BYTES.personal(), Bytes.of((byte) 9))
                .with(Kinds.TEXTS.personal(), Kinds.set("x", "y"))
                .with(Kinds.JSON.personal(), Json.parse("{}"));
        VersionedRecord<String, Row> inserted = store.insert(row);
        store.delete("k");
        store.insert(row);
        assertThat(store.asOf("k", inserted.position()).orElseThrow().value()).isEqualTo(row);
        keep.snapshots().create("kinds");
        assertThat(store.asOf(inserted.position()).get("k").orElseThrow().value())
                .isEqualTo(row);
        assertVerified(keep);

        officer().erase(Subject.of(kinds, "k"));

        assertThat(store.history("k", 9))
                .hasSize(4)
                .allSatisfy(version -> assertThat(version.change().cells())
                        .hasSize(PERSONAL.size())
                        .allMatch(cell -> cell.before() == Erased.ERASED && cell.after() == Erased.ERASED));
        assertThat(store.get("k").orElseThrow().value()).isEqualTo(Row.of(kinds, "k"));
        assertThat(keep.snapshots().verify("kinds")).isEmpty();
        assertVerified(keep);
    }

    @Test
    void aRecordClassHasPersonalComponents() {
        Schema<String, Guest> schema = Schema.of(String.class, Guest.class);
        RecordStore<String, Guest> guests = keep.store(schema);
        guests.insert(new Guest("g1", SECRET, 41, "Basel"));
        guests.update("g1", guest -> new Guest("g1", guest.name(), 42, "Bern"));

        officer().erase(Subject.where(schema, dev.rowkeep.query.Condition.everything()));

        assertThat(guests.get("g1").orElseThrow().value()).isEqualTo(new Guest("g1", null, null, "Bern"));
        assertThat(guests.history("g1", 9).get(1).change().cells())
                .containsExactly(
                        new CellChange("age", Erased.ERASED, Erased.ERASED), new CellChange("city", "Basel", "Bern"));
        assertVerified(keep);
    }

    @Test
    void whatCannotBeEmptyAndKeysAreNotPersonal() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.of(String.class, Counted.class))
                .withMessageContaining("personal and required");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.of(String.class, Named.class))
                .withMessageContaining("cannot be personal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.dynamic("a", Column.text("id").personal(), CITY))
                .withMessageContaining("cannot be personal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.dynamic("a", PERSON, CITY.required().personal()))
                .withMessageContaining("personal and required");
    }
}
