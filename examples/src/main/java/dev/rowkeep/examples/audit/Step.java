package dev.rowkeep.examples.audit;

import java.io.IOException;

/** One idea, shown on the films as the steps before have left them. */
interface Step {
    /** What it shows, in a line. */
    String title();

    /** Does it, and prints what came of it. */
    void show(Walk walk) throws IOException;
}
