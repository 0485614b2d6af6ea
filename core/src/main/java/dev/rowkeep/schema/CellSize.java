package dev.rowkeep.schema;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a canonical value is still small enough for its column. Judged values are; what operations make of them (a sum, an
 * appended text, a union) need not be.
 */
final class CellSize {
    private CellSize() {}

    /** The violation, or null if there is none. */
    static CellVerdict.@Nullable Rejected violation(Column<?> column, Object value) {
        return switch (column.type().kind()) {
            case TEXT -> ((String) value).length() > Limits.CELL ? TextCells.tooLarge(column, value) : null;
            case DECIMAL ->
                Decimals.isTooLarge((BigDecimal) value, column.type())
                        ? DecimalCells.tooManyDigits(column, value)
                        : null;
            case DOUBLE -> Double.isFinite((Double) value) ? null : DoubleCells.notFinite(column, value);
            case TEXT_SET -> TextSetCells.fits((Set<?>) value) ? null : TextSetCells.tooLarge(column, value);
            default -> null;
        };
    }
}
