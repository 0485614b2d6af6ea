package dev.rowkeep.internal.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.CommitHeader;
import dev.rowkeep.commit.Erased;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Json;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.StoreLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes as lines of JSON, in the form that {@code docs/audit-export.md} describes. Jackson writes them; nothing of it leaves this class.
 * Used by one thread.
 */
public final class AuditLines implements AutoCloseable {
    /** The form's name and version; a form that a reader of this one could misread gets another. */
    public static final String FORMAT = "rowkeep-audit-1";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .characterEscapes(new LineEnds())
            .rootValueSeparator("")
            .build();

    private final JsonGenerator out;

    /**
     * A change's place in its commit.
     *
     * @param number 1 for the first
     * @param of how many there are in all, those included that are not written
     */
    public record Place(int number, int of) {}

    /** Lines that are written to {@code target}. */
    public AuditLines(OutputStream target) throws IOException {
        this.out = FACTORY.createGenerator(target);
    }

    /** Writes one line. */
    public void write(CommitHeader header, ChainHash hash, Place place, StoreLayout layout, Change change)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("format", FORMAT);
        out.writeStringField("position", header.position().toString());
        out.writeNumberField("sequence", header.position().sequence());
        out.writeStringField("time", TIME.format(header.time()));
        out.writeStringField("author", header.author().name());
        out.writeStringField("origin", header.author().origin().name());
        optional("reason", header.reason());
        optional("correlationId", header.correlationId());
        out.writeStringField("hash", hash.hex());
        out.writeNumberField("change", place.number());
        out.writeNumberField("changes", place.of());
        out.writeStringField("store", change.store());
        out.writeStringField("keyType", name(layout.key().type()));
        value("key", layout.key().type(), change.key());
        out.writeNumberField("version", change.version());
        out.writeStringField("kind", change.kind().name());
        if (change.contents() == Change.Contents.DROPPED) {
            out.writeBooleanField("contentsDropped", true);
        }
        cells(layout, change);
        out.writeEndObject();
        out.writeRaw('\n');
    }

    private void cells(StoreLayout layout, Change change) throws IOException {
        out.writeArrayFieldStart("cells");
        int column = 0;
        for (CellChange cell : change.cells()) {
            while (!layout.columns().get(column).name().equals(cell.column())) {
                column++;
            }
            ColumnType<?> type = layout.columns().get(column).type();
            out.writeStartObject();
            out.writeStringField("column", cell.column());
            out.writeStringField("type", name(type));
            if (cell.before() == Erased.ERASED) {
                out.writeBooleanField("erased", true);
            } else {
                value("before", type, cell.before());
                value("after", type, cell.after());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void optional(String field, Optional<String> text) throws IOException {
        out.writeStringField(field, text.orElse(null));
    }

    private static String name(ColumnType<?> type) {
        return type.kind().name().toLowerCase(Locale.ROOT);
    }

    /** A value is text, which no reader of JSON rounds or takes for something else; only a set is an array of texts. */
    private void value(String field, ColumnType<?> type, @Nullable Object value) throws IOException {
        out.writeFieldName(field);
        if (value == null) {
            out.writeNull();
        } else if (type.kind() == Kind.TEXT_SET) {
            texts((SortedSet<?>) value);
        } else {
            out.writeString(text(type.kind(), value));
        }
    }

    private static String text(Kind kind, Object value) {
        return switch (kind) {
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case TIMESTAMP -> TIME.format((Instant) value);
            case BYTES -> Base64.getEncoder().encodeToString(((Bytes) value).toArray());
            case JSON -> ((Json) value).text();
            default -> value.toString();
        };
    }

    private void texts(SortedSet<?> elements) throws IOException {
        out.writeStartArray();
        for (Object element : elements) {
            out.writeString((String) element);
        }
        out.writeEndArray();
    }

    /** Writes out what is left and closes the target. */
    @Override
    public void close() throws IOException {
        out.close();
    }

    /** What some reader takes for the end of a line is escaped, and so a line is a line to all of them. */
    private static final class LineEnds extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        private final int[] ascii = standardAsciiEscapesForJSON();

        LineEnds() {
            ascii[0x7f] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            boolean endsLines = character == 0x2028 || character == 0x2029 || Character.isISOControl(character);
            return endsLines ? new SerializedString("\\u%04x".formatted(character)) : null;
        }
    }
}
