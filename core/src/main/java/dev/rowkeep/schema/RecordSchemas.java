package dev.rowkeep.schema;

import dev.rowkeep.schema.annotation.Default;
import dev.rowkeep.schema.annotation.Indexed;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.schema.annotation.Merge;
import dev.rowkeep.schema.annotation.Store;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads schemas from record classes: the components, their annotations, and the way in and out of the class. */
final class RecordSchemas {
    private RecordSchemas() {}

    static <K, T extends java.lang.Record> Schema<K, T> read(
            Class<K> keyType, Class<T> recordType, MethodHandles.@Nullable Lookup lookup) {
        if (!recordType.isRecord()) {
            throw new IllegalArgumentException(recordType.getName() + " is no record class. Declare it as a record.");
        }
        RecordComponent[] components = recordType.getRecordComponents();
        int keyIndex = keyIndex(recordType, components);
        List<ComponentForm<?>> forms = new ArrayList<>();
        List<Column<?>> columns = new ArrayList<>();
        List<Schema.Index> indexes = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            ComponentForm<?> form = annotated(ComponentForms.of(components[i]), components[i]);
            forms.add(form);
            if (i == keyIndex) {
                continue;
            }
            columns.add(form.column());
            if (components[i].isAnnotationPresent(Indexed.class)) {
                indexes.add(index(form.column()));
            }
        }
        String store = storeName(recordType);
        Column<K> key = key(
                keyType, recordType, components[keyIndex], forms.get(keyIndex).column());
        RecordClassMapping<T> mapping =
                RecordClassMapping.of(store, recordType, accessible(recordType, lookup), forms, keyIndex);
        return new Schema<>(store, key, columns, List.of(), indexes, mapping);
    }

    private static int keyIndex(Class<?> recordType, RecordComponent[] components) {
        int index = -1;
        for (int i = 0; i < components.length; i++) {
            if (components[i].isAnnotationPresent(Key.class)) {
                if (index >= 0) {
                    throw new IllegalArgumentException("Record " + recordType.getSimpleName() + " has two keys, "
                            + components[index].getName() + " and " + components[i].getName()
                            + ". Leave @Key on one, and make the other @Unique.");
                }
                index = i;
            }
        }
        if (index < 0) {
            throw new IllegalArgumentException(
                    "Record " + recordType.getSimpleName() + " has no key. Put @Key on one of its components.");
        }
        return index;
    }

    private static <C> ComponentForm<C> annotated(ComponentForm<C> form, RecordComponent component) {
        return form.with(ComponentRules.add(form.column(), component));
    }

    private static Schema.Index index(Column<?> column) {
        if (!column.type().kind().isOrdered()) {
            throw new IllegalArgumentException("@Indexed on component " + column.name()
                    + " is not possible: values of type " + column.type() + " have no order.");
        }
        return new Schema.Index(List.of(column.name()));
    }

    @SuppressWarnings("unchecked")
    private static <K> Column<K> key(
            Class<K> keyType, Class<?> recordType, RecordComponent component, Column<?> column) {
        if (component.isAnnotationPresent(Merge.class) || component.isAnnotationPresent(Default.class)) {
            throw new IllegalArgumentException("Component " + column.name() + " of record "
                    + recordType.getSimpleName()
                    + " is the key, which never changes and has no default. Remove @Merge and @Default.");
        }
        Class<?> boxed = MethodType.methodType(keyType).wrap().returnType();
        if (column.type().javaType() != boxed) {
            throw new IllegalArgumentException("The key of record " + recordType.getSimpleName() + ", component "
                    + column.name() + ", is " + column.type().javaType().getSimpleName() + " in the store, not "
                    + keyType.getSimpleName() + ". Give Schema.of "
                    + column.type().javaType().getSimpleName()
                    + ".class.");
        }
        return (Column<K>) column;
    }

    private static MethodHandles.Lookup accessible(Class<?> recordType, MethodHandles.@Nullable Lookup lookup) {
        // A named module does not read its users of itself; reading grants no access yet.
        RecordSchemas.class.getModule().addReads(recordType.getModule());
        try {
            return MethodHandles.privateLookupIn(recordType, lookup == null ? MethodHandles.lookup() : lookup);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "Record " + recordType.getName() + " is not accessible: its module does not open the package "
                            + recordType.getPackageName()
                            + ". Open it to dev.rowkeep.core, or call Schema.of(…, MethodHandles.lookup()).",
                    e);
        }
    }

    private static String storeName(Class<?> recordType) {
        Store store = recordType.getAnnotation(Store.class);
        return store == null ? snakeCase(recordType.getSimpleName()) : store.value();
    }

    /** {@code OrderLine} is {@code order_line}, {@code HTTPCall} is {@code http_call}. */
    static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
