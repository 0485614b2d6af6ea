package dev.rowkeep.schema;

import static dev.rowkeep.schema.Coercion.LENIENT;
import static dev.rowkeep.schema.Coercion.OFF;
import static dev.rowkeep.schema.Coercion.STRICT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind makes of raw values in every mode; the columns of a row are OFF, STRICT, LENIENT. */
final class VerdictTableTest {
    private enum Genre {
        DRAMA,
        BLACK_COMEDY
    }

    private static final UUID ID = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
    private static final Instant MOMENT = Instant.parse("2026-11-24T10:30:00Z");
    private static final LocalDate DAY = LocalDate.of(1998, 6, 12);

    /** Accepted with this value. */
    record Ok(@Nullable Object value) {}

    /** Coerced to this value. */
    record Bent(@Nullable Object value, String why) {}

    /** Rejected by this rule. */
    record No(String rule) {}

    static final No TYPE = new No("type");
    static final No FORMAT = new No("format");

    static Stream<Arguments> text() {
        Column<String> column = Column.text("c");
        return Stream.of(
                row(column, "a", new Ok("a"), new Ok("a"), new Ok("a")),
                row(column, "", new Ok(""), new Ok(""), new Bent(null, Why.BLANK)),
                row(column, " a ", new Ok(" a "), new Ok(" a "), new Bent("a", Why.BLANKS)),
                row(column, "\u00a0", new Ok("\u00a0"), new Ok("\u00a0"), new Bent(null, Why.BLANK)),
                row(column, CharBuffer.wrap("a"), TYPE, new Ok("a"), new Ok("a")),
                row(column, 'a', TYPE, new Ok("a"), new Ok("a")),
                row(column, 1776, TYPE, TYPE, new Bent("1776", Why.WRITTEN)),
                row(column, 300.0, TYPE, TYPE, new Bent("300", Why.WRITTEN)),
                row(column, 6.1f, TYPE, TYPE, new Bent("6.1", Why.WRITTEN)),
                row(column, Double.NaN, TYPE, TYPE, TYPE),
                row(column, new BigDecimal("1E+3"), TYPE, TYPE, new Bent("1000", Why.WRITTEN)),
                row(column, new BigDecimal("1E+1000000000"), TYPE, TYPE, TYPE),
                row(column, BigInteger.TEN, TYPE, TYPE, new Bent("10", Why.WRITTEN)),
                row(column, true, TYPE, TYPE, new Bent("true", Why.WRITTEN)),
                row(column, DAY, TYPE, TYPE, new Bent("1998-06-12", Why.WRITTEN)),
                row(column, Genre.DRAMA, TYPE, TYPE, new Bent("DRAMA", Why.WRITTEN)),
                row(column, List.of("a"), TYPE, TYPE, TYPE),
                row(column, "a\u0000b", new No("text"), new No("text"), new No("text")),
                row(column, "\ud83d", new No("text"), new No("text"), new No("text")),
                row(column, "\ude00\ud83d", new No("text"), new No("text"), new No("text")),
                row(column, "\ud83d\ude00", new Ok("😀"), new Ok("😀"), new Ok("😀")));
    }

    static Stream<Arguments> bool() {
        Column<Boolean> column = Column.bool("c");
        Bent yes = new Bent(true, Why.YES_NO);
        Bent no = new Bent(false, Why.YES_NO);
        return Stream.of(
                row(column, true, new Ok(true), new Ok(true), new Ok(true)),
                row(column, "true", TYPE, new Bent(true, Why.PARSED), new Bent(true, Why.PARSED)),
                row(column, "TRUE", TYPE, FORMAT, yes),
                row(column, " Yes ", TYPE, FORMAT, yes),
                row(column, "no", TYPE, FORMAT, no),
                row(column, "1", TYPE, FORMAT, yes),
                row(column, 0, TYPE, TYPE, no),
                row(column, 1.0, TYPE, TYPE, yes),
                row(column, 2, TYPE, TYPE, TYPE),
                row(column, "perhaps", TYPE, FORMAT, FORMAT));
    }

