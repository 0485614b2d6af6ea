package dev.rowkeep.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class TextMergePropertiesTest {
    /** What a writer does to one line of the base, or between it and the next. */
    enum LineEdit {
        KEEP,
        CHANGE,
        GROW,
        REMOVE,
        ADD_AFTER
    }

    /** Two of every three lines are left alone by both, so that no two edits touch. */
    private static final int SPACING = 3;

    @Property
    void disjointLineEditsOfBothSidesAreKept(
            @ForAll @Size(min = 1, max = 12) List<LineEdit> edits, @ForAll @Size(12) List<Boolean> isMine) {
        List<String> base = new ArrayList<>();
        List<String> mine = new ArrayList<>();
        List<String> theirs = new ArrayList<>();
        List<String> both = new ArrayList<>();
        for (int i = 0; i < edits.size() * SPACING; i++) {
            String line = "line " + i + "\n";
            LineEdit edit = i % SPACING == 1 ? edits.get(i / SPACING) : LineEdit.KEEP;
            boolean editedByMe = isMine.get(i / SPACING);
            base.add(line);
            mine.addAll(applied(editedByMe ? edit : LineEdit.KEEP, line));
            theirs.addAll(applied(editedByMe ? LineEdit.KEEP : edit, line));
            both.addAll(applied(edit, line));
        }

        assertThat(merge(base, mine, theirs)).isEqualTo(String.join("", both));
    }

    @Property
    void disjointWordEditsOfBothSidesAreKept(@ForAll @Size(min = 2, max = 10) List<WordEdit> edits) {
        List<String> base = new ArrayList<>();
        List<String> mine = new ArrayList<>();
        List<String> theirs = new ArrayList<>();
        List<String> both = new ArrayList<>();
        for (int i = 0; i < edits.size(); i++) {
            base.add("w" + i);
            mine.add(edits.get(i) == WordEdit.MINE ? "m" + i : "w" + i);
            theirs.add(edits.get(i) == WordEdit.THEIRS ? "t" + i : "w" + i);
            both.add((edits.get(i) == WordEdit.MINE ? "m" : edits.get(i) == WordEdit.THEIRS ? "t" : "w") + i);
        }

        assertThat(TextMerge.merge(String.join(" ", base), String.join(" ", mine), String.join(" ", theirs)))
                .isEqualTo(String.join(" ", both));
    }

    enum WordEdit {
        NONE,
        MINE,
        THEIRS
    }

    @Property
    void sidesAreAlike(@ForAll("texts") String base, @ForAll("texts") String a, @ForAll("texts") String b) {
        assertThat(TextMerge.merge(base, a, b)).isEqualTo(TextMerge.merge(base, b, a));
    }

    @Property
    void sideThatChangedNothingYields(@ForAll("texts") String base, @ForAll("texts") String side) {
        assertThat(TextMerge.merge(base, base, side)).isEqualTo(side);
        assertThat(TextMerge.merge(base, side, base)).isEqualTo(side);
    }

    @Property
    void sameEditsLandOnce(@ForAll("texts") String base, @ForAll("texts") String side) {
        assertThat(TextMerge.merge(base, side, side)).isEqualTo(side);
    }

    @Property
    void tokensPutTogetherAreTheText(@ForAll String text) {
        for (Grain grain : Grain.values()) {
            assertThat(String.join("", grain.cut(text))).isEqualTo(text);
            assertThat(grain.cut(text)).doesNotContain("");
        }
    }

    @Property
    void hunksTurnTheBaseIntoTheSideAndNeverTouch(
            @ForAll("tokens") List<String> base, @ForAll("tokens") List<String> side) {
        List<Hunk> hunks = Hunk.between(base, side);

        List<String> result = new ArrayList<>();
        int kept = 0;
        int least = 0;
        for (Hunk hunk : hunks) {
            assertThat(hunk.start()).isGreaterThanOrEqualTo(least);
            result.addAll(base.subList(kept, hunk.start()));
            result.addAll(hunk.replacement());
            kept = hunk.end();
            least = kept + 1;
        }
        result.addAll(base.subList(kept, base.size()));
        assertThat(result).isEqualTo(side);
    }

    private static List<String> applied(LineEdit edit, String line) {
        return switch (edit) {
            case KEEP -> List.of(line);
            case CHANGE -> List.of("changed " + line);
            case GROW -> List.of("changed " + line, "more of " + line);
            case REMOVE -> List.of();
            case ADD_AFTER -> List.of(line, "after " + line);
        };
    }

    private static String merge(List<String> base, List<String> mine, List<String> theirs) {
        String merged = TextMerge.merge(String.join("", base), String.join("", mine), String.join("", theirs));
        assertThat(TextMerge.merge(String.join("", base), String.join("", theirs), String.join("", mine)))
                .isEqualTo(merged);
        return merged;
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab c\n").ofMaxLength(24);
    }

    @Provide
    Arbitrary<List<String>> tokens() {
        return Arbitraries.of("a", "b", "c").list().ofMaxSize(20);
    }
}
