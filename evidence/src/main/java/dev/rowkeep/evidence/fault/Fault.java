package dev.rowkeep.evidence.fault;

import dev.rowkeep.evidence.Engine;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to fail.
 *
 * @param call which calls are counted
 * @param answer what the failing one gets
 * @param isSticky whether all after it fail as well
 * @param number which call it is, from 1
 */
record Fault(Call call, Answer answer, boolean isSticky, int number) {
    private static final int EIO = 5;
    private static final int ENOMEM = 12;
    private static final int ENOSPC = 28;

    /** Calls on files, numbered as {@code faults.c} does. */
    enum Call {
        WRITE(1),
        SYNC(2),
        TRUNCATE(3),
        OPEN(4),
        READ(5),
        /** Into memory, as SQLite does with the index of its log. */
        MAP(6);

        final int code;

        Call(int code) {
            this.code = code;
        }

        boolean isMadeBy(Engine engine) {
            return this != MAP || engine == Engine.SQLITE;
        }
    }

    /** What a failing call gets, numbered as {@code faults.c} does. */
    enum Answer {
        IO_ERROR(EIO),
        NO_SPACE(ENOSPC),
        NO_MEMORY(ENOMEM),
        /** Half is written or read, and said to be. */
        HALF(-1),
        /** Half is written, and the next write meets a full disk. */
        HALF_THEN_FULL(-2);

        final int code;

        Answer(int code) {
            this.code = code;
        }

        boolean fits(Call call) {
            return switch (call) {
                case WRITE -> this != NO_MEMORY;
                case SYNC, TRUNCATE, OPEN -> this == IO_ERROR || this == NO_SPACE;
                case READ -> this == IO_ERROR || this == HALF;
                case MAP -> this == NO_MEMORY;
            };
        }
    }

    /** Each kind of fault that an engine can meet, at its first call. */
    static List<Fault> kinds(Engine engine) {
        List<Fault> kinds = new ArrayList<>();
        for (Call call : Call.values()) {
            for (Answer answer : Answer.values()) {
                if (call.isMadeBy(engine) && answer.fits(call)) {
                    kinds.add(new Fault(call, answer, false, 1));
                    kinds.add(new Fault(call, answer, true, 1));
                }
            }
        }
        return kinds;
    }

    /** The same at another call. */
    Fault at(int otherNumber) {
        return new Fault(call, answer, isSticky, otherNumber);
    }
}
