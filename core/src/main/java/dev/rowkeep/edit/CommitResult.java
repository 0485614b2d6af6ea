package dev.rowkeep.edit;

import dev.rowkeep.commit.Position;
import java.util.List;

/** What became of several edits that were to land together or not at all. */
public sealed interface CommitResult {
    /**
     * The results in the order of the edits.
     *
     * @throws VersionConflictException if an edit conflicted
     * @throws RejectedException if an edit was rejected
     * @throws DeferredException if an edit was put off
     */
    List<WriteResult<?, ?>> orThrow();

    /**
     * All edits landed in one commit.
     *
     * @param position where; the head of the log if no edit changed anything
     * @param results one per edit, in their order
     * @param erased of an undo, redo or restore, the cells that it left as they are, because what was in them was erased
     */
    record Committed(Position position, List<WriteResult<?, ?>> results, List<ErasedCell> erased)
            implements CommitResult {
        /** Copies the lists. */
        public Committed {
            results = List.copyOf(results);
            erased = List.copyOf(erased);
        }

        /** With nothing that was erased. */
        public Committed(Position position, List<WriteResult<?, ?>> results) {
            this(position, results, List.of());
        }

        @Override
        public List<WriteResult<?, ?>> orThrow() {
            return results;
        }
    }

    /**
     * Nothing was written.
     *
     * @param problems the conflicts, rejections and deferrals, in the order of the edits that met them
     */
    record Refused(List<WriteResult<?, ?>> problems) implements CommitResult {
        /** Copies the problems. */
        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public List<WriteResult<?, ?>> orThrow() {
            problems.get(0).orThrow();
            throw new IllegalStateException("A refused commit holds a problem");
        }
    }

    /**
     * The same request was decided before; nothing was done again.
     *
     * @param first what it was answered then; records are as they were then
     * @param position the commit that carried it out; if that time nothing was written, the newest commit at that moment
     */
    record Duplicate(CommitResult first, Position position) implements CommitResult {
        @Override
        public List<WriteResult<?, ?>> orThrow() {
            return first.orThrow();
        }
    }
}
