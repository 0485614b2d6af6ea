package dev.rowkeep.schema;

import java.util.function.UnaryOperator;

/**
 * How a record component holds what a cell holds: a cell's {@code Long} is an {@code int} in the record, for example.
 *
 * @param column the component's column
 * @param toCell from the component's form to the column's; must take whatever the component can hold
 * @param fromCell from the column's canonical form to the component's
 * @param isPrimitive whether the component cannot be null
 * @param <T> the column's type
 */
record ComponentForm<T>(
        Column<T> column, UnaryOperator<Object> toCell, UnaryOperator<Object> fromCell, boolean isPrimitive) {

    /** A component that holds its column's own form. */
    static <T> ComponentForm<T> own(Column<T> column) {
        return new ComponentForm<>(column, UnaryOperator.identity(), column.type()::fromCanonical, false);
    }

    /** The same form with the column's rules added. */
    ComponentForm<T> with(Column<T> changed) {
        return new ComponentForm<>(changed, toCell, fromCell, isPrimitive);
    }

    /** The same form for a primitive component, which is required. */
    ComponentForm<T> primitive() {
        return new ComponentForm<>(column.required(), toCell, fromCell, true);
    }
}
