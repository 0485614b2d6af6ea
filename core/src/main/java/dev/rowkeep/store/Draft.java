package dev.rowkeep.store;

import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.Preview;
import dev.rowkeep.schema.Schema;
import java.util.List;

/**
 * Edits that are collected over time, as by a form or a grid, and then saved in one commit or thrown away. It lives in memory only, and
 * holds nobody up: others go on writing, and what the edits stand on decides when they are saved.
 *
 * <p>Safe for use by several threads: calls take turns, and those that come while the draft is being saved wait for that.
 */
public interface Draft {
    /**
     * Adds an edit. What was staged of the same record before is kept as {@link Edit#followedBy} says.
     *
     * <p>An edit with a value that breaks a rule is not staged, and what was staged of the record stays. A conflict, or a unique value
     * that another record holds, does not keep an edit out: either may be settled until the draft is saved.
     *
     * @return what all that is staged of the record, {@code edit} included, would do at this moment
     * @throws IllegalArgumentException if the edit stands on nothing although it must, or does not go together with what is staged
     */
    <K, T> Preview<K, T> stage(Edit<K, T> edit);

    /** Takes out what is staged of a record; nothing happens if nothing is. */
    <K> void unstage(Schema<K, ?> schema, K key);

    /** What is staged, one edit per record, in the order in which the records came. */
    List<Edit<?, ?>> edits();

    /** What each edit by itself would do at this moment, in the order of {@link #edits}. Blocks while the storage reads. */
    List<StagedEdit<?, ?>> preview();

    /**
     * Commits all edits at once, or none. Afterwards the draft is empty if they landed, and as it was if not, so that what stood in the
     * way can be answered and saved again. Blocks until the outcome is durable.
     *
     * @throws IllegalStateException if nothing is staged
     * @throws dev.rowkeep.error.UnknownOutcomeException if nobody knows whether it landed; the draft is as it was
     */
    CommitResult save();

    /** Takes out everything. */
    void discard();

    /**
     * An edit of a draft and what it would do.
     *
     * @param edit the edit
     * @param preview verdicts, changed cells and conflict, against the newest state
     * @param <K> the key's type
     * @param <T> the record's type
     */
    record StagedEdit<K, T>(Edit<K, T> edit, Preview<K, T> preview) {}
}
