package dev.rowkeep.spi;

/**
 * Tells a cache of one store's records whether other processes may have changed what it holds. Safe for use by several threads; the first
 * two methods are called on every read and must not block.
 *
 * <p>Obligations of every implementation:
 *
 * <ol>
 *   <li>A copy of a record that was read after its stamp was given, and is current, is the newest version that anybody has committed
 *       and was told of, but for commits of this handle, which core knows of.
 *   <li>This holds whatever becomes of other processes, and whenever they stop or end.
 * </ol>
 */
public interface ChangeStamps {
    /** A stamp under which nothing may be kept. */
    long UNSETTLED = -1;

    /** The stamp of a record that is about to be read; {@link #UNSETTLED} while a commit that changes it may be under way. */
    long stamp(Object key);

    /** Whether a copy that was read after {@code stamp} was given is still the newest, as far as other processes are concerned. */
    boolean isCurrent(Object key, long stamp);

    /**
     * The stamp of what the last commit of this handle left of a record that it changed; {@link #UNSETTLED} where nobody can tell. Called
     * by the thread that committed, before its next commit.
     */
    long committedStamp(Object key);
}
