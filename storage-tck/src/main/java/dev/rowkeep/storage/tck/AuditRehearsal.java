package dev.rowkeep.storage.tck;

import dev.rowkeep.commit.Author;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Json;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;

/** What the scenarios of audits share: two stores, one with every kind of column, and a history of several writers on a steered clock. */
abstract class AuditRehearsal extends EngineScenarios {
    static final Schema<String, Row> KINDS = Schema.dynamic("kinds", ID, Kinds.COLUMNS.toArray(Column<?>[]::new));
    static final Column<Long> NUMBER = Column.integer("number");
    static final Column<Long> VALUE = Column.integer("value");
    static final Schema<Long, Row> COUNTERS = Schema.dynamic("counters", NUMBER, VALUE);

    /** Two with one name, too. */
    static final List<Author> AUTHORS =
            List.of(Author.user("ana"), Author.user("ben"), Author.job("ana"), Author.system("sweeper"));

    /** Texts that a writer of lines, or a reader of them, could stumble over. */
    static final List<String> HOSTILE = List.of(
            "\"quoted\" \\ and/or 'single'",
            "line\nfeed, carriage\rreturn, \r\n both, tab\t, \b\f",
            "\u0001\u001f\u007f\u0085\u009f",
            "paragraph\u2029line\u2028end",
            "\ud83d\ude00\udbff\udffd\ufeff\ufffd",
            "{\"format\":\"rowkeep-audit-1\"}\n{\"format\":\"rowkeep-audit-1\"}",
            "</script><!--",
            "",
            "x\u00e4\"\n\u2028\ud83d\ude00".repeat(20_000));

    final SteeredClock clock = new SteeredClock();

    @SuppressWarnings("NullAway.Init")
    RecordStore<String, Row> kinds;

    @SuppressWarnings("NullAway.Init")
    RecordStore<Long, Row> counters;

    AuditRehearsal() {}

    @BeforeEach
    void openStores() {
        kinds = keep.store(KINDS);
        counters = keep.store(COUNTERS);
    }

    @Override
    protected KeepOptions options() {
        return KeepOptions.defaults().clock(clock);
    }

    Session session(String user) {
        return keep.session(Author.user(user));
    }

    void set(Session session, long number, long value) {
        session.commit(List.of(edit(number, value))).orThrow();
    }

    private Edit<Long, Row> edit(long number, long value) {
        return counters.get(number)
                .map(read -> Edit.update(COUNTERS, number).set(VALUE, value).expecting(read.version()))
                .orElseGet(() -> Edit.insert(COUNTERS, Row.of(COUNTERS, number).with(VALUE, value)));
    }

    /** Commits of one to three records each, some at the same moment. */
    void writeAtRandom(Random random, int commits) {
        for (int i = 0; i < commits; i++) {
            clock.move(Duration.ofMillis(random.nextInt(3) * 500L));
            Session session = keep.session(AUTHORS.get(random.nextInt(AUTHORS.size())));
            if (random.nextBoolean()) {
                session = session.because(HOSTILE.get(0)).correlatedBy("run " + i);
            }
            Map<String, Edit<?, ?>> edits = new HashMap<>();
            for (int j = random.nextInt(3); j >= 0; j--) {
                if (random.nextInt(3) == 0) {
                    long number = random.nextInt(4) - 1L;
                    edits.put("counter " + number, edit(number, random.nextLong()));
                } else {
                    String id = "k" + random.nextInt(5);
                    edits.put(id, randomEdit(random, id));
                }
            }
            session.commit(new ArrayList<>(edits.values())).orThrow();
        }
    }

    private Edit<String, Row> randomEdit(Random random, String id) {
        var read = kinds.get(id);
        if (read.isPresent() && random.nextInt(5) == 0) {
            return Edit.delete(KINDS, id).expecting(read.get().version());
        }
        if (read.isEmpty()) {
            Row row = Row.of(KINDS, id);
            for (Column<?> column : Kinds.COLUMNS) {
                row = random.nextBoolean() ? with(row, column, random) : row;
            }
            return Edit.insert(KINDS, row);
        }
        Column<?> column = Kinds.COLUMNS.get(random.nextInt(Kinds.COLUMNS.size()));
        return set(Edit.update(KINDS, id), column, random).expecting(read.get().version());
    }

    private static <V> Row with(Row row, Column<V> column, Random random) {
        return row.with(column, value(column, random));
    }

    private static <V> Edit<String, Row> set(Edit<String, Row> edit, Column<V> column, Random random) {
        return edit.set(column, value(column, random));
    }

    private static <V> V value(Column<V> column, Random random) {
        List<Object> values = values(column);
        return column.type().fromCanonical(values.get(random.nextInt(values.size())));
    }

    private static List<Object> values(Column<?> column) {
        return switch (column.type().kind()) {
            case TEXT -> Ladder.texts().values();
            case INTEGER -> Ladder.integers().values();
            case DECIMAL -> Ladder.decimals(18, 6).values();
            case DOUBLE -> Ladder.doubles().values();
            case BOOLEAN -> Ladder.booleans().values();
            case DATE -> Ladder.dates().values();
            case TIMESTAMP -> Ladder.moments().values();
            case UUID -> Ladder.uuids().values();
            case ENUM -> Ladder.enums().values();
            case BYTES -> Ladder.bytes().values();
            case TEXT_SET -> List.of(Kinds.set(), Kinds.set("a", ""), Kinds.set("\n", "\u2028", "\ud83d\ude00"));
            case JSON ->
                List.of(
                        Json.parse("null"),
                        Json.parse("{\"a\":[1e300,\"\\n\u2028\"]}"),
                        Json.parse("9007199254740993"));
        };
    }

    /** A record in which every text holds {@code text}. */
    Row everywhere(String id, String text) {
        return Row.of(KINDS, id)
                .with(Kinds.TEXT, text)
                .with(Kinds.TEXTS, Kinds.set(text, text + "2"))
                .with(Kinds.JSON, Json.ofTree(Map.of(text, List.of(text))))
                .with(Kinds.BYTES, Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
