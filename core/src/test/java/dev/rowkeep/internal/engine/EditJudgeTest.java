package dev.rowkeep.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Decimal;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.schema.annotation.Required;
import dev.rowkeep.store.RecordStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an edit's raw cells become before it queues, seen through a store in memory. */
final class EditJudgeTest {
    private static final Schema<String, Offer> OFFERS = Schema.of(String.class, Offer.class);

    private final RowKeep keep = RowKeep.open(MemoryStorage.create());
    private final RecordStore<String, Offer> store = keep.store(OFFERS);

    record Offer(
            @Key String id,
            @Required @Decimal(precision = 8, scale = 2) BigDecimal price,
            @Nullable Instant until,
            double weight) {}

    @AfterEach
    void close() {
        keep.close();
    }

    @Test
    void recordThatAnEditStandsOnCountsAsUnchangedWhateverFormItsEqualValuesHave() {
        store.insert(new Offer("a", new BigDecimal("1.50"), Instant.EPOCH, 0.0));
        VersionedRecord<String, Offer> read = store.get("a").orElseThrow();
        store.update("a", offer -> new Offer("a", offer.price(), offer.until(), 2.0));
        Offer sameInAnotherForm = new Offer("a", new BigDecimal("1.5"), Instant.EPOCH.plusNanos(1), -0.0);
        VersionedRecord<String, Offer> base = new Read(read, sameInAnotherForm);
        Edit<String, Offer> edit =
                Edit.update(OFFERS, base, new Offer("a", new BigDecimal("9.50"), Instant.EPOCH, 0.0));
        assertThat(store.apply(edit)).isInstanceOf(WriteResult.Merged.class);
        assertThat(store.get("a").orElseThrow().value())
                .isEqualTo(new Offer("a", new BigDecimal("9.50"), Instant.EPOCH, 2.0));
    }

    private record Read(VersionedRecord<String, Offer> of, Offer value) implements VersionedRecord<String, Offer> {
        @Override
        public String key() {
            return of.key();
        }

        @Override
        public long version() {
            return of.version();
        }

        @Override
        public dev.rowkeep.commit.Position position() {
            return of.position();
        }

        @Override
        public Author author() {
            return of.author();
        }

        @Override
        public Instant time() {
            return of.time();
        }
    }

    @Test
    void nullIsTheDefaultWhereThereIsOneAlsoInARequiredColumn() {
        var state = dev.rowkeep.schema.Column.text("state").required().defaultValue("new");
        var schema = Schema.dynamic("jobs", dev.rowkeep.schema.Column.text("id"), state);
        var jobs = keep.store(schema);
        Map<String, @Nullable Object> raw = new HashMap<>();
        raw.put("id", "a");
        raw.put("state", null);
        jobs.apply(Edit.insertRaw(schema, raw)).orThrow();
        assertThat(jobs.get("a").orElseThrow().value().get(state)).isEqualTo("new");
    }

    @Test
    void blankTextThatCountsAsMissingIsTheDefaultAsParseHasIt() {
        var state = dev.rowkeep.schema.Column.text("state")
                .required()
                .defaultValue("new")
                .coercion(dev.rowkeep.schema.Coercion.LENIENT);
        var pieces = dev.rowkeep.schema.Column.integer("pieces")
                .defaultValue(7L)
                .coercion(dev.rowkeep.schema.Coercion.LENIENT);
        var schema = Schema.dynamic("jobs", dev.rowkeep.schema.Column.text("id"), state, pieces);
        Map<String, Object> raw = Map.of("id", "a", "state", " ", "pieces", " ");
        var written = keep.store(schema).apply(Edit.insertRaw(schema, raw)).orThrow();
        assertThat(written.value().get(state)).isEqualTo("new");
        assertThat(written.value().get(pieces)).isEqualTo(7L);
        assertThat(written.value()).isEqualTo(schema.parse(raw).value().orElseThrow());
    }

    @Test
    void everyUnknownColumnIsRejected() {
        Map<String, Object> raw = Map.of("id", "a", "price", "1", "weight", 0, "prize", 1, "wait", 2);
        assertThat(store.apply(Edit.insertRaw(OFFERS, raw)))
                .isInstanceOfSatisfying(
                        WriteResult.Rejected.class,
                        rejected -> assertThat(rejected.verdict().violations())
                                .extracting("column")
                                .containsExactlyInAnyOrder("prize", "wait"));
    }

    @Test
    void textsAboutACommitThatCannotBeLoggedAreRefusedAtOnce() {
        for (String bad : List.of("a\ud800", "\0")) {
            assertThatThrownBy(() -> keep.session(Author.user("ana")).because(bad))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> keep.session(Author.user("ana")).correlatedBy(bad))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Author.user(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
