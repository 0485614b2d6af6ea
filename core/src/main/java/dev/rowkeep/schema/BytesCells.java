package dev.rowkeep.schema;

/** Reads raw values as byte sequences. */
final class BytesCells {
    private BytesCells() {}

    static CellVerdict read(Column<?> column, Object raw) {
        if (raw instanceof Bytes bytes) {
            return fit(column, raw, bytes.length(), bytes);
        }
        if (raw instanceof byte[] bytes) {
            // Not copied before it is known to fit.
            return bytes.length > Limits.CELL
                    ? fit(column, raw, bytes.length, bytes)
                    : Verdicts.accepted(column, Bytes.of(bytes));
        }
        return Verdicts.wrongType(column, raw);
    }

    private static CellVerdict fit(Column<?> column, Object raw, int length, Object value) {
        return length > Limits.CELL
                ? Verdicts.tooLarge(column, raw, Limits.CELL + " bytes")
                : Verdicts.accepted(column, value);
    }
}
