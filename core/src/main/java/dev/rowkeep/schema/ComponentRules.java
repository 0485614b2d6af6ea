package dev.rowkeep.schema;

import dev.rowkeep.schema.annotation.Coerce;
import dev.rowkeep.schema.annotation.Decimal;
import dev.rowkeep.schema.annotation.Default;
import dev.rowkeep.schema.annotation.Format;
import dev.rowkeep.schema.annotation.Length;
import dev.rowkeep.schema.annotation.Max;
import dev.rowkeep.schema.annotation.Merge;
import dev.rowkeep.schema.annotation.Min;
import dev.rowkeep.schema.annotation.OneOf;
import dev.rowkeep.schema.annotation.Pattern;
import dev.rowkeep.schema.annotation.Personal;
import dev.rowkeep.schema.annotation.Required;
import dev.rowkeep.schema.annotation.Unique;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a record component's annotations add to its column. */
final class ComponentRules {
    private ComponentRules() {}

    /**
     * {@code column} with what the annotations of {@code component} say.
     *
     * @throws IllegalArgumentException if one of them does not fit the column
     */
    static <T> Column<T> add(Column<T> column, RecordComponent component) {
        if (component.isAnnotationPresent(Decimal.class) && column.type().kind() != Kind.DECIMAL) {
            throw new IllegalArgumentException("@Decimal on component " + column.name()
                    + " is not possible: it is for BigDecimal, this one is " + column.type() + ".");
        }
        Column<T> with = column;
        with = add(with, component.getAnnotation(Coerce.class), (c, it) -> c.coercion(it.value()));
        with = add(with, component.getAnnotation(Format.class), (c, it) -> c.format(it.value()));
        with = add(with, component.getAnnotation(Required.class), (c, it) -> c.required());
        with = add(with, component.getAnnotation(Min.class), (c, it) -> c.min(constant(c, "@Min", it.value())));
        with = add(with, component.getAnnotation(Max.class), (c, it) -> c.max(constant(c, "@Max", it.value())));
        with = add(with, component.getAnnotation(Length.class), (c, it) -> c.length(it.min(), it.max()));
        with = add(with, component.getAnnotation(Pattern.class), (c, it) -> c.pattern(it.value()));
        with = add(with, component.getAnnotation(OneOf.class), (c, it) -> c.rule(oneOf(c, it.value())));
        with = add(with, component.getAnnotation(Merge.class), (c, it) -> c.merge(it.value()));
        with = add(with, component.getAnnotation(Unique.class), (c, it) -> c.unique());
        with = add(with, component.getAnnotation(Personal.class), (c, it) -> c.personal());
        return add(
                with,
                component.getAnnotation(Default.class),
                (c, it) -> c.defaultValue(constant(c, "@Default", it.value())));
    }

    private static <T, A extends Annotation> Column<T> add(
            Column<T> column, @Nullable A annotation, BiFunction<Column<T>, A, Column<T>> rule) {
        return annotation == null ? column : rule.apply(column, annotation);
    }

    private static <T> Rule<T> oneOf(Column<T> column, String[] values) {
        return Rules.oneOf(
                column,
                Arrays.stream(values)
                        .map(value -> constant(column, "@OneOf", value))
                        .toList());
    }

    private static <T> T constant(Column<T> column, String annotation, String value) {
        return column.type().fromCanonical(CellReader.constant(column.coercion(Coercion.LENIENT), annotation, value));
    }
}
