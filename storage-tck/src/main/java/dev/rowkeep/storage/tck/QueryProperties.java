package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Column;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Scans, counts and pages over records and conditions of every kind, compared with the {@link Oracle}. */
abstract class QueryProperties {
    private final StorageFixture fixture;

    QueryProperties(StorageFixture fixture) {
        this.fixture = fixture;
    }

    @Property(tries = 25)
    void scansAndCountsAgreeWithTheSemanticsTable(
            @ForAll("rows") List<List<Object>> rows, @ForAll("questions") List<Question> questions) {
        try (Bench bench = filled(rows)) {
            Storage storage = bench.storage();
            List<Image> records = records(storage);
            for (Column<?> column : Kinds.COLUMNS) {
                if (column.type().kind().isOrdered()) {
                    List<Order> orders = List.of(Order.ascending(column), Order.ascending(Stores.ID));
                    assertScan(storage, records, new Question(Condition.everything(), orders, -1, Integer.MAX_VALUE));
                }
            }
            for (Question question : questions) {
                assertScan(storage, records, question);
                assertThat(storage.count(Kinds.LAYOUT, question.where()))
                        .as("count of %s", question.where())
                        .isEqualTo(records.stream()
                                .filter(image -> Oracle.holds(question.where(), Kinds.LAYOUT, image))
                                .count());
            }
        }
    }

    private static void assertScan(Storage storage, List<Image> records, Question question) {
        QuerySpec query = question.over(Kinds.LAYOUT, records);
        assertThat(texts(Transcript.drain(storage.scan(Kinds.LAYOUT, query))))
                .as("%s", question)
                .isEqualTo(texts(Oracle.scan(Kinds.LAYOUT, records, query)));
    }

    @Property(tries = 15)
    void pagesVisitEachRecordOnceInOrder(
            @ForAll("rows") List<List<Object>> rows, @ForAll("questions") List<Question> questions) {
        try (Bench bench = filled(rows)) {
            Storage storage = bench.storage();
            List<Image> records = records(storage);
            for (Question question : questions) {
                QuerySpec whole = new Question(question.where(), question.orders(), -1, Integer.MAX_VALUE)
                        .over(Kinds.LAYOUT, records);
                List<Image> visited =
                        Pages.walk(storage, Kinds.LAYOUT, question.where(), question.orders(), question.limit());
                assertThat(texts(visited))
                        .as("pages of %s", question)
                        .isEqualTo(texts(Oracle.scan(Kinds.LAYOUT, records, whole)));
            }
        }
    }

    /** Cells for some records, as lists with {@code NOTHING} where there is no value. */
    @Provide
    Arbitrary<List<List<Object>>> rows() {
        List<Arbitrary<Object>> cells = Kinds.COLUMNS.stream()
                .map(column -> Arbitraries.oneOf(List.of(
                        Arbitraries.just((Object) Nothing.NOTHING),
                        ValueArbitraries.of(column.type()),
                        ValueArbitraries.of(column.type()))))
                .toList();
        return Combinators.combine(cells).as(row -> row).list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Question>> questions() {
        return new QueryArbitraries(Stores.ID, Kinds.COLUMNS, column -> ValueArbitraries.of(column.type()))
                .questions()
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    private enum Nothing {
        NOTHING
    }

    private Bench filled(List<List<Object>> rows) {
        Bench bench = new Bench(fixture, Kinds.LAYOUT);
        bench.commit(draft -> {
            for (int i = 0; i < rows.size(); i++) {
                @Nullable
                Object[] cells = rows.get(i).stream()
                        .map(cell -> cell == Nothing.NOTHING ? null : cell)
                        .toArray();
                draft.put(Kinds.LAYOUT, "k" + i, cells);
            }
        });
        return bench;
    }

    private static List<Image> records(Storage storage) {
        List<Image> records = new ArrayList<>();
        Transcript.records(storage).forEach(record -> {
            Image image = storage.read(record.layout(), record.key());
            assertThat(image).isNotNull();
            records.add(image);
        });
        return records;
    }

    private static List<String> texts(List<Image> images) {
        return images.stream().map(Transcript::of).toList();
    }
}
