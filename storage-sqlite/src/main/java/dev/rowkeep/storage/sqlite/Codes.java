package dev.rowkeep.storage.sqlite;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Origin;
import java.sql.SQLDataException;

/** The numbers that stand for names in the file. They are part of the format and never change. */
final class Codes {
    private Codes() {}

    static int of(Origin origin) {
        return switch (origin) {
            case USER -> 0;
            case JOB -> 1;
            case SYSTEM -> 2;
        };
    }

    static Origin origin(int code) throws SQLDataException {
        return switch (code) {
            case 0 -> Origin.USER;
            case 1 -> Origin.JOB;
            case 2 -> Origin.SYSTEM;
            default -> throw new SQLDataException("No origin has the number " + code);
        };
    }

    static int of(ChangeKind kind) {
        return switch (kind) {
            case INSERT -> 0;
            case UPDATE -> 1;
            case DELETE -> 2;
        };
    }

    static ChangeKind changeKind(int code) throws SQLDataException {
        return switch (code) {
            case 0 -> ChangeKind.INSERT;
            case 1 -> ChangeKind.UPDATE;
            case 2 -> ChangeKind.DELETE;
            default -> throw new SQLDataException("No kind of change has the number " + code);
        };
    }
}
