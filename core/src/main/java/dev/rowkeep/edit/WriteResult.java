package dev.rowkeep.edit;

import dev.rowkeep.commit.Position;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.RecordVerdict;
import java.util.List;

/**
 * What became of one edit. The first three mean that the store now is as the edit wants it, durably; after the others nothing
 * of it was written, but that a {@link Duplicate} had been before, if its first result says so.
 *
 * @param <K> the key's type
 * @param <T> the record's type
 */
public sealed interface WriteResult<K, T> {
    /**
     * The record as it now is; of a deleted record, the last content under the delete's version.
     *
     * @throws VersionConflictException if this is a {@link Conflict}
     * @throws RejectedException if this is a {@link Rejected}
     * @throws DeferredException if this is a {@link Deferred}
     */
    VersionedRecord<K, T> orThrow();

    /**
     * The edit was written on the state it stands on.
     *
     * @param record the new version
     * @param coercions the raw values that were bent to fit
     */
    record Applied<K, T>(VersionedRecord<K, T> record, List<CellVerdict.Coerced> coercions)
            implements WriteResult<K, T> {
        @Override
        public VersionedRecord<K, T> orThrow() {
            return record;
        }
    }

    /**
     * The edit was merged with what others had written since.
     *
     * @param record the new version
     * @param cells the cells that both had changed and a rule decided; empty if they touched different cells
     */
    record Merged<K, T>(VersionedRecord<K, T> record, List<MergedCell> cells) implements WriteResult<K, T> {
        @Override
        public VersionedRecord<K, T> orThrow() {
            return record;
        }
    }

    /**
     * The record already was as the edit wants it; no version was made.
     *
     * @param record the version that is there
     */
    record Unchanged<K, T>(VersionedRecord<K, T> record) implements WriteResult<K, T> {
        @Override
        public VersionedRecord<K, T> orThrow() {
            return record;
        }
    }

    /**
     * Another writer stands in the way.
     *
     * @param conflict who, what, and how to answer
     */
    record Conflicted<K, T>(Conflict<K, T> conflict) implements WriteResult<K, T> {
        @Override
        public VersionedRecord<K, T> orThrow() {
            throw new VersionConflictException(conflict);
        }
    }

    /**
     * A rule stands in the way.
     *
     * @param store the store's name
     * @param verdict every violation
     */
    record Rejected<K, T>(String store, RecordVerdict verdict) implements WriteResult<K, T> {
        @Override
        public VersionedRecord<K, T> orThrow() {
            throw new RejectedException(store, verdict);
        }
    }

    /**
     * A user has just touched the record, and the edit's guard put it off.
     *
     * @param deferral who, when, and until when
     */
    record Deferred<K, T>(Deferral deferral) implements WriteResult<K, T> {
        @Override
        public VersionedRecord<K, T> orThrow() {
            throw new DeferredException(deferral);
        }
    }

    /**
     * The same request was decided before; nothing was done again.
     *
     * @param first what it was answered then; records are as they were then
     * @param position the commit that carried it out; if that time nothing was written, the newest commit at that moment
     */
    record Duplicate<K, T>(WriteResult<K, T> first, Position position) implements WriteResult<K, T> {
        @Override
        public VersionedRecord<K, T> orThrow() {
            return first.orThrow();
        }
    }
}
