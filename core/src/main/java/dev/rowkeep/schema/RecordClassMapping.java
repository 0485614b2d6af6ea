package dev.rowkeep.schema;

import dev.rowkeep.error.RowKeepException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mapping of a record class, through method handles that were looked up once. */
final class RecordClassMapping<T extends java.lang.Record> implements RecordMapping<T> {
    private final String store;
    private final String recordName;
    /** Of the components in order, each {@code (Object)Object}. */
    private final MethodHandle[] accessors;
    /** {@code (Object[])Object}. */
    private final MethodHandle constructor;

    private final ComponentForm<?>[] forms;
    private final int keyIndex;
    private final boolean mayRefuse;

    private RecordClassMapping(
            String store,
            Class<T> type,
            MethodHandle[] accessors,
            MethodHandle constructor,
            ComponentForm<?>[] forms,
            int keyIndex) {
        this.store = store;
        this.recordName = type.getSimpleName();
        this.accessors = accessors;
        this.constructor = constructor;
        this.forms = forms;
        this.keyIndex = keyIndex;
        this.mayRefuse = !PlainConstructor.isIn(type);
    }

    static <T extends java.lang.Record> RecordClassMapping<T> of(
            String store, Class<T> type, MethodHandles.Lookup lookup, List<ComponentForm<?>> forms, int keyIndex) {
        RecordComponent[] components = type.getRecordComponents();
        MethodHandle[] accessors = new MethodHandle[components.length];
        Class<?>[] types = new Class<?>[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                accessors[i] = lookup.unreflect(components[i].getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class));
            }
            MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new RecordClassMapping<>(
                    store, type, accessors, constructor, forms.toArray(new ComponentForm<?>[0]), keyIndex);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Record " + type.getName() + " is not accessible.", e);
        }
    }

    @Override
    public @Nullable Object key(T value) {
        return cell(value, keyIndex);
    }

    @Override
    public @Nullable Object[] cells(T value) {
        @Nullable Object[] cells = new Object[forms.length - 1];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cell(value, i < keyIndex ? i : i + 1);
        }
        return cells;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T value(Object key, @Nullable Object[] cells) {
        @Nullable Object[] arguments = new Object[forms.length];
        for (int i = 0; i < arguments.length; i++) {
            Object cell = i == keyIndex ? key : cells[i < keyIndex ? i : i - 1];
            arguments[i] = argument(forms[i], cell, key);
        }
        try {
            return (T) (Object) constructor.invokeExact(arguments);
        } catch (Throwable e) {
            throw failure(
                    "its constructor threw " + e.getClass().getName()
                            + ". Make the constructor accept what is stored, or change the record by its cells.",
                    key,
                    e);
        }
    }

    @Override
    public boolean mayRefuse() {
        return mayRefuse;
    }

    private @Nullable Object cell(T value, int index) {
        Object component;
        try {
            component = (Object) accessors[index].invokeExact((Object) value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new RowKeepException(
                    "The accessor " + forms[index].column().name() + " of record " + recordName + " threw "
                            + e.getClass().getName() + ". Let it return the component.",
                    e);
        }
        return component == null ? null : forms[index].toCell().apply(component);
    }

    private @Nullable Object argument(ComponentForm<?> form, @Nullable Object cell, Object key) {
        if (cell == null) {
            if (form.isPrimitive()) {
                throw failure(
                        "column " + form.column().name() + " has no value, and the component is primitive."
                                + " Use the primitive's class, or give the column a value.",
                        key,
                        null);
            }
            return null;
        }
        return form.fromCell().apply(cell);
    }

    private RowKeepException failure(String what, Object key, @Nullable Throwable cause) {
        return new RowKeepException(
                "Cannot make a " + recordName + " of a record of store " + store + " (key: " + Shape.of(key) + "): "
                        + what,
                cause);
    }

    @Override
    public String toString() {
        return "RecordClassMapping"
                + Arrays.stream(forms).map(form -> form.column().name()).toList();
    }
}