    static Stream<Arguments> date() {
        Column<LocalDate> column = Column.date("c").format("MMM dd yyyy");
        Bent parsed = new Bent(DAY, Why.PARSED);
        No range = new No("range");
        return Stream.of(
                row(column, DAY, new Ok(DAY), new Ok(DAY), new Ok(DAY)),
                row(
                        column,
                        LocalDate.of(0, 1, 1),
                        new Ok(LocalDate.of(0, 1, 1)),
                        new Ok(LocalDate.of(0, 1, 1)),
                        new Ok(LocalDate.of(0, 1, 1))),
                row(column, LocalDate.of(-1, 12, 31), range, range, range),
                row(column, LocalDate.of(10_000, 1, 1), range, range, range),
                row(column, "1998-06-12", TYPE, parsed, parsed),
                row(column, "Jun 12 1998", TYPE, parsed, parsed),
                row(column, "JUN 12 1998", TYPE, parsed, parsed),
                row(column, " Jun 12 1998", TYPE, FORMAT, new Bent(DAY, Why.BLANKS)),
                row(column, "Feb 30 1998", TYPE, FORMAT, FORMAT),
                row(column, "1998-02-29", TYPE, FORMAT, FORMAT),
                row(column, "1998-6-12", TYPE, FORMAT, FORMAT),
                row(column, "98-06-12", TYPE, FORMAT, FORMAT),
                row(column, "Jun 12 98", TYPE, FORMAT, FORMAT),
                row(column, "+12345-01-01", TYPE, FORMAT, FORMAT),
                row(column, MOMENT, TYPE, TYPE, TYPE));
    }

    static Stream<Arguments> timestamp() {
        Column<Instant> column = Column.timestamp("c");
        Bent parsed = new Bent(MOMENT, Why.PARSED);
        Instant nanos = MOMENT.plusNanos(1_999);
        Instant micros = MOMENT.plusNanos(1_000);
        Instant before = Instant.parse("-0001-12-31T23:59:59.999999Z");
        Instant last = Instant.parse("9999-12-31T23:59:59.999999Z");
        No range = new No("range");
        return Stream.of(
                row(column, MOMENT, new Ok(MOMENT), new Ok(MOMENT), new Ok(MOMENT)),
                row(
                        column,
                        nanos,
                        new No("microseconds"),
                        new Bent(micros, Why.MICROSECONDS),
                        new Bent(micros, Why.MICROSECONDS)),
                row(column, before, range, range, range),
                row(column, last, new Ok(last), new Ok(last), new Ok(last)),
                row(column, last.plusNanos(1_000), range, range, range),
                row(column, Instant.MAX, range, range, range),
                row(
                        column,
                        OffsetDateTime.parse("2026-11-24T11:30:00+01:00"),
                        TYPE,
                        new Bent(MOMENT, Why.ZONE),
                        new Bent(MOMENT, Why.ZONE)),
                row(column, LocalDateTime.parse("2026-11-24T10:30:00"), TYPE, TYPE, new Bent(MOMENT, Why.UTC)),
                row(
                        column,
                        LocalDate.parse("2026-11-24"),
                        TYPE,
                        TYPE,
                        new Bent(Instant.parse("2026-11-24T00:00:00Z"), Why.MIDNIGHT)),
                row(column, "2026-11-24T10:30:00Z", TYPE, parsed, parsed),
                row(column, "2026-11-24T11:30:00+01:00", TYPE, parsed, parsed),
                row(column, "2026-11-24T10:30:00", TYPE, FORMAT, new Bent(MOMENT, Why.UTC)),
                row(column, "2026-11-24 10:30:00Z", TYPE, FORMAT, parsed),
                row(column, "2026-11-24", TYPE, FORMAT, new Bent(Instant.parse("2026-11-24T00:00:00Z"), Why.MIDNIGHT)),
                row(column, "2026-02-30T10:30:00Z", TYPE, FORMAT, FORMAT),
                row(column, "2026-11-24T24:00:00Z", TYPE, FORMAT, FORMAT),
                row(column, 1_700_000_000L, TYPE, TYPE, TYPE));
    }

