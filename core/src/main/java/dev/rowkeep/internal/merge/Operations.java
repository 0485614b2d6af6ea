package dev.rowkeep.internal.merge;

import dev.rowkeep.edit.CellOperation;
import dev.rowkeep.schema.CellVerdict;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Kind;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What declared operations make of the value that is there. Pure and thread-safe. */
public final class Operations {
    /** The rule that rejections name. */
    public static final String RULE = "operation";

    /** The digits of the largest long. */
    private static final int LONG_DIGITS = 19;

    private Operations() {}

    /**
     * Applies an operation. A missing number counts as 0, a missing set as empty, a missing text as empty. An operation that
     * changes nothing (nothing to add, remove or append) leaves the very same value, a missing one included.
     *
     * @param current the value that is there, in canonical form
     * @return {@link CellVerdict.Accepted} with the result in canonical form, on which no rule of the column was tested yet; or
     *     {@link CellVerdict.Rejected} by the rule {@value #RULE}: the operation is not one for the column's kind, the amount is no
     *     number that the column can hold, or the result leaves the column's range
     * @throws IllegalArgumentException if the operation is a {@link CellOperation.Put}, which needs a coercion
     */
    public static CellVerdict apply(Column<?> column, @Nullable Object current, CellOperation operation) {
        if (operation instanceof CellOperation.Add add) {
            return add(column, current, add.amount());
        }
        if (operation instanceof CellOperation.Union union) {
            return fits(column, Kind.TEXT_SET)
                    ? accepted(column, TextSets.with(current, union.elements()))
                    : wrongKind(column, "union", "a set of texts");
        }
        if (operation instanceof CellOperation.Remove remove) {
            return fits(column, Kind.TEXT_SET)
                    ? accepted(column, TextSets.without(current, remove.elements()))
                    : wrongKind(column, "remove", "a set of texts");
        }
        if (operation instanceof CellOperation.Append append) {
            return fits(column, Kind.TEXT)
                    ? accepted(column, append((String) current, append.suffix()))
                    : wrongKind(column, "append", "text");
        }
        throw new IllegalArgumentException(
                "A put on column " + column.name() + " is judged by the column, not applied.");
    }

    private static CellVerdict add(Column<?> column, @Nullable Object current, Number amount) {
        ColumnType<?> type = column.type();
        if (!type.kind().isNumeric()) {
            return wrongKind(column, "add", "a number");
        }
        return type.kind() == Kind.DOUBLE
                ? addDouble(column, (Double) current, amount)
                : addExact(column, current, amount);
    }

    private static CellVerdict addDouble(Column<?> column, @Nullable Double current, Number amount) {
        Optional<Double> exact = Amounts.asDouble(amount);
        if (exact.isEmpty()) {
            return rejected(
                    column,
                    "cannot be added the given amount: it is not finite or no 64-bit floating point number is exactly that",
                    "Give a finite Double.");
        }
        double sum = (current == null ? 0.0 : current) + exact.get();
        // Adding 0.0 keeps -0.0 out.
        return Double.isFinite(sum) ? accepted(column, sum + 0.0) : overflow(column);
    }

    private static CellVerdict addExact(Column<?> column, @Nullable Object current, Number amount) {
        ColumnType<?> type = column.type();
        Optional<BigDecimal> addend =
                Amounts.exact(amount).flatMap(it -> Amounts.within(it, LONG_DIGITS, type.scale()));
        if (addend.isEmpty()) {
            return rejected(
                    column,
                    "cannot be added the given amount: it is not a finite number with at most " + type.scale()
                            + " digits after the point and " + LONG_DIGITS + " before it",
                    "Give a " + type.javaType().getSimpleName() + " of at most " + type.scale()
                            + " digits after the point.");
        }
        Object sum = Sums.fit(type, Sums.exact(current).add(addend.get()));
        return sum == null ? overflow(column) : accepted(column, sum);
    }

    private static @Nullable String append(@Nullable String current, String suffix) {
        if (suffix.isEmpty()) {
            return current;
        }
        return current == null ? suffix : current + suffix;
    }

    private static boolean fits(Column<?> column, Kind kind) {
        return column.type().kind() == kind;
    }

    private static CellVerdict accepted(Column<?> column, @Nullable Object value) {
        return new CellVerdict.Accepted(column.name(), value);
    }

    private static CellVerdict wrongKind(Column<?> column, String operation, String wanted) {
        return rejected(
                column,
                "takes no " + operation + ": it holds " + column.type() + ", not " + wanted,
                "Set the value, or use a column that holds " + wanted + ".");
    }

    private static CellVerdict overflow(Column<?> column) {
        return rejected(
                column,
                "would leave the range of " + column.type() + " by the add",
                "Add a smaller amount, or set the value.");
    }

    private static CellVerdict rejected(Column<?> column, String message, String fix) {
        return new CellVerdict.Rejected(column.name(), RULE, message, fix);
    }
}
