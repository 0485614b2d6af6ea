package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.schema.BoundedPattern.CountedText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Matching ends within its steps, which are counted, so that no clock decides these tests. */
final class BoundedPatternTest {
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(x+x+)+y|(a*)*b", "(.*a){25}c", "((a+)?)*\\1b"})
    void aCatastrophicExpressionIsCutOff(String regex) {
        CountedText text = new CountedText("a".repeat(40) + "!");

        assertThat(BoundedPattern.compile("c", regex).matches(text)).isFalse();
        assertThat(text.used()).isLessThanOrEqualTo(text.allowed());
        assertThat(text.allowed()).isLessThan(1_000_000);
    }

    @Test
    void theCutOffIsReached() {
        CountedText text = new CountedText("a".repeat(60));

        assertThat(BoundedPattern.compile("c", "(.*)(.*)(.*)(.*)(.*)(.*)c").matches(text))
                .isFalse();
        assertThat(text.used()).isEqualTo(text.allowed());
    }

    @Test
    void anExpressionThatRecursesTooDeeplyDoesNotMatch() {
        assertThat(BoundedPattern.compile("c", "(a|b)*").matches("a".repeat(1_000_000)))
                .isFalse();
    }

    @Test
    void anOrdinaryExpressionMatchesALongText() {
        assertThat(BoundedPattern.compile("c", "[a-z]+(-[a-z]+)?").matches("a".repeat(1_000_000) + "-b"))
                .isTrue();
        assertThat(BoundedPattern.compile("c", "[A-Z]{2}[0-9]{4}").matches("AB1234"))
                .isTrue();
        assertThat(BoundedPattern.compile("c", "[A-Z]{2}[0-9]{4}").matches("xAB1234"))
                .isFalse();
    }

    @Test
    void aTextThatIsNoExpressionNamesTheColumn() {
        assertThatThrownBy(() -> Column.text("zip").pattern("["))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column zip")
                .hasMessageContaining("index 0");
        assertThatThrownBy(() -> BoundedPattern.compile("zip", "(".repeat(100_000) + ")".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Column.integer("zip").pattern("[0-9]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text columns");
    }
}
