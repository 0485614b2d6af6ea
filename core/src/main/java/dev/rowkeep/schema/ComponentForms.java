package dev.rowkeep.schema;

import dev.rowkeep.schema.annotation.Decimal;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Which column a record component of a Java type has. */
final class ComponentForms {
    private static final Map<Class<?>, String> INSTEAD = Map.of(
            Optional.class, "Use the type itself and null where a value may be missing.",
            float.class, "Use double.",
            Float.class, "Use Double.",
            byte.class, "Use short or int.",
            char.class, "Use String.",
            java.util.Date.class, "Use Instant or LocalDate.",
            java.time.LocalDateTime.class, "Use Instant.",
            java.time.ZonedDateTime.class, "Use Instant.",
            java.time.OffsetDateTime.class, "Use Instant.",
            java.util.List.class, "Use Set<String>, or Json where order matters.");

    private ComponentForms() {}

    /**
     * The form of {@code component}, without the rules that its annotations add.
     *
     * @throws IllegalArgumentException if its type has no column
     */
    static ComponentForm<?> of(RecordComponent component) {
        String name = component.getName();
        Class<?> type = component.getType();
        ComponentForm<?> simple = simple(name, type);
        if (simple != null) {
            return type.isPrimitive() ? simple.primitive() : simple;
        }
        if (type == BigDecimal.class) {
            return ComponentForm.own(decimal(component));
        }
        if (type.isEnum()) {
            return ComponentForm.own(enumeration(name, type));
        }
        if ((type == Set.class || type == SortedSet.class) && isOfText(component.getGenericType())) {
            return ComponentForm.own(Column.textSet(name));
        }
        throw unsuitable(component);
    }

    private static @Nullable ComponentForm<?> simple(String name, Class<?> type) {
        if (type == String.class) {
            return ComponentForm.own(Column.text(name));
        }
        if (type == long.class || type == Long.class) {
            return ComponentForm.own(Column.integer(name));
        }
        if (type == int.class || type == Integer.class) {
            Rule<Long> range = Rules.narrow("int", Integer.MIN_VALUE, Integer.MAX_VALUE);
            return new ComponentForm<>(
                    Column.integer(name).rule(range), ComponentForms::toLong, cell -> ((Long) cell).intValue(), false);
        }
        if (type == short.class || type == Short.class) {
            Rule<Long> range = Rules.narrow("short", Short.MIN_VALUE, Short.MAX_VALUE);
            return new ComponentForm<>(
                    Column.integer(name).rule(range),
                    ComponentForms::toLong,
                    cell -> ((Long) cell).shortValue(),
                    false);
        }
        if (type == double.class || type == Double.class) {
            return ComponentForm.own(Column.real(name));
        }
        if (type == boolean.class || type == Boolean.class) {
            return ComponentForm.own(Column.bool(name));
        }
        if (type == byte[].class) {
            return new ComponentForm<>(
                    Column.bytes(name), it -> Bytes.of((byte[]) it), cell -> ((Bytes) cell).toArray(), false);
        }
        return scalar(name, type);
    }

    private static @Nullable ComponentForm<?> scalar(String name, Class<?> type) {
        if (type == LocalDate.class) {
            return ComponentForm.own(Column.date(name));
        }
        if (type == Instant.class) {
            return ComponentForm.own(Column.timestamp(name));
        }
        if (type == java.util.UUID.class) {
            return ComponentForm.own(Column.uuid(name));
        }
        if (type == Bytes.class) {
            return ComponentForm.own(Column.bytes(name));
        }
        return type == Json.class ? ComponentForm.own(Column.json(name)) : null;
    }

    private static Object toLong(Object number) {
        return ((Number) number).longValue();
    }

    private static Column<BigDecimal> decimal(RecordComponent component) {
        Decimal size = component.getAnnotation(Decimal.class);
        if (size == null) {
            throw new IllegalArgumentException("Component " + component.getName() + " of record "
                    + component.getDeclaringRecord().getSimpleName()
                    + " is a BigDecimal of unknown size. Add @Decimal(precision = …, scale = …).");
        }
        return Column.decimal(component.getName(), size.precision(), size.scale());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Column<?> enumeration(String name, Class<?> type) {
        return Column.enumeration(name, (Class) type);
    }

    private static boolean isOfText(Type type) {
        return type instanceof ParameterizedType set && set.getActualTypeArguments()[0] == String.class;
    }

    private static IllegalArgumentException unsuitable(RecordComponent component) {
        String instead = INSTEAD.getOrDefault(
                component.getType(),
                "Use String, long, int, short, double, boolean or their classes, BigDecimal, LocalDate, Instant, UUID, an enum,"
                        + " Bytes, byte[], Set<String> or Json.");
        return new IllegalArgumentException("Component " + component.getName() + " of record "
                + component.getDeclaringRecord().getSimpleName() + " has the type "
                + component.getGenericType().getTypeName() + ", which no column has. " + instead);
    }
}