    static Stream<Arguments> uuid() {
        Column<UUID> column = Column.uuid("c");
        return Stream.of(
                row(column, ID, new Ok(ID), new Ok(ID), new Ok(ID)),
                row(column, ID.toString(), TYPE, new Bent(ID, Why.PARSED), new Bent(ID, Why.PARSED)),
                row(column, " " + ID, TYPE, FORMAT, new Bent(ID, Why.BLANKS)),
                row(column, "1-1-1-1-1", TYPE, FORMAT, FORMAT),
                row(column, "123e4567-e89b-12d3-a456-42661417400g", TYPE, FORMAT, FORMAT),
                row(column, 1L, TYPE, TYPE, TYPE));
    }

    static Stream<Arguments> enumeration() {
        Column<Genre> column = Column.enumeration("c", Genre.class);
        Column<String> named = Column.of("c", ColumnType.enumeration(List.of("a", "A", "b")));
        No unknown = new No("enum");
        return Stream.of(
                row(column, Genre.DRAMA, new Ok("DRAMA"), new Ok("DRAMA"), new Ok("DRAMA")),
                row(column, "DRAMA", TYPE, new Ok("DRAMA"), new Ok("DRAMA")),
                row(column, "Drama", TYPE, unknown, new Bent("DRAMA", Why.SPELLING)),
                row(column, " Black Comedy", TYPE, unknown, new Bent("BLACK_COMEDY", Why.SPELLING)),
                row(column, "black-comedy", TYPE, unknown, new Bent("BLACK_COMEDY", Why.SPELLING)),
                row(column, "Horror", TYPE, unknown, unknown),
                row(column, 0, TYPE, TYPE, TYPE),
                row(named, "A", new Ok("A"), new Ok("A"), new Ok("A")),
                row(named, "B", unknown, unknown, new Bent("b", Why.SPELLING)),
                row(named, " a", unknown, unknown, unknown));
    }

    static Stream<Arguments> bytes() {
        Column<Bytes> column = Column.bytes("c");
        Ok ok = new Ok(Bytes.of((byte) 1));
        return Stream.of(
                row(column, Bytes.of((byte) 1), ok, ok, ok),
                row(column, new byte[] {1}, ok, ok, ok),
                row(column, "AQ==", TYPE, TYPE, TYPE),
                row(column, new byte[Limits.CELL + 1], new No("size"), new No("size"), new No("size")));
    }

    static Stream<Arguments> textSet() {
        Column<?> column = Column.textSet("c");
        Ok ab = new Ok(new TreeSet<>(Set.of("a", "b")));
        No element = new No("element");
        return Stream.of(
                row(column, Set.of("b", "a"), ab, ab, ab),
                row(column, Set.of(), new Ok(Set.of()), new Ok(Set.of()), new Ok(Set.of())),
                row(column, List.of("b", "a"), TYPE, ab, ab),
                row(
                        column,
                        List.of("b", "a", "b"),
                        TYPE,
                        new Bent(ab.value(), Why.DUPLICATES),
                        new Bent(ab.value(), Why.DUPLICATES)),
                row(column, new String[] {"b", "a"}, TYPE, ab, ab),
                row(column, Collections.singleton(null), element, element, element),
                row(column, Set.of(1), element, element, element),
                row(column, Set.of("\ud83d"), new No("text"), new No("text"), new No("text")),
                row(column, Collections.nCopies(Limits.ELEMENTS + 1, "a"), TYPE, new No("size"), new No("size")),
                row(column, "a", TYPE, TYPE, TYPE));
    }

