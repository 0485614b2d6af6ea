package dev.rowkeep.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TextMergeTest {
    @Test
    void editsOfDifferentLinesAreBothKept() {
        assertMerged("one\ntwo\nthree\n", "ONE\ntwo\nthree\n", "one\ntwo\nTHREE\n", "ONE\ntwo\nTHREE\n");
    }

    @Test
    void editsOfNeighbouringLinesAreBothKept() {
        assertMerged("one\ntwo\n", "ONE\ntwo\n", "one\nTWO\n", "ONE\nTWO\n");
    }

    @Test
    void lineAddedAtTheEndAndLineAddedAtTheStartAreBothKept() {
        assertMerged("one\n", "zero\none\n", "one\ntwo\n", "zero\none\ntwo\n");
    }

    @Test
    void lineRemovedAndAnotherChangedAreBothKept() {
        assertMerged("one\ntwo\nthree\n", "two\nthree\n", "one\ntwo\nTHREE\n", "two\nTHREE\n");
    }

    @Test
    void textWithoutLineFeedAtItsEndIsMergedToo() {
        assertMerged("one\ntwo", "one\ntwo\nthree", "ONE\ntwo", "ONE\ntwo\nthree");
    }

    @Test
    void editsOfDifferentWordsInOneLineAreBothKept() {
        assertMerged("the quick brown fox\n", "the slow brown fox\n", "the quick brown dog\n", "the slow brown dog\n");
    }

    @Test
    void wordAddedBesideAChangedWordIsKept() {
        assertMerged("the cat", "the black cat", "the dog", "the black dog");
    }

    @Test
    void differentChangesOfOneWordAreUndecided() {
        assertUndecided("10", "100", "20");
        assertUndecided("a cat b", "a cats b", "a dog b");
    }

    @Test
    void differentInsertionsAtOnePlaceAreUndecided() {
        assertUndecided("one\n", "one\ntwo\n", "one\nthree\n");
        assertUndecided("one two", "one and two", "one or two");
        assertUndecided("", "a", "b");
    }

    @Test
    void changeOfWhatTheOtherSideRemovedIsUndecided() {
        assertUndecided("one\ntwo\nthree\n", "one\nthree\n", "one\ntwo!\nthree\n");
    }

    @Test
    void additionToWhatTheOtherSideRemovedIsUndecided() {
        assertUndecided("one\ntwo\nthree\n", "one\nthree\n", "one\ntwo\ntwo and a half\nthree\n");
    }

    @Test
    void sameEditOnBothSidesLandsOnce() {
        assertMerged(
                "one\ntwo\nthree\n",
                "one\nnew\ntwo\nTHREE\n",
                "ONE\none\nnew\ntwo\nthree\n",
                "ONE\none\nnew\ntwo\nTHREE\n");
        assertMerged("one two\nthree\n", "one 2\nthree\n4\n", "1 2\nthree\n", "1 2\nthree\n4\n");
    }

    @Test
    void scriptsWithoutSpacesAreMergedByCharacter() {
        assertMerged("今日は天気", "昨日は天気", "今日は雨気", "昨日は雨気");
    }

    @Test
    void characterIsNeverTakenApart() {
        // A base letter with its accent, and two people joined into one picture.
        assertUndecided("e\u0301", "e\u0300", "a\u0301");
        assertUndecided("👩\u200D💻", "👩\u200D🔬", "👨\u200D💻");
    }

    @Test
    void carriageReturnsStayWhereTheyWere() {
        assertMerged("a b\r\nc\r\n", "x b\r\nc\r\n", "a y\r\nc\r\nd\r\n", "x y\r\nc\r\nd\r\n");
    }

    @Test
    void hugeRewriteStillMergesWithAnEditOutsideIt() {
        String body = lines("line", Hunk.MOST_COMPARED);
        String rewritten = lines("other", Hunk.MOST_COMPARED);

        assertMerged(
                "head\n" + body + "tail\n",
                "HEAD\n" + body + "tail\n",
                "head\n" + rewritten + "tail\n",
                "HEAD\n" + rewritten + "tail\n");
    }

    @Test
    void hugeRewriteCountsAsChangedFromItsFirstLineToItsLast() {
        String body = lines("line", Hunk.MOST_COMPARED);
        String rewritten = lines("line", Hunk.MOST_COMPARED).replace("9\n", "9!\n");

        assertUndecided(body, rewritten, body.replace("line 10\n", "line ten\n"));
    }

    private static String lines(String text, int count) {
        return IntStream.range(0, count).mapToObj(i -> text + " " + i + "\n").collect(Collectors.joining());
    }

    private static void assertMerged(String base, String mine, String theirs, String merged) {
        assertThat(TextMerge.merge(base, mine, theirs)).isEqualTo(merged);
        assertThat(TextMerge.merge(base, theirs, mine)).isEqualTo(merged);
    }

    private static void assertUndecided(String base, String mine, String theirs) {
        assertThat(TextMerge.merge(base, mine, theirs)).isNull();
        assertThat(TextMerge.merge(base, theirs, mine)).isNull();
    }
}
