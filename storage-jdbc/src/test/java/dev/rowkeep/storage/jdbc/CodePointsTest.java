package dev.rowkeep.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.schema.ColumnType;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodePointsTest {
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    @Test
    void theEndOfAPrefixIsTheNextCodePointEvenAcrossTheSurrogates() {
        assertThat(CodePoints.afterAllWithPrefix("ab")).isEqualTo("ac");
        assertThat(CodePoints.afterAllWithPrefix("a\uD7FF")).isEqualTo("a\uE000");
        assertThat(CodePoints.afterAllWithPrefix("a\uFFFF")).isEqualTo("a" + Character.toString(0x10000));
        assertThat(CodePoints.afterAllWithPrefix("a" + LAST)).isEqualTo("b");
    }

    @Test
    void whatBeginsWithTheLastCodePointHasNoEnd() {
        assertThat(CodePoints.afterAllWithPrefix("")).isNull();
        assertThat(CodePoints.afterAllWithPrefix(LAST + LAST)).isNull();
    }

    @Test
    void theRangeHoldsExactlyTheTextsWithThePrefix() {
        List<String> texts =
                List.of("", "a", "ab", "ac", "b", "a\uD7FF", "a\uE000", "a" + LAST, LAST, "a\uD7FF" + LAST);
        for (String prefix : texts) {
            String end = CodePoints.afterAllWithPrefix(prefix);
            for (String text : texts) {
                boolean isInRange = ColumnType.TEXT.compare(text, prefix) >= 0
                        && (end == null || ColumnType.TEXT.compare(text, end) < 0);
                assertThat(isInRange).as(prefix + " of " + text).isEqualTo(text.startsWith(prefix));
            }
        }
    }
}
