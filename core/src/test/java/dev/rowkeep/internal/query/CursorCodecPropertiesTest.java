package dev.rowkeep.internal.query;

import static dev.rowkeep.internal.query.SampleStore.COUNT;
import static dev.rowkeep.internal.query.SampleStore.DAY;
import static dev.rowkeep.internal.query.SampleStore.ID;
import static dev.rowkeep.internal.query.SampleStore.LAYOUT;
import static dev.rowkeep.internal.query.SampleStore.NAME;
import static dev.rowkeep.internal.query.SampleStore.PRICE;
import static dev.rowkeep.internal.query.SampleStore.TAGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Cursor;
import dev.rowkeep.query.Order;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class CursorCodecPropertiesTest {
    private static final Condition CONDITION =
            Condition.eq(COUNT, 7L).and(Condition.in(NAME, List.of("x", "y"))).or(Condition.contains(TAGS, "t"));
    private static final List<Order> ORDERS =
            List.of(Order.descending(NAME), Order.ascending(PRICE), Order.ascending(ID));

    private static final String KEPT = "AaDAt7OYbtmyAAAAAAAAABQAAAAFbsOkbWUAAAAIAAAAAAAAAJYAAAADay0xvD3oSQ";

    @Property(tries = 300)
    void aMarkComesBack(
            @ForAll("orders") List<Order> orders,
            @ForAll("keys") String key,
            @ForAll("cells") Object[] cells,
            @ForAll @LongRange(min = 1) long passed) {
        CursorCodec codec = codec(CONDITION, orders);
        CursorCodec.Mark mark = mark(orders, key, cells, passed);

        Cursor cursor = codec.encode(mark);

        assertThat(codec.decode(cursor)).isEqualTo(mark);
        assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
    }

    @Property(tries = 300)
    void aCursorThatWasChangedIsRefused(
            @ForAll("orders") List<Order> orders,
            @ForAll("keys") String key,
            @ForAll("cells") Object[] cells,
            @ForAll @IntRange(max = 1_000) int place,
            @ForAll("base64url") char replacement) {
        CursorCodec codec = codec(CONDITION, orders);
        String text = codec.encode(mark(orders, key, cells, 1)).text();
        int at = place % text.length();
        assumeThat(text.charAt(at)).isNotEqualTo(replacement);

        requireRefused(codec, text.substring(0, at) + replacement + text.substring(at + 1));
        requireRefused(codec, text.substring(0, at) + text.substring(at + 1));
        requireRefused(codec, text.substring(0, at) + replacement + text.substring(at));
        requireRefused(codec, text.substring(0, at));
    }

    /** A decoder of base64 takes padding, and bits in the last character that belong to no byte. */
    @Example
    void aCursorHasOneTextOnly() {
        for (String key : List.of("k", "kk", "kkk")) {
            CursorCodec codec = codec(CONDITION, ORDERS);
            String text = codec.encode(mark(ORDERS, key, new Object[11], 1)).text();
            int last = text.length() - 1;
            for (char c = '-'; c <= 'z'; c++) {
                if (c != text.charAt(last)) {
                    requireRefused(codec, text.substring(0, last) + c);
                }
            }
            requireRefused(codec, text + "=");
            requireRefused(codec, text + "==");
        }
    }

    /** A checksum is no secret: what a cursor holds may be anybody's. */
    @Example
    void aCursorWithADayThatIsNoneIsRefused() {
        List<Order> orders = List.of(Order.ascending(DAY), Order.ascending(ID));
        CursorCodec codec = codec(CONDITION, orders);
        for (long day : List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, LocalDate.MIN.toEpochDay() - 1)) {
            ByteBuffer place = ByteBuffer.allocate(37).putLong(1).putInt(8).putLong(day);
            place.putInt(1).put((byte) 'k');
            Cursor right = codec.encode(new CursorCodec.Mark(1, List.of(LocalDate.EPOCH, "k")));
            byte[] bytes = Base64.getUrlDecoder().decode(right.text());
            System.arraycopy(place.array(), 0, bytes, 9, 25);
            CRC32C checksum = new CRC32C();
            checksum.update(bytes, 0, bytes.length - 4);
            ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) checksum.getValue());
            requireRefused(codec, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
    }

    @Property(tries = 300)
    void whatIsNoCursorIsRefused(@ForAll String text) {
        requireRefused(codec(CONDITION, ORDERS), text);
    }

    @Property(tries = 300)
    void aCursorOfAnotherConditionIsRefused(@ForAll("conditions") Condition a, @ForAll("conditions") Condition b) {
        Condition boundA = ConditionBinding.bind(SampleStore.SCHEMA, a);
        Condition boundB = ConditionBinding.bind(SampleStore.SCHEMA, b);
        assumeThat(normal(boundA)).isNotEqualTo(normal(boundB));
        Cursor cursor = codec(boundA, ORDERS).encode(mark(ORDERS, "k", new Object[11], 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec(boundB, ORDERS).decode(cursor))
                .withMessageContaining("not one of this query on store samples");
    }

    @Example
    void aCursorOfAnotherStoreOrOrderIsRefused() {
        Cursor cursor = codec(CONDITION, ORDERS).encode(mark(ORDERS, "k", new Object[11], 1));
        List<Order> others = List.of(Order.ascending(NAME), Order.ascending(PRICE), Order.ascending(ID));

        requireRefused(codec(CONDITION, others), cursor.text());
        requireRefused(codec(CONDITION, ORDERS.subList(1, 3)), cursor.text());
        requireRefused(new CursorCodec("others", CONDITION, ORDERS), cursor.text());
    }

    /** Sets have no order that is the same in every run, and it does not matter in which order conditions are added. */
    @Example
    void theOrderOfPartsAndValuesDoesNotCount() {
        Condition same = Condition.contains(TAGS, "t")
                .or(Condition.in(NAME, List.of("y", "x")).and(Condition.eq(COUNT, 7L)));
        Cursor cursor = codec(CONDITION, ORDERS).encode(mark(ORDERS, "k", new Object[11], 1));

        assertThat(codec(same, ORDERS).decode(cursor).values()).containsExactly(null, null, "k");
    }

    /** A cursor that a client kept must still be good after a restart and an upgrade: this one was made by the first version. */
    @Example
    void aCursorOfAnotherRunIsRead() {
        CursorCodec codec = codec(CONDITION, ORDERS);
        Object[] cells = new Object[11];
        cells[0] = "näme";
        cells[2] = SampleStore.decimal("1.50");
        CursorCodec.Mark mark = mark(ORDERS, "k-1", cells, 20);

        assertThat(codec.encode(mark).text()).isEqualTo(KEPT);
        assertThat(codec.decode(new Cursor(KEPT))).isEqualTo(mark);
    }

    @Example
    void aCursorHasALimitedLength() {
        Object[] cells = new Object[11];
        cells[0] = "x".repeat(CursorCodec.MAX_LENGTH);

        assertThatIllegalStateException()
                .isThrownBy(() -> codec(CONDITION, ORDERS).encode(mark(ORDERS, "k", cells, 1)))
                .withMessageContaining("Order by columns with shorter values");
        requireRefused(codec(CONDITION, ORDERS), "A".repeat(10_000_000));
    }

    @Provide
    Arbitrary<List<Order>> orders() {
        return SampleStore.orders().map(orders -> {
            List<Order> all = new ArrayList<>(orders);
            all.add(Order.ascending(ID));
            return all;
        });
    }

    @Provide
    Arbitrary<Character> base64url() {
        return Arbitraries.chars()
                .range('a', 'z')
                .range('A', 'Z')
                .range('0', '9')
                .with('-', '_', '=', '+', ' ', 'é');
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return SampleStore.conditions();
    }

    @Provide
    Arbitrary<String> keys() {
        return SampleStore.keys();
    }

    @Provide
    Arbitrary<Object[]> cells() {
        return SampleStore.cells();
    }

    private static CursorCodec codec(Condition where, List<Order> orders) {
        return new CursorCodec("samples", where, orders);
    }

    private static CursorCodec.Mark mark(List<Order> orders, String key, Object[] cells, long passed) {
        return new CursorCodec.Mark(passed, KeysetOrder.of(LAYOUT, orders).values(SampleStore.image(key, cells)));
    }

    private static void requireRefused(CursorCodec codec, String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.decode(new Cursor(text)))
                .withMessageContaining("first page");
    }

    /** A text that is the same for conditions that differ only in the order of their parts. */
    private static String normal(Condition condition) {
        if (condition instanceof Condition.And and) {
            return "and"
                    + and.parts().stream()
                            .map(CursorCodecPropertiesTest::normal)
                            .sorted()
                            .toList();
        } else if (condition instanceof Condition.Or or) {
            return "or"
                    + or.parts().stream()
                            .map(CursorCodecPropertiesTest::normal)
                            .sorted()
                            .toList();
        } else if (condition instanceof Condition.Not not) {
            return "not" + normal(not.part());
        } else if (condition instanceof Condition.In in) {
            return "in" + in.column()
                    + in.values().stream().map(v -> hex(in, v)).sorted().toList();
        } else if (condition instanceof Condition.Comparison c && c.value() instanceof dev.rowkeep.schema.Bytes bytes) {
            return c.column().toString() + c.operator() + Arrays.toString(bytes.toArray());
        }
        return condition.toString();
    }

    private static String hex(Condition.In in, Object value) {
        return Arrays.toString(CellBytes.encode(in.column().type(), value));
    }
}
