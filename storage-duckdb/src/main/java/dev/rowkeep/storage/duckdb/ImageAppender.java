package dev.rowkeep.storage.duckdb;

import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Json;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StoreLayout;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Appends what an image holds to the columns of a table, one at a time: a table's columns stand in the order in which they were added. */
final class ImageAppender {
    private ImageAppender() {}

    /** Appends what belongs into the column called {@code place}; of a deleted record, no cells. */
    static void append(DuckDBAppender to, String place, StoreLayout layout, Image image) throws SQLException {
        switch (place) {
            case "_version" -> to.append(image.version());
            case "_change" -> to.append(image.changeId());
            case "_by" -> to.append(image.author().name());
            case "_origin" -> to.append(image.author().origin().name());
            case "_at" -> to.appendEpochMicros(image.timeMicros());
            case "_user_by" -> text(to, image.userAuthor());
            case "_user_at" -> userTime(to, image);
            default -> {
                int ordinal = layout.ordinal(place);
                if (ordinal < 0) {
                    cell(to, layout.key().type(), image.key());
                } else {
                    cell(to, layout.columns().get(ordinal).type(), image.isLive() ? image.cells()[ordinal] : null);
                }
            }
        }
    }

    static void userTime(DuckDBAppender to, Image image) throws SQLException {
        if (image.userAuthor() == null) {
            to.appendNull();
        } else {
            to.appendEpochMicros(image.userTimeMicros());
        }
    }

    static void text(DuckDBAppender to, @Nullable String text) throws SQLException {
        if (text == null) {
            to.appendNull();
        } else {
            to.append(text);
        }
    }

    private static void cell(DuckDBAppender to, ColumnType<?> type, @Nullable Object cell) throws SQLException {
        if (cell == null) {
            to.appendNull();
            return;
        }
        switch (type.kind()) {
            case TEXT, ENUM -> to.append((String) cell);
            case JSON -> to.append(((Json) cell).text());
            case INTEGER -> to.append((long) (Long) cell);
            case DECIMAL -> to.append(((BigDecimal) cell).setScale(type.scale()));
            case DOUBLE -> to.append((double) (Double) cell);
            case BOOLEAN -> to.append((boolean) (Boolean) cell);
            case DATE -> to.append((LocalDate) cell);
            case TIMESTAMP -> to.appendEpochMicros(CellCodec.micros((Instant) cell));
            case UUID -> to.append((UUID) cell);
            case BYTES -> to.append(((Bytes) cell).toArray());
            case TEXT_SET -> to.append((Collection<?>) cell);
        }
    }
}
