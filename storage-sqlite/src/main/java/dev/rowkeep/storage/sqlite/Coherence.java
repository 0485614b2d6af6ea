package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.Capabilities.Sharing;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.RowWrite;
import java.util.List;
import java.util.Optional;

/** How this handle and those of other processes learn of each other's commits. */
sealed interface Coherence permits AloneCoherence, CountedCoherence, VersionedCoherence {
    /** Who may write. */
    Sharing sharing();

    /** What tells whether others changed records of the store with a number; empty if none can. */
    Optional<ChangeStamps> stamps(int storeId);

    /** A stamp for the head that is about to be read; {@link ChangeStamps#UNSETTLED} if that must not be kept. */
    long logStamp();

    /** Whether nobody at all has committed since {@link #logStamp} gave {@code stamp}. */
    boolean isLogUntouched(long stamp);

    /** Whether nobody else has written since this handle last did. Asked by the holder of the write lock. */
    boolean isLastWriter();

    /** Before a commit of these writes may be seen. Called by the holder of the write lock. */
    void begin(List<RowWrite> writes);

    /** Before a commit of any number of records may be seen. Called by the holder of the write lock. */
    void beginAll();

    /** After what began is seen by all, or is certain never to be. */
    void end();

    /** After something began of which nobody knows how it ended. Called by the holder of the write lock. */
    void repair();

    /** Gives back what is held. */
    void close();
}
