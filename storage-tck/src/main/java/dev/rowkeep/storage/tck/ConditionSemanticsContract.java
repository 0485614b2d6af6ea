package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Kinds.BOOLEAN;
import static dev.rowkeep.storage.tck.Kinds.BYTES;
import static dev.rowkeep.storage.tck.Kinds.COLUMNS;
import static dev.rowkeep.storage.tck.Kinds.INTEGER;
import static dev.rowkeep.storage.tck.Kinds.JSON;
import static dev.rowkeep.storage.tck.Kinds.LAYOUT;
import static dev.rowkeep.storage.tck.Kinds.TEXT;
import static dev.rowkeep.storage.tck.Kinds.TEXTS;
import static dev.rowkeep.storage.tck.Stores.ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Author;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Condition.And;
import dev.rowkeep.query.Condition.Comparison;
import dev.rowkeep.query.Condition.In;
import dev.rowkeep.query.Condition.Operator;
import dev.rowkeep.query.Condition.Or;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The part of the semantics table that is about conditions: {@code docs/semantics.md} has a line for each of these tests. */
abstract class ConditionSemanticsContract extends ContractTests {
    /** What could be taken for a pattern, a quote, an escape or the same letter; the first is empty. */
    private static final List<String> TEXT_VALUES =
            List.of(("|a|A|ab|aB|a%b|A%b|a_b|axb|a*b|a?b|[a]b|a'b|a\"b|a\\b|a\\%b| a|a |a\nb|"
                            + "\u00e4|a\u0308|\u00df|ss|\u0130|i|\ud83d\ude00a|a\ud83d\ude00")
                    .split("\\|"));

    ConditionSemanticsContract(StorageFixture fixture) {
        super(fixture, LAYOUT, Stores.COUNTERS);
    }

    /** Stores records k00, k01, … with one of {@code values} each in {@code column}. */
    private void fill(Column<?> column, List<? extends @Nullable Object> values) {
        assertHolds(commit(draft -> {
            for (int i = 0; i < values.size(); i++) {
                draft.put(LAYOUT, key(i), Kinds.only(column, values.get(i)));
            }
        }));
    }

    private static String key(int i) {
        return i < 10 ? "k0" + i : "k" + i;
    }

    private void assertFinds(Condition condition, Integer... places) {
        List<String> expected =
                Arrays.stream(places).map(ConditionSemanticsContract::key).toList();
        assertThat(keys(LAYOUT, condition)).as("%s", condition).isEqualTo(expected);
        assertThat(storage().count(LAYOUT, condition))
                .as("count of %s", condition)
                .isEqualTo(expected.size());
    }

    @Test
    void missingComesFirstAscendingAndLastDescending() {
        fill(INTEGER, Arrays.asList(5L, null, Long.MIN_VALUE, null));
        assertThat(keys(LAYOUT, Condition.everything(), Order.ascending(INTEGER)))
                .containsExactly("k01", "k03", "k02", "k00");
        assertThat(keys(LAYOUT, Condition.everything(), Order.descending(INTEGER)))
                .containsExactly("k00", "k02", "k01", "k03");
    }

    @Test
    void comparingAMissingCellIsFalse() {
        fill(INTEGER, Arrays.asList(5L, null));
        for (Operator operator : Operator.values()) {
            Condition comparison = new Comparison(INTEGER, operator, 5L);
            assertThat(keys(LAYOUT, comparison)).as("%s", operator).doesNotContain("k01");
            assertThat(keys(LAYOUT, comparison.not())).as("not %s", operator).contains("k01");
        }
        assertFinds(Condition.isMissing(INTEGER), 1);
        assertFinds(Condition.isMissing(INTEGER).not(), 0);
    }

    @Test
    void notIsTwoValued() {
        fill(TEXT, Arrays.asList("a", null, "b"));
        assertFinds(Condition.eq(TEXT, "a").not(), 1, 2);
        assertFinds(Condition.eq(TEXT, "a").not().not(), 0);
        assertFinds(Condition.in(TEXT, List.of("a", "b")).not(), 1);
        assertFinds(Condition.startsWith(TEXT, "a").not(), 1, 2);
        assertFinds(Condition.contains(TEXT, "a").not(), 1, 2);
        assertFinds(Condition.between(TEXT, "a", "z").not(), 1);
        assertFinds(Condition.eq(TEXT, "a").or(Condition.eq(INTEGER, 1L)).not(), 1, 2);
        assertFinds(Condition.eq(TEXT, "a").and(Condition.eq(INTEGER, 1L)).not(), 0, 1, 2);
        assertFinds(Condition.eq(TEXT, "a").or(Condition.eq(INTEGER, 1L).not()), 0, 1, 2);
        assertFinds(Condition.everything().not());
    }

