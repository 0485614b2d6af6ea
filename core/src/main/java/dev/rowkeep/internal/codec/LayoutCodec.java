package dev.rowkeep.internal.codec;

import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Sensitivity;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Layouts as bytes, in the form that {@code docs/snapshot-format.md} describes. */
final class LayoutCodec {
    private static final int SHARED = 1;
    private static final int UNIQUE = 2;

    /** Set in the tag of a personal column's kind. */
    private static final int PERSONAL = 0x80;

    private LayoutCodec() {}

    static void write(ByteSink sink, StoreLayout layout) {
        sink.varint(layout.id());
        sink.text(layout.name());
        write(sink, layout.key());
        sink.varint(layout.columns().size());
        layout.columns().forEach(column -> write(sink, column));
        sink.varint(layout.indexes().size());
        for (LayoutIndex index : layout.indexes()) {
            sink.octet(index.uniqueness() == Uniqueness.UNIQUE ? UNIQUE : SHARED);
            texts(sink, index.columns());
        }
    }

    private static void write(ByteSink sink, LayoutColumn column) {
        ColumnType<?> type = column.type();
        sink.varint(column.id());
        sink.text(column.name());
        sink.octet(tag(type.kind()) | (column.isPersonal() ? PERSONAL : 0));
        if (type.kind() == Kind.DECIMAL) {
            sink.varint(type.precision());
            sink.varint(type.scale());
        } else if (type.kind() == Kind.ENUM) {
            texts(sink, type.names());
        }
    }

    static StoreLayout read(ByteSource source) {
        int id = source.columnId();
        String name = source.text();
        LayoutColumn key = column(source);
        List<LayoutColumn> columns = list(source, LayoutCodec::column);
        return new StoreLayout(id, name, key, columns, list(source, LayoutCodec::index));
    }

    private static LayoutColumn column(ByteSource source) {
        int id = source.columnId();
        String name = source.text();
        int tag = source.octet();
        Sensitivity sensitivity = (tag & PERSONAL) == 0 ? Sensitivity.ORDINARY : Sensitivity.PERSONAL;
        return new LayoutColumn(id, name, type(source, tag & ~PERSONAL), sensitivity);
    }

    private static LayoutIndex index(ByteSource source) {
        int uniqueness = source.octet();
        if (uniqueness != UNIQUE && uniqueness != SHARED) {
            throw source.malformed("there is no kind of index " + uniqueness);
        }
        return new LayoutIndex(
                list(source, ByteSource::text), uniqueness == UNIQUE ? Uniqueness.UNIQUE : Uniqueness.SHARED);
    }

    private static ColumnType<?> type(ByteSource source, int tag) {
        return switch (tag) {
            case Values.TEXT -> ColumnType.TEXT;
            case Values.INTEGER -> ColumnType.INTEGER;
            case Values.DECIMAL -> decimal(source);
            case Values.DOUBLE -> ColumnType.DOUBLE;
            case Values.TRUE -> ColumnType.BOOLEAN;
            case Values.DATE -> ColumnType.DATE;
            case Values.TIMESTAMP -> ColumnType.TIMESTAMP;
            case Values.UUID -> ColumnType.UUID;
            case Values.ENUM -> ColumnType.enumeration(list(source, ByteSource::text));
            case Values.BYTES -> ColumnType.BYTES;
            case Values.TEXT_SET -> ColumnType.TEXT_SET;
            case Values.JSON -> ColumnType.JSON;
            default -> throw source.malformed("there is no kind of column " + tag);
        };
    }

    private static ColumnType<?> decimal(ByteSource source) {
        int precision = source.scale();
        int scale = source.scale();
        if (precision < 1 || scale > precision) {
            throw source.malformed("a decimal column has a precision or scale that cannot be");
        }
        return ColumnType.decimal(precision, scale);
    }

    /** That of the kind's values; of truth values, that of true. */
    private static int tag(Kind kind) {
        return switch (kind) {
            case TEXT -> Values.TEXT;
            case INTEGER -> Values.INTEGER;
            case DECIMAL -> Values.DECIMAL;
            case DOUBLE -> Values.DOUBLE;
            case BOOLEAN -> Values.TRUE;
            case DATE -> Values.DATE;
            case TIMESTAMP -> Values.TIMESTAMP;
            case UUID -> Values.UUID;
            case ENUM -> Values.ENUM;
            case BYTES -> Values.BYTES;
            case TEXT_SET -> Values.TEXT_SET;
            case JSON -> Values.JSON;
        };
    }

    private static void texts(ByteSink sink, List<String> texts) {
        sink.varint(texts.size());
        texts.forEach(sink::text);
    }

    private static <R> List<R> list(ByteSource source, Function<ByteSource, R> next) {
        int count = source.count(1);
        List<R> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(next.apply(source));
        }
        return list;
    }
}
