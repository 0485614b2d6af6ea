package dev.rowkeep.benchmarks.scale;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Effort;
import dev.rowkeep.benchmarks.harness.Entrant;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.harness.Sample;
import dev.rowkeep.benchmarks.harness.Spread;
import dev.rowkeep.benchmarks.jdbc.DriverOpening;
import dev.rowkeep.benchmarks.keep.KeepOpening;
import dev.rowkeep.benchmarks.keep.KeepPast;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepReaders;
import dev.rowkeep.benchmarks.keep.KeepReading;
import dev.rowkeep.benchmarks.keep.KeepSqlPast;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import dev.rowkeep.benchmarks.keep.KeepWriters;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.keep.OpenHeap;
import dev.rowkeep.benchmarks.report.Side;
import dev.rowkeep.commit.Position;
import dev.rowkeep.store.KeepOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Measures one store at one size. What it leaves behind are the updates that it timed, which come last. */
final class Probe {
    /** How many updates a batch has at most. */
    static final int MOST_IN_BATCH = 10_000;

    private static final Duration OPENING_ALLOWANCE = Duration.ofMillis(100);
    private static final double NANOS_IN_MICRO = 1e3;
    private static final double NANOS_IN_MILLI = 1e6;

    /** What takes longer is done once, and not in rounds. */
    private static final double LONG_NANOS = 10e9;

    private final Bench bench;
    private final GrowingStore store;
    private final Map<Measure, AtSize.Value> values = new EnumMap<>(Measure.class);

    private Probe(Bench bench, GrowingStore store) {
        this.bench = bench;
        this.store = store;
    }

    static AtSize measure(Bench bench, GrowingStore store) throws Exception {
        return new Probe(bench, store).measure();
    }

    private AtSize measure() throws Exception {
        int logRows = store.logRows();
        double bytes = store.bytes();
        values.put(Measure.BYTES, once(bytes));
        values.put(Measure.BYTES_PER_ROW, once(bytes / logRows));
        Side driver = open();
        values.put(Measure.HEAP, new AtSize.Value(heap(), rounds()));
        read();
        Spread syncsPerSecond = update();
        return new AtSize(logRows, values, driver, syncsPerSecond);
    }

    private @Nullable Side open() throws Exception {
        Effort once = Effort.operations(1);
        String key = store.keys()[0];
        try (Race race = new Race(bench)) {
            race.add(new KeepOpening(store.storage(), store.directory(), key), 1, once);
            if (store.storage() == KeepStorage.SQLITE) {
                race.add(
                        new DriverOpening(KeepProducts.sqliteFileIn(store.directory()), key, OPENING_ALLOWANCE),
                        1,
                        once);
            }
            RaceResult result = race.run();
            values.put(Measure.OPEN, millis(result.of(0).samples()));
            return result.measurements().size() == 1
                    ? null
                    : new Side(
                            result.of(1).name(), millis(result.of(1).samples()).spread(), null);
        }
    }

    private Spread heap() {
        return OpenHeap.heldBy(store.storage(), store.directory(), store.keys()[0], rounds());
    }

    private void read() throws Exception {
        try (KeepProducts products = store.open(KeepOptions.defaults().cachedRecords(0))) {
            Contender record =
                    new KeepReaders("rowkeep-as-of", products, KeepReading.asOfVersions(1), store.anyKey(), 1);
            values.put(Measure.RECORD_AS_OF, micros(warmAndRounds(record)));
            values.put(Measure.STORE_AS_OF, millis(warmAndRounds(past(products))));
        }
    }

    /** As each storage does it best. */
    private Contender past(KeepProducts products) {
        Position middle = store.middle(products);
        return switch (store.storage()) {
            case SQLITE -> new KeepPast(products, middle, store.earlierHalf());
            case DUCKDB -> new KeepSqlPast(products, middle.sequence(), store.earlierHalf());
        };
    }

    /** Neither closes its contender, nor lets it verify: reads that give a wrong answer fail by themselves. */
    private List<Sample> warmAndRounds(Contender reader) throws Exception {
        Entrant entrant = new Entrant(reader, 1, Effort.seconds(bench.settings().seconds()));
        Sample first = entrant.round();
        if (first.nanosPerOperation() > LONG_NANOS) {
            return List.of(first);
        }
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < rounds(); i++) {
            samples.add(entrant.round());
        }
        return samples;
    }

    /** Times batches of updates, each of which makes the log longer; the disk's fdatasync rate between them. */
    private Spread update() throws Exception {
        int batch = Math.min(MOST_IN_BATCH, store.keys().length);
        List<Sample> samples = new ArrayList<>();
        List<Double> syncRates = new ArrayList<>();
        try (KeepProducts products = store.open(KeepOptions.defaults())) {
            products.cache(store.keys());
            Contender writer = new KeepWriters(
                    "rowkeep",
                    products,
                    KeepWriting.withoutWaiting(store.inFlight()),
                    store.everyKeyInTurn(),
                    store.updates());
            Entrant entrant = new Entrant(writer, 1, Effort.operations(batch));
            for (int i = 0; i < rounds(); i++) {
                syncRates.add(bench.disk().syncsPerSecond());
                samples.add(entrant.round());
            }
            entrant.verify();
        }
        store.grownBy(batch * rounds());
        values.put(Measure.UPDATE, micros(samples));
        values.put(Measure.UPDATE_CPU, cpu(samples));
        return Spread.of(syncRates);
    }

    /** Of all batches together: the virtual machine counts in steps that are a good part of one. */
    private static AtSize.Value cpu(List<Sample> samples) {
        double nanos = samples.stream().mapToLong(Sample::cpuNanos).sum();
        long operations = samples.stream().mapToLong(Sample::operations).sum();
        return once(nanos / NANOS_IN_MICRO / operations);
    }

    private static AtSize.Value micros(List<Sample> samples) {
        return value(samples, sample -> sample.nanosPerOperation() / NANOS_IN_MICRO);
    }

    private static AtSize.Value millis(List<Sample> samples) {
        return value(samples, sample -> sample.nanosPerOperation() / NANOS_IN_MILLI);
    }

    private static AtSize.Value value(List<Sample> samples, ToDoubleFunction<Sample> part) {
        return new AtSize.Value(
                Spread.of(samples.stream().mapToDouble(part).boxed().toList()), samples.size());
    }

    private static AtSize.Value once(double value) {
        return new AtSize.Value(Spread.of(value), 1);
    }

    private int rounds() {
        return bench.settings().rounds();
    }
}
