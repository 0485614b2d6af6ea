package dev.rowkeep.storage.duckdb;

import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Sensitivity;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Layouts as bytes. */
final class LayoutCodec {
    private LayoutCodec() {}

    static void write(DataOutputStream out, StoreLayout layout) throws IOException {
        out.writeInt(layout.id());
        CellCodec.writeText(out, layout.name());
        write(out, layout.key());
        out.writeInt(layout.columns().size());
        for (LayoutColumn column : layout.columns()) {
            write(out, column);
        }
        out.writeInt(layout.indexes().size());
        for (LayoutIndex index : layout.indexes()) {
            writeTexts(out, index.columns());
            CellCodec.writeText(out, index.uniqueness().name());
        }
    }

    static StoreLayout read(DataInputStream in) throws IOException {
        int id = in.readInt();
        String name = CellCodec.readText(in);
        LayoutColumn key = readColumn(in);
        List<LayoutColumn> columns = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            columns.add(readColumn(in));
        }
        List<LayoutIndex> indexes = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            indexes.add(new LayoutIndex(readTexts(in), Uniqueness.valueOf(CellCodec.readText(in))));
        }
        return new StoreLayout(id, name, key, columns, indexes);
    }

    private static void write(DataOutputStream out, LayoutColumn column) throws IOException {
        out.writeInt(column.id());
        CellCodec.writeText(out, column.name());
        CellCodec.writeText(out, column.type().kind().name());
        out.writeInt(column.type().precision());
        out.writeInt(column.type().scale());
        writeTexts(out, column.type().names());
        CellCodec.writeText(out, column.sensitivity().name());
    }

    private static LayoutColumn readColumn(DataInputStream in) throws IOException {
        int id = in.readInt();
        String name = CellCodec.readText(in);
        Kind kind = Kind.valueOf(CellCodec.readText(in));
        int precision = in.readInt();
        int scale = in.readInt();
        List<String> names = readTexts(in);
        return new LayoutColumn(
                id, name, type(kind, precision, scale, names), Sensitivity.valueOf(CellCodec.readText(in)));
    }

    private static ColumnType<?> type(Kind kind, int precision, int scale, List<String> names) {
        return switch (kind) {
            case TEXT -> ColumnType.TEXT;
            case INTEGER -> ColumnType.INTEGER;
            case DECIMAL -> ColumnType.decimal(precision, scale);
            case DOUBLE -> ColumnType.DOUBLE;
            case BOOLEAN -> ColumnType.BOOLEAN;
            case DATE -> ColumnType.DATE;
            case TIMESTAMP -> ColumnType.TIMESTAMP;
            case UUID -> ColumnType.UUID;
            case ENUM -> ColumnType.enumeration(names);
            case BYTES -> ColumnType.BYTES;
            case TEXT_SET -> ColumnType.TEXT_SET;
            case JSON -> ColumnType.JSON;
        };
    }

    private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            CellCodec.writeText(out, text);
        }
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(CellCodec.readText(in));
        }
        return texts;
    }
}
