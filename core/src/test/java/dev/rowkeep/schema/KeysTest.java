package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Keys are short, printable, present, and of three kinds. */
final class KeysTest {
    private static final Schema<String, Row> BY_TEXT = Schema.dynamic("s", Column.text("k"));

    @Test
    void aKeyIsRequiredWhetherTheColumnSaysSoOrNot() {
        assertRule(BY_TEXT, null, "required");
        assertRule(Schema.dynamic("s", Column.text("k").coercion(Coercion.LENIENT)), "  ", "required");
        assertRule(Schema.dynamic("s", Column.integer("k")), null, "required");
    }

    @Test
    void aTextKeyHasOneTo1024BytesInUtf8() {
        assertThat(BY_TEXT.judgeKey("k".repeat(1024))).isInstanceOf(CellVerdict.Accepted.class);
        assertThat(BY_TEXT.judgeKey("😀".repeat(256))).isInstanceOf(CellVerdict.Accepted.class);
        assertRule(BY_TEXT, "", "key");
        assertRule(BY_TEXT, "k".repeat(1025), "key");
        assertRule(BY_TEXT, "é".repeat(513), "key");
        assertRule(BY_TEXT, "€".repeat(342), "key");
        assertRule(BY_TEXT, "😀".repeat(257), "key");
    }

    @Test
    void aTextKeyHasNoCharacterThatBreaksALine() {
        assertRule(BY_TEXT, "a\nb", "key");
        assertRule(BY_TEXT, "a\u007fb", "key");
        assertRule(BY_TEXT, "a\u0085b", "key");
        assertRule(BY_TEXT, "a\u0000b", "text");
        assertRule(BY_TEXT, "\ud83d", "text");
        assertThat(BY_TEXT.judgeKey("A-1 / \"x'")).isInstanceOf(CellVerdict.Accepted.class);
    }

    @Test
    void aKeyIsCoercedAndTestedAsItsColumnSays() {
        Schema<Long, Row> byNumber = Schema.dynamic("s", Column.integer("k").min(1L));

        assertThat(byNumber.judgeKey("12")).isEqualTo(new CellVerdict.Coerced("k", "12", 12L, Why.PARSED));
        assertThat(byNumber.judgeKey(12)).isEqualTo(new CellVerdict.Accepted("k", 12L));
        assertRule(byNumber, 0L, "min");
        UUID id = new UUID(1, 2);
        assertThat(Schema.dynamic("s", Column.uuid("k")).judgeKey(id)).isEqualTo(new CellVerdict.Accepted("k", id));
    }

    @Test
    void otherKindsAndDefaultsCannotBeKeys() {
        assertThatThrownBy(() -> Schema.dynamic("s", Column.real("k")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key of store s");
        assertThatThrownBy(() -> Schema.dynamic("s", Column.text("k").defaultValue("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("default");
    }

    private static void assertRule(Schema<?, ?> schema, Object raw, String rule) {
        assertThat(schema.judgeKey(raw))
                .isInstanceOfSatisfying(
                        CellVerdict.Rejected.class, it -> assertThat(it.rule()).isEqualTo(rule));
    }
}
