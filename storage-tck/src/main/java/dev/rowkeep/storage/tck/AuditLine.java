package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Change;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.CommitHeader;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Json;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.schema.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a line of an audit file must say, written down a second time: each value's form is checked to give the value back. */
final class AuditLine {
    private final Map<String, Schema<?, ?>> schemas = new LinkedHashMap<>();

    AuditLine(Schema<?, ?>... stores) {
        for (Schema<?, ?> schema : stores) {
            schemas.put(schema.name(), schema);
        }
    }

    /** The line of {@code change}, which is at a place in {@code commit}, from 1. */
    Json of(Commit commit, Change change, int place) {
        Schema<?, ?> schema = Objects.requireNonNull(schemas.get(change.store()));
        CommitHeader header = commit.header();
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("format", "rowkeep-audit-1");
        line.put("position", header.position().toString());
        line.put("sequence", header.position().sequence());
        line.put("time", time(header.time()));
        line.put("author", header.author().name());
        line.put("origin", header.author().origin().name());
        line.put("reason", header.reason().orElse(null));
        line.put("correlationId", header.correlationId().orElse(null));
        line.put("hash", commit.hash().hex());
        line.put("change", place);
        line.put("changes", commit.changes().size());
        line.put("store", change.store());
        line.put("keyType", name(schema.key()));
        line.put("key", form(schema.key().type().kind(), change.key()));
        line.put("version", change.version());
        line.put("kind", change.kind().name());
        List<Object> cells = new ArrayList<>();
        change.cells().forEach(cell -> cells.add(cell(schema, cell)));
        line.put("cells", cells);
        return Json.ofTree(line);
    }

    private static Map<String, @Nullable Object> cell(Schema<?, ?> schema, CellChange change) {
        Column<?> column = schema.columns().stream()
                .filter(it -> it.name().equals(change.column()))
                .findFirst()
                .orElseThrow();
        Map<String, @Nullable Object> cell = new LinkedHashMap<>();
        cell.put("column", change.column());
        cell.put("type", name(column));
        cell.put("before", form(column.type().kind(), change.before()));
        cell.put("after", form(column.type().kind(), change.after()));
        return cell;
    }

    private static String name(Column<?> column) {
        return column.type().kind().name().toLowerCase(Locale.ROOT);
    }

    private static String time(Instant time) {
        String text =
                new DateTimeFormatterBuilder().appendInstant(6).toFormatter().format(time);
        assertThat(Instant.parse(text)).isEqualTo(time);
        return text;
    }

    private static @Nullable Object form(Kind kind, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (kind) {
            case TEXT, ENUM -> value;
            case DOUBLE -> same(value.toString(), Double.valueOf(value.toString()), value);
            case BOOLEAN -> same(value.toString(), Boolean.valueOf(value.toString()), value);
            case INTEGER -> same(value.toString(), Long.valueOf(value.toString()), value);
            case DECIMAL -> {
                String text = ((BigDecimal) value).toPlainString();
                yield same(text, new BigDecimal(text), value);
            }
            case DATE -> same(value.toString(), LocalDate.parse(value.toString()), value);
            case TIMESTAMP -> time((Instant) value);
            case UUID -> same(value.toString(), UUID.fromString(value.toString()), value);
            case BYTES -> {
                String text = Base64.getEncoder().encodeToString(((Bytes) value).toArray());
                yield same(text, Bytes.of(Base64.getDecoder().decode(text)), value);
            }
            case TEXT_SET -> new ArrayList<>((SortedSet<?>) value);
            case JSON -> same(((Json) value).text(), Json.parse(((Json) value).text()), value);
        };
    }

    private static String same(String text, Object readBack, Object value) {
        assertThat(readBack).isEqualTo(value);
        return text;
    }
}
