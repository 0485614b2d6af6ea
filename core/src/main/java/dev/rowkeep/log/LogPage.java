package dev.rowkeep.log;

import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import java.util.List;

/**
 * What a filter found in a stretch of the log.
 *
 * @param commits the commits that hold something wanted, in order, each with only the changes that are wanted
 * @param upTo the place up to which the log was looked through; the next page is read after it
 * @param end where the filter's part of the log ended when this was read: the log's head, or the last commit before {@link
 *     LogFilter#until()}
 */
public record LogPage(List<Commit> commits, Position upTo, Position end) {
    /** The most commits that are looked at for one page. */
    public static final int REACH = 4_096;

    /** Copies the commits. */
    public LogPage {
        commits = List.copyOf(commits);
    }

    /** Whether there was nothing more to look at. */
    public boolean isLast() {
        return upTo.equals(end);
    }
}
