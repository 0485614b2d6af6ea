package dev.rowkeep.examples.sketch;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Position;
import dev.rowkeep.query.Order;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Decimal;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.store.ReadView;
import dev.rowkeep.store.RecordStore;
import java.math.BigDecimal;
import java.util.List;

/** What a record was at an earlier place in the log, and what has changed since. */
public final class AsOfWithDiff {
    private AsOfWithDiff() {}

    // tag::asof[]
    record Rate(
            @Key String currency,
            @Decimal(precision = 12, scale = 4) BigDecimal perEuro) {
        Rate at(String rate) {
            return new Rate(currency, new BigDecimal(rate));
        }
    }

    static final Schema<String, Rate> RATES = Schema.of(String.class, Rate.class);
    static final Column<BigDecimal> PER_EURO = RATES.column("perEuro", BigDecimal.class);

    /** The cells that changed after the report's day. */
    static List<CellChange> run(RowKeep keep) {
        RecordStore<String, Rate> rates = keep.store(RATES);
        rates.insert(new Rate("CHF", new BigDecimal("0.9412")));
        rates.update("CHF", rate -> rate.at("0.9380"));
        // A report notes its place in the log; the place goes through text and back.
        String noted = keep.log().head().toString();

        rates.update("CHF", rate -> rate.at("0.9455"));
        VersionedRecord<String, Rate> now = rates.update("CHF", rate -> rate.at("0.9401"));

        VersionedRecord<String, Rate> then =
                rates.asOf("CHF", Position.parse(noted)).orElseThrow();
        return rates.diff("CHF", then.version(), now.version());
    }

    /** The dearest currencies of that day, read from all the rates of then. */
    static List<String> dearest(RowKeep keep, Position then) {
        ReadView<String, Rate> view = keep.store(RATES).asOf(then);
        return view.query().orderBy(Order.ascending(PER_EURO)).limit(3).list().stream()
                .map(VersionedRecord::key)
                .toList();
    }
    // end::asof[]
}