    @Test
    void emptyIsAValue() {
        fill(TEXT, Arrays.asList("", null, "x"));
        assertFinds(Condition.eq(TEXT, ""), 0);
        assertFinds(Condition.isMissing(TEXT), 1);
        assertFinds(Condition.less(TEXT, "a"), 0);
        commit(draft -> draft.put(LAYOUT, key(0), Kinds.only(BYTES, Bytes.of()))
                .put(LAYOUT, key(2), Kinds.only(TEXTS, Kinds.set())));
        assertFinds(Condition.eq(BYTES, Bytes.of()), 0);
        assertFinds(Condition.isMissing(BYTES), 1, 2);
        assertFinds(Condition.eq(TEXTS, Kinds.set()), 2);
        assertFinds(Condition.isMissing(TEXTS), 0, 1);
    }

    @Test
    void textIsComparedToTheLetter() {
        fill(TEXT, TEXT_VALUES);
        for (int i = 0; i < TEXT_VALUES.size(); i++) {
            assertFinds(Condition.eq(TEXT, TEXT_VALUES.get(i)), i);
            assertFinds(Condition.in(TEXT, List.of(TEXT_VALUES.get(i), "nothing")), i);
        }
    }

    @Test
    void startsWithIsToTheLetter() {
        fill(TEXT, TEXT_VALUES);
        for (String prefix : TEXT_VALUES) {
            assertFinds(Condition.startsWith(TEXT, prefix), placesWhere(text -> text.startsWith(prefix)));
        }
        assertFinds(Condition.startsWith(TEXT, "a%"), TEXT_VALUES.indexOf("a%b"));
        assertFinds(Condition.startsWith(TEXT, "%"));
        assertFinds(Condition.startsWith(TEXT, "a\\%"), TEXT_VALUES.indexOf("a\\%b"));
    }

    @Test
    void containsIsToTheLetter() {
        fill(TEXT, TEXT_VALUES);
        for (String part : TEXT_VALUES) {
            assertFinds(Condition.contains(TEXT, part), placesWhere(text -> text.contains(part)));
        }
        for (String part :
                List.of("%", "_", "*", "?", "[", "]", "'", "\"", "\\", "\\%", "B", "\u0308", "\ud83d\ude00", "\n")) {
            assertFinds(Condition.contains(TEXT, part), placesWhere(text -> text.contains(part)));
        }
    }

