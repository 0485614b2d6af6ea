package dev.rowkeep.benchmarks.scale;

import dev.rowkeep.benchmarks.report.Goal;
import org.jspecify.annotations.Nullable;

/** What is measured of a store at each size, and what is asked for of it by what it was at the least. */
enum Measure {
    UPDATE("G1", "update, applyAsync", "us/op", "µs", 1),
    UPDATE_CPU("G1", "CPU of an update", "cpu-us/op", "µs", 1),
    RECORD_AS_OF("H1", "one record as of its oldest version", "us/op", "µs", 1),
    STORE_AS_OF("H2", "whole store as of the middle of its log", "ms/op", "ms", 1),
    OPEN("O1", "opened, a record read, closed", "ms/op", "ms", 1),
    HEAP("O1", "heap while open", "bytes", "MB", 1e6),
    BYTES("S1", "on disk", "bytes", "MB", 1e6),
    BYTES_PER_ROW("S1", "on disk by log rows", "bytes/row", "bytes", 1);

    /** What opening should be by the driver's own and what is allowed beside that. */
    static final Goal OPENING = Goal.atMost(1);

    private final String id;
    private final String title;
    private final String unit;
    private final String shownUnit;
    private final double shownIn;

    Measure(String id, String title, String unit, String shownUnit, double shownIn) {
        this.id = id;
        this.title = title;
        this.unit = unit;
        this.shownUnit = shownUnit;
        this.shownIn = shownIn;
    }

    /** The target that speaks of it. */
    String id() {
        return id;
    }

    /** What it is, for people. */
    String title() {
        return title;
    }

    /** The unit that figures have. */
    String unit() {
        return unit;
    }

    /** The unit that tables and charts have. */
    String shownUnit() {
        return shownUnit;
    }

    /** How many of the figures' units are one of the tables' and charts'. */
    double shownIn() {
        return shownIn;
    }

    /** What its ratio to that of the shortest log should be; null where none is set. */
    @Nullable
    Goal goal() {
        return switch (this) {
            case UPDATE, UPDATE_CPU -> Goal.atMost(1.2);
            case HEAP -> Goal.atMost(1.1);
            case RECORD_AS_OF, STORE_AS_OF, OPEN, BYTES, BYTES_PER_ROW -> null;
        };
    }
}
