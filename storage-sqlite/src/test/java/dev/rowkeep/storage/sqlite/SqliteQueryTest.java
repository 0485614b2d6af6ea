package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.internal.query.ConditionEvaluation;
import dev.rowkeep.internal.query.KeysetOrder;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.storage.sqlite.TestPlans.Wanted;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries against the evaluation that gives conditions their meaning, over records full of missing and odd values. */
class SqliteQueryTest {
    private static final Column<Long> ID = Column.integer("id");
    private static final Column<String> TEXT = Column.text("t");
    private static final Column<BigDecimal> PRICE = Column.decimal("price", 9, 2);
    private static final Column<SortedSet<String>> TAGS = Column.textSet("tags");
    private static final StoreLayout LAYOUT =
            TestLayouts.layout(1, "items", ID, TEXT, PRICE, TAGS).done();
    private static final List<String> TEXTS =
            List.of("", "a", "ab", "abc", "b", "%", "_", "\uD7FF", "\uE000", "😀", "😀x", "A");

    @TempDir
    Path directory;

    private Storage storage;
    private final List<Image> images = new ArrayList<>();

    @BeforeEach
    void fill() {
        storage = SqliteStorage.at(directory.resolve("a.db")).open(Access.READ_WRITE);
        storage.install(LAYOUT);
        Random random = new Random(7);
        List<Wanted> wanted = new ArrayList<>();
        for (long id = 0; id < 300; id++) {
            Object text = random.nextInt(4) == 0 ? null : TEXTS.get(random.nextInt(TEXTS.size()));
            Object price = random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextInt(9) - 4, 2);
            Object tags = random.nextInt(4) == 0
                    ? null
                    : ColumnType.TEXT_SET.toCanonical(new TreeSet<>(TEXTS.subList(0, random.nextInt(5))));
            wanted.add(Wanted.put(LAYOUT, id, text, price, tags));
        }
        storage.commit(TestPlans.oneCommit(wanted));
        wanted.forEach(each -> images.add(storage.read(LAYOUT, each.key())));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private static List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>(List.of(
                Condition.everything(),
                Condition.isMissing(TEXT),
                Condition.isMissing(ID),
                Condition.atMost(ID, 100L),
                Condition.in(TEXT, List.of("a", "😀", "nothing")),
                Condition.in(ID, IntStream.range(0, 150).mapToObj(i -> (long) i).toList()),
                Condition.in(
                        TEXT,
                        IntStream.range(0, 200)
                                .mapToObj(i -> i == 5 ? "ab" : "x\"" + i)
                                .toList()),
                Condition.in(PRICE, List.of()),
                new Condition.And(List.of()),
                new Condition.Or(List.of())));
        for (String text : TEXTS) {
            conditions.add(Condition.startsWith(TEXT, text));
            conditions.add(Condition.contains(TEXT, text));
            conditions.add(Condition.contains(TAGS, text));
            conditions.add(Condition.eq(TEXT, text));
            conditions.add(Condition.less(TEXT, text));
            conditions.add(Condition.atLeast(TEXT, text));
        }
        for (int cents = -2; cents <= 2; cents++) {
            conditions.add(Condition.greater(PRICE, BigDecimal.valueOf(cents, 2)));
            conditions.add(Condition.atMost(PRICE, BigDecimal.valueOf(cents, 2)));
        }
        return conditions;
    }

    @Test
    void everyConditionHoldsForTheSameRecordsAsItsMeaning() {
        List<Condition> conditions = new ArrayList<>(conditions());
        Random random = new Random(11);
        for (int i = 0; i < 400; i++) {
            Condition a = conditions.get(random.nextInt(conditions.size()));
            Condition b = conditions.get(random.nextInt(conditions.size()));
            conditions.add(
                    switch (random.nextInt(3)) {
                        case 0 -> a.and(b);
                        case 1 -> a.or(b);
                        default -> a.not();
                    });
        }
        for (Condition condition : conditions) {
            ConditionEvaluation meaning = ConditionEvaluation.of(LAYOUT, condition);
            List<Object> expected =
                    images.stream().filter(meaning::test).map(Image::key).toList();
            assertThat(keys(scan(condition, List.of(Order.ascending(ID)), Optional.empty(), 1_000)))
                    .as(condition.toString())
                    .isEqualTo(expected);
            assertThat(storage.count(LAYOUT, condition)).isEqualTo(expected.size());
        }
    }

    @Test
    void pagesFollowEachOtherInEveryOrder() {
        List<List<Order>> orders = List.of(
                List.of(Order.descending(ID)),
                List.of(Order.ascending(TEXT), Order.ascending(ID)),
                List.of(Order.descending(TEXT), Order.ascending(ID)),
                List.of(Order.ascending(PRICE), Order.descending(TEXT), Order.descending(ID)),
                List.of(Order.descending(PRICE), Order.ascending(TEXT), Order.ascending(ID)));
        for (List<Order> order : orders) {
            KeysetOrder meaning = KeysetOrder.of(LAYOUT, order);
            List<Object> expected =
                    images.stream().sorted(meaning).map(Image::key).toList();
            List<Object> found = new ArrayList<>();
            Optional<List<Object>> after = Optional.empty();
            for (List<Image> page = scan(Condition.everything(), order, after, 7);
                    !page.isEmpty();
                    page = scan(Condition.everything(), order, after, 7)) {
                assertThat(page.size()).isLessThanOrEqualTo(7);
                found.addAll(keys(page));
                after = Optional.of(meaning.values(page.get(page.size() - 1)));
            }
            assertThat(found).as(order.toString()).isEqualTo(expected);
        }
    }

    @Test
    void aScanStaysAtItsMomentWhileOthersWriteAndReadTheirOwn() {
        List<Order> order = List.of(Order.descending(TEXT), Order.ascending(ID));
        List<Object> place = KeysetOrder.of(LAYOUT, order).values(images.get(0));
        List<Object> expected = keys(scan(Condition.everything(), order, Optional.of(place), 1_000));
        List<Object> found = new ArrayList<>();
        try (ImageScan scan = storage.scan(LAYOUT, spec(Condition.everything(), order, Optional.of(place), 1_000))) {
            for (Image image = scan.next(); image != null; image = scan.next()) {
                found.add(image.key());
                TestPlans.put(storage, LAYOUT, 1_000L + found.size(), null, null, null);
                assertThat(storage.read(LAYOUT, 1_000L + found.size())).isNotNull();
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void pagesInTheOrderOfAnIndexAreReadWithoutSorting() throws Exception {
        StoreLayout first = TestLayouts.PRODUCTS;
        StoreLayout indexed = new StoreLayout(2, first.name(), first.key(), first.columns(), first.indexes());
        storage.install(indexed);
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("a.db"));
                Statement statement = raw.createStatement();
                ResultSet row = statement.executeQuery("EXPLAIN QUERY PLAN SELECT * FROM products WHERE stock = 5"
                        + " AND sku > 'x' ORDER BY stock ASC NULLS FIRST, sku ASC NULLS FIRST LIMIT 10")) {
            StringBuilder plan = new StringBuilder();
            while (row.next()) {
                plan.append(row.getString("detail")).append('\n');
            }
            assertThat(plan.toString())
                    .contains("USING INDEX rowkeep_index_2_2 (stock=? AND sku>?)")
                    .doesNotContain("TEMP B-TREE");
        }
    }

    private static QuerySpec spec(Condition where, List<Order> orders, Optional<List<Object>> after, int limit) {
        BitSet all = new BitSet();
        all.set(0, LAYOUT.columns().size());
        return new QuerySpec(where, orders, after, limit, all);
    }

    private List<Image> scan(Condition where, List<Order> orders, Optional<List<Object>> after, int limit) {
        List<Image> found = new ArrayList<>();
        try (ImageScan scan = storage.scan(LAYOUT, spec(where, orders, after, limit))) {
            for (Image image = scan.next(); image != null; image = scan.next()) {
                found.add(image);
            }
        }
        return found;
    }

    private static List<Object> keys(List<Image> images) {
        return images.stream().map(Image::key).toList();
    }
}
