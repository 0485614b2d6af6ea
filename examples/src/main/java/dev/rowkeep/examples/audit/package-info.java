/** What the history of the films is good for: one class, one idea; {@link FilmAudit} runs them all. */
@NullMarked
package dev.rowkeep.examples.audit;

import org.jspecify.annotations.NullMarked;
