package dev.rowkeep.storage.tck;

import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** A store of sales, to be grouped. */
final class Sales {
    static final Column<String> ID = Column.text("id");
    static final Column<String> REGION = Column.text("region");
    static final Column<Channel> CHANNEL = Column.enumeration("channel", Channel.class);
    static final Column<Instant> AT = Column.timestamp("at");
    static final Column<BigDecimal> PRICE = Column.decimal("price", 18, 2);
    static final Column<Long> PIECES = Column.integer("pieces");
    static final Column<Double> WEIGHT = Column.real("weight");
    static final Column<SortedSet<String>> TAGS = Column.textSet("tags");

    final Schema<String, Row> schema = Schema.dynamic("sales", ID, REGION, CHANNEL, AT, PRICE, PIECES, WEIGHT, TAGS);

    private int last;

    enum Channel {
        SHOP,
        ONLINE
    }

    /** The next sale, with a value in one column. */
    <C> Row with(Column<C> column, @Nullable C value) {
        return Row.of(schema, "s" + ++last).with(column, value);
    }
}
