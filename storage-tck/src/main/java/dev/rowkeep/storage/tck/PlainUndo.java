package dev.rowkeep.storage.tck;

import dev.rowkeep.storage.tck.PlainPast.Held;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What an author's undo and redo take back, by a plain model. Used by one thread. */
final class PlainUndo {
    private final Deque<Step> undo = new ArrayDeque<>();
    private final Deque<Step> redo = new ArrayDeque<>();

    /**
     * What undo or redo takes back.
     *
     * @param state what is there then
     * @param edit the commit that was an edit
     * @param last the one that did it, undid it or did it again last
     */
    record Step(SortedMap<String, Held> state, long edit, long last) {}

    /** The commit {@code head} was an edit of what was {@code before}. */
    void edited(SortedMap<String, Held> before, long head) {
        undo.push(new Step(before, head, head));
        redo.clear();
    }

    /** The next to undo of what the log, which begins at {@code start}, holds. */
    Optional<Step> undo(long start) {
        return Optional.ofNullable(undo.peek()).filter(step -> step.edit() > start);
    }

    Optional<Step> redo(long start) {
        return Optional.ofNullable(redo.peek()).filter(step -> step.last() > start);
    }

    /** The commit {@code head} has taken back {@code step} of what was {@code before}. */
    void taken(Step step, SortedMap<String, Held> before, long head) {
        boolean isUndone = step.equals(undo.peek());
        (isUndone ? undo : redo).pop();
        (isUndone ? redo : undo).push(new Step(before, step.edit(), head));
    }

    /** The name of {@code key} was erased, and does not come back. */
    void forget(String key) {
        forget(undo, key);
        forget(redo, key);
    }

    private static void forget(Deque<Step> stack, String key) {
        List<Step> without = stack.stream()
                .map(step -> new Step(PlainPast.without(step.state(), key), step.edit(), step.last()))
                .toList();
        stack.clear();
        stack.addAll(without);
    }
}
