package dev.rowkeep.spi;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT as a storage gets it.
 *
 * @param text the SQL, which may be anything
 * @param parameters the values of its parameters, as the application gave them
 * @param timeout the longest time that it may take
 * @param maxRows the most rows that it may give
 */
public record SqlQuery(String text, List<@Nullable Object> parameters, Duration timeout, int maxRows) {}