    static Stream<Arguments> json() {
        Column<Json> column = Column.json("c");
        Json one = Json.parse("{\"a\":1}");
        No json = new No("json");
        return Stream.of(
                row(column, one, new Ok(one), new Ok(one), new Ok(one)),
                row(column, "{ \"a\" : 1.0 }", TYPE, new Bent(one, Why.PARSED), new Bent(one, Why.PARSED)),
                row(column, Map.of("a", 1), TYPE, new Ok(one), new Ok(one)),
                row(
                        column,
                        Arrays.asList(1, null),
                        TYPE,
                        new Ok(Json.parse("[1,null]")),
                        new Ok(Json.parse("[1,null]"))),
                row(column, true, TYPE, new Ok(Json.parse("true")), new Ok(Json.parse("true"))),
                row(column, Double.NaN, TYPE, json, json),
                row(column, "{", TYPE, json, json),
                row(column, Map.of(1, 1), TYPE, json, json),
                row(column, new Object(), TYPE, TYPE, TYPE));
    }

    @ParameterizedTest
    @MethodSource({
        "text",
        "dev.rowkeep.schema.NumberVerdicts#integer",
        "dev.rowkeep.schema.NumberVerdicts#decimal",
        "dev.rowkeep.schema.NumberVerdicts#floating",
        "bool",
        "date",
        "timestamp",
        "uuid",
        "enumeration",
        "bytes",
        "textSet",
        "json"
    })
    void eachModeGivesItsVerdict(Column<?> column, Object raw, Object off, Object strict, Object lenient) {
        assertVerdict(column.coercion(OFF), raw, off);
        assertVerdict(column.coercion(STRICT), raw, strict);
        assertVerdict(column.coercion(LENIENT), raw, lenient);
    }

    @ParameterizedTest
    @MethodSource({
        "text",
        "dev.rowkeep.schema.NumberVerdicts#integer",
        "dev.rowkeep.schema.NumberVerdicts#decimal",
        "dev.rowkeep.schema.NumberVerdicts#floating",
        "bool",
        "date",
        "timestamp",
        "uuid",
        "enumeration",
        "bytes",
        "textSet",
        "json"
    })
    void aCanonicalValueIsAcceptedAsItIs(Column<?> column, Object raw, Object off, Object strict, Object lenient) {
        Object canonical = CellReader.value(column.coercion(LENIENT).judge(raw));
        if (canonical != null) {
            assertThat(canonical).isInstanceOf(column.type().kind().canonical());
            assertThat(column.judge(canonical)).isEqualTo(new CellVerdict.Accepted("c", canonical));
        }
    }

    @ParameterizedTest
    @MethodSource({
        "text",
        "dev.rowkeep.schema.NumberVerdicts#integer",
        "dev.rowkeep.schema.NumberVerdicts#decimal",
        "dev.rowkeep.schema.NumberVerdicts#floating",
        "bool",
        "date",
        "timestamp",
        "uuid",
        "enumeration",
        "bytes",
        "textSet",
        "json"
    })
    void aMissingValueIsAcceptedUnlessRequired(
            Column<?> column, Object raw, Object off, Object strict, Object lenient) {
        for (Coercion mode : Coercion.values()) {
            assertVerdict(column.coercion(mode), null, new Ok(null));
            assertVerdict(column.coercion(mode).required(), null, new No("required"));
        }
        assertVerdict(column.coercion(LENIENT).required(), " \t", new No("required"));
    }

    private static void assertVerdict(Column<?> column, @Nullable Object raw, Object expected) {
        CellVerdict verdict = column.judge(raw);
        String mode = "in mode " + column.coercion();
        if (expected instanceof Ok ok) {
            assertThat(verdict).as(mode).isEqualTo(new CellVerdict.Accepted("c", ok.value()));
        } else if (expected instanceof Bent bent) {
            assertThat(verdict).as(mode).isEqualTo(new CellVerdict.Coerced("c", raw, bent.value(), bent.why()));
        } else {
            assertThat(verdict).as(mode).isInstanceOfSatisfying(CellVerdict.Rejected.class, rejected -> {
                assertThat(rejected.rule()).as(mode).isEqualTo(((No) expected).rule());
                assertThat(rejected.column()).isEqualTo("c");
                assertThat(rejected.fix()).endsWith(".");
            });
        }
    }

    static Arguments row(Column<?> column, Object raw, Object off, Object strict, Object lenient) {
        return arguments(column, raw, off, strict, lenient);
    }
}