    private static Integer[] placesWhere(java.util.function.Predicate<String> test) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < TEXT_VALUES.size(); i++) {
            if (test.test(TEXT_VALUES.get(i))) {
                places.add(i);
            }
        }
        return places.toArray(Integer[]::new);
    }

    @Test
    void setsAreEqualByTheirElements() {
        fill(
                TEXTS,
                Arrays.asList(
                        Kinds.set("b", "a"),
                        Kinds.set("a"),
                        Kinds.set(),
                        null,
                        Kinds.set("A"),
                        Kinds.set("a,b"),
                        Kinds.set("\ud83d\ude00", "\ufffd", "\"", "[")));
        assertFinds(Condition.eq(TEXTS, Kinds.set("a", "b")), 0);
        assertFinds(Condition.eq(TEXTS, Kinds.set("a")), 1);
        assertFinds(Condition.eq(TEXTS, Kinds.set()), 2);
        assertFinds(Condition.eq(TEXTS, Kinds.set("a", "b")).not(), 1, 2, 3, 4, 5, 6);
        assertFinds(Condition.in(TEXTS, List.of(Kinds.set("A"), Kinds.set("b"))), 4);
        assertFinds(Condition.eq(TEXTS, Kinds.set("[", "\"", "\ufffd", "\ud83d\ude00")), 6);
        assertThat(Transcript.value(image(LAYOUT, "k06").cells()[COLUMNS.indexOf(TEXTS)]))
                .isEqualTo(Transcript.value(Kinds.set("\"", "[", "\ufffd", "\ud83d\ude00")));
    }

    @Test
    void containsFindsAWholeElementOfASet() {
        fill(
                TEXTS,
                Arrays.asList(
                        Kinds.set("ab", "c"),
                        Kinds.set("a", "b"),
                        Kinds.set(),
                        null,
                        Kinds.set(""),
                        Kinds.set("a\",\"b"),
                        Kinds.set("%", "A"),
                        Kinds.set("'", "\\"),
                        Kinds.set("\ud83d\ude00")));
        assertFinds(Condition.contains(TEXTS, "a"), 1);
        assertFinds(Condition.contains(TEXTS, "ab"), 0);
        assertFinds(Condition.contains(TEXTS, "A"), 6);
        assertFinds(Condition.contains(TEXTS, ""), 4);
        assertFinds(Condition.contains(TEXTS, "a\",\"b"), 5);
        assertFinds(Condition.contains(TEXTS, "%"), 6);
        assertFinds(Condition.contains(TEXTS, "'"), 7);
        assertFinds(Condition.contains(TEXTS, "\\"), 7);
        assertFinds(Condition.contains(TEXTS, "\ud83d\ude00"), 8);
        assertFinds(Condition.contains(TEXTS, "a").not(), 0, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void jsonIsEqualAsAValue() {
        List<@Nullable Object> values = Arrays.asList(
                Json.parse("{\"a\":1,\"b\":[true,null]}"),
                Json.parse("{\"a\":2}"),
                Json.parse("null"),
                null,
                Json.parse("\"\""),
                Json.parse("[]"),
                Json.parse("{}"),
                Json.parse("\"it's %_ \ud83d\ude00\""));
        fill(JSON, values);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Json json) {
                assertFinds(Condition.eq(JSON, json), i);
                assertFinds(Condition.in(JSON, List.of(json)), i);
                assertThat(image(LAYOUT, key(i)).cells()[COLUMNS.indexOf(JSON)]).isEqualTo(json);
            }
        }
        assertFinds(Condition.isMissing(JSON), 3);
        assertFinds(Condition.eq(JSON, Json.parse("{}")).not(), 0, 1, 2, 3, 4, 5, 7);
    }

    @Test
    void inTakesManyValues() {
        fill(INTEGER, Arrays.asList(0L, null, 9_999L, 10_000L, -1L));
        assertFinds(Condition.in(INTEGER, LongStream.range(0, 10_000).boxed().toList()), 0, 2);
        assertFinds(
                Condition.in(INTEGER, LongStream.range(0, 10_000).boxed().toList())
                        .not(),
                1,
                3,
                4);
        assertFinds(new In(INTEGER, List.of()));
        assertFinds(new In(INTEGER, List.of()).not(), 0, 1, 2, 3, 4);
        assertFinds(Condition.in(INTEGER, List.of(0L, 0L, 0L)), 0);
    }

    @Test
    void betweenIncludesBothEnds() {
        fill(INTEGER, Arrays.asList(1L, 2L, 3L, 4L, null));
        assertFinds(Condition.between(INTEGER, 2L, 3L), 1, 2);
        assertFinds(Condition.between(INTEGER, 2L, 2L), 1);
        assertFinds(Condition.between(INTEGER, 3L, 2L));
        assertFinds(Condition.between(INTEGER, 2L, 3L).not(), 0, 3, 4);
        assertFinds(Condition.between(INTEGER, Long.MIN_VALUE, Long.MAX_VALUE), 0, 1, 2, 3);
    }

    @Test
    void allOfNothingHoldsAndOneOfNothingDoesNot() {
        fill(INTEGER, Arrays.asList(1L, null));
        assertFinds(new And(List.of()), 0, 1);
        assertFinds(new Or(List.of()));
        assertFinds(new And(List.of()).not());
        assertFinds(new Or(List.of()).not(), 0, 1);
        assertFinds(Condition.all(Condition.eq(INTEGER, 1L)), 0);
    }

    @Test
    void theKeyIsAColumnLikeAnyOther() {
        fill(BOOLEAN, Arrays.asList(true, false, null, true));
        assertFinds(Condition.eq(ID, "k01"), 1);
        assertFinds(Condition.in(ID, List.of("k01", "k03", "k99")), 1, 3);
        assertFinds(Condition.between(ID, "k01", "k02"), 1, 2);
        assertFinds(Condition.startsWith(ID, "k0").and(Condition.eq(BOOLEAN, true)), 0, 3);
        assertFinds(Condition.contains(ID, "K"));
        assertFinds(Condition.isMissing(ID));
        assertFinds(Condition.greater(ID, "k01").not(), 0, 1);
    }

    @Test
    void aTouchIsThatOfTheLastUser() {
        commit(draft -> draft.by(Author.user("ana")).at(1_000).put(LAYOUT, key(0), Kinds.only(INTEGER, 1L)));
        commit(draft -> draft.by(Author.job("nightly"))
                .at(2_000)
                .put(LAYOUT, key(0), Kinds.only(INTEGER, 2L))
                .put(LAYOUT, key(1), Kinds.only(INTEGER, 2L)));
        commit(draft -> draft.by(Author.user("ben")).at(3_000).put(LAYOUT, key(2), Kinds.only(INTEGER, 1L)));
        assertFinds(touchedSince(1_000), 0, 2);
        assertFinds(touchedSince(1_001), 2);
        assertFinds(touchedSince(3_001));
        assertFinds(touchedSince(3_000).not(), 0, 1);
        assertFinds(touchedSince(-1).not(), 1);
    }

    private static Condition touchedSince(long micros) {
        return Condition.touchedByUserSince(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    @Test
    void conditionsNest() {
        fill(INTEGER, Arrays.asList(1L, 2L, 3L, null));
        Condition deep = Condition.eq(INTEGER, 2L);
        for (int i = 0; i < 100; i++) {
            deep = i % 2 == 0 ? deep.not() : deep.and(Condition.everything()).or(Condition.eq(INTEGER, -1L));
        }
        assertFinds(deep, 1);
        List<Condition> many = new ArrayList<>();
        for (long i = 0; i < 300; i++) {
            many.add(Condition.eq(INTEGER, i % 3));
        }
        assertFinds(new Or(many), 0, 1);
        assertFinds(new And(many));
    }
}
