package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.error.RowKeepException;
import dev.rowkeep.schema.annotation.Key;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records whose own constructor has a say. */
@SuppressWarnings({"UnusedMethod", "ArrayRecordComponent"}) // What a constructor may be is what is tested.
final class RecordConstructorTest {
    private record Plain(
            @Key String a,
            long b,
            double c,
            int d,
            boolean e,
            short f,
            @Nullable String g,
            byte[] h,
            long i,
            long j) {}

    private record Range(@Key String id, long low, long high) {
        Range {
            if (low > high) {
                throw new IllegalStateException("topsecret " + low);
            }
        }
    }

    private record Copying(@Key String id, byte[] bytes) {
        Copying {
            bytes = bytes.clone();
        }
    }

    private record Explicit(@Key String id, long a) {
        Explicit(String id, long a) {
            this.id = id;
            this.a = a;
        }
    }

    private record Doubling(@Key String id, long a) {
        Doubling(String id, long a) {
            this.id = id;
            this.a = a + a;
        }
    }

    private record CheckingLast(@Key String id, long a) {
        CheckingLast(String id, long a) {
            this.id = id;
            this.a = a;
            Objects.checkIndex(a, 10);
        }
    }

    private record Catching(@Key String id, String number) {
        Catching {
            try {
                new BigDecimal(number);
            } catch (NumberFormatException e) {
                number = "0";
            }
        }
    }

    private record Two(@Key String id, long a) {
        Two(String id) {
            this(id, Long.parseLong(id));
        }
    }

    private static final Schema<String, Range> RANGES = Schema.of(String.class, Range.class);

    @Test
    void aConstructorThatOnlySetsFieldsIsToldApart() {
        assertThat(PlainConstructor.isIn(Plain.class)).isTrue();
        assertThat(PlainConstructor.isIn(Explicit.class)).isTrue();
        assertThat(PlainConstructor.isIn(Two.class)).isTrue();
        assertThat(PlainConstructor.isIn(Range.class)).isFalse();
        assertThat(PlainConstructor.isIn(Copying.class)).isFalse();
        assertThat(PlainConstructor.isIn(Doubling.class)).isFalse();
        assertThat(PlainConstructor.isIn(CheckingLast.class)).isFalse();
        assertThat(PlainConstructor.isIn(Catching.class)).isFalse();
        assertThat(Schema.of(String.class, Plain.class).needsCaller()).isFalse();
        assertThat(RANGES.needsCaller()).isTrue();
    }

    @Test
    void cellsThatTheConstructorRefusesAreRejectedAndNotStored() {
        assertThat(RANGES.judge("a", new Object[] {1L, 2L}).isAccepted()).isTrue();
        assertThat(RANGES.judge("a", new Object[] {2L, 1L}).violations())
                .containsExactly(new CellVerdict.Rejected(
                        "constructor",
                        "constructor",
                        "the record's constructor threw java.lang.IllegalStateException",
                        "Give values that the constructor accepts."));
        Parsed<Range> parsed = RANGES.parse(Map.of("id", "a", "low", 2, "high", 1));
        assertThat(parsed.value()).isEmpty();
        assertThat(parsed.verdict().violations())
                .extracting(CellVerdict.Rejected::rule)
                .containsExactly("constructor");
    }

    @Test
    void readingWhatTheConstructorRefusesNamesStoreAndKeyShape() {
        assertThatThrownBy(() -> RANGES.mapping().value("A-1", new Object[] {2L, 1L}))
                .isInstanceOf(RowKeepException.class)
                .hasMessageContaining("Cannot make a Range of a record of store range (key: a text of 3 characters)")
                .hasMessageContaining("java.lang.IllegalStateException")
                .hasMessageNotContaining("topsecret")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPrimitiveComponentWithoutValueNamesTheColumn() {
        assertThatThrownBy(() -> RANGES.mapping().value("A-1", new Object[] {null, 1L}))
                .isInstanceOf(RowKeepException.class)
                .hasMessageContaining("column low has no value")
                .hasNoCause();
    }
}
