package dev.rowkeep.examples.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CellConflict;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Deferral;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.RequestReusedException;
import dev.rowkeep.examples.FirstRecord;
import dev.rowkeep.examples.Snippets;
import dev.rowkeep.lease.LeaseResult;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApiSketchTest {
    private final RowKeep keep = RowKeep.open(MemoryStorage.create());

    @AfterEach
    void close() {
        keep.close();
    }

    static List<Arguments> programs() {
        return List.of(
                Arguments.of("first-record", FirstRecord.class),
                Arguments.of("conflict", AnswerConflict.class),
                Arguments.of("quarantine", ImportWithQuarantine.class),
                Arguments.of("asof", AsOfWithDiff.class),
                Arguments.of("undo", TakeBack.class),
                Arguments.of("groups", SalesByDay.class));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void theDocumentShowsTheProgramThatIsCompiled(String name, Class<?> program) {
        assertThat(Snippets.inDocument("docs/api-sketch.md", name)).isEqualTo(Snippets.inSource(program, name));
    }

    @Test
    void aConflictIsAnsweredCellByCell() {
        VersionedRecord<String, AnswerConflict.Page> page = AnswerConflict.run(keep);

        assertThat(page.value()).isEqualTo(new AnswerConflict.Page("home", "Welcome", "Hello, world", 2));
        assertThat(page.version()).isEqualTo(3);
    }

    @Test
    void whatAnotherHasChangedSinceIsNotTakenBack() {
        CommitResult result = TakeBack.run(keep);

        assertThat(result).isInstanceOf(CommitResult.Refused.class);
        assertThat(((WriteResult.Conflicted<?, ?>)
                                ((CommitResult.Refused) result).problems().get(0))
                        .conflict()
                        .cells())
                .containsExactly(new CellConflict("name", "Desk lamp", "Lamp", "Lantern"));
        assertThat(keep.store(TakeBack.ITEMS).get("A-1").orElseThrow().value())
                .isEqualTo(new TakeBack.Item("A-1", "Lantern", 8));
        assertThat(TakeBack.preview(keep.session(Author.user("ben")))).hasSize(1);
        assertThat(TakeBack.preview(keep.session(Author.user("cleo")))).isEmpty();
    }

    @Test
    void whatPeopleDidToPricesIsToldAndFiled(@TempDir Path folder) {
        assertThat(Snippets.inDocument("docs/history.md", "audit"))
                .isEqualTo(Snippets.inSource(WhoChangedWhat.class, "audit"));
        assertThat(String.join("\n", WhoChangedWhat.run(keep, folder)))
                .isEqualTo(Snippets.outputInDocument("docs/history.md", "audit"));
    }

    @Test
    void whatAJobDidIsTakenBackAndWhatAPersonDidStays() {
        assertThat(Snippets.inDocument("docs/history.md", "history"))
                .isEqualTo(Snippets.inSource(MendThePast.class, "history"));
        assertThat(String.join("\n", MendThePast.run(keep)))
                .isEqualTo(Snippets.outputInDocument("docs/history.md", "history"));
    }

    @Test
    void aBackupIsRestoredBesideTheStoreThatItIsOf(@TempDir Path directory) throws IOException {
        assertThat(Snippets.inDocument("docs/backup.md", "backup"))
                .isEqualTo(Snippets.inSource(KeepBackups.class, "backup"));
        Path backups = Files.createDirectory(directory.resolve("backups"));
        assertThat(String.join("\n", KeepBackups.run(directory, backups)))
                .isEqualTo(Snippets.outputInDocument("docs/backup.md", "backup"));
    }

    @Test
    void monthsAreClosedUnderANameAndCompared() {
        assertThat(Snippets.inDocument("docs/history.md", "snapshots"))
                .isEqualTo(Snippets.inSource(NameThePast.class, "snapshots"));
        assertThat(String.join("\n", NameThePast.run(keep)))
                .isEqualTo(Snippets.outputInDocument("docs/history.md", "snapshots"));
    }

    @Test
    void whatIsOldGoesAndAPinnedReportStays(@TempDir Path directory) {
        assertThat(Snippets.inDocument("docs/history.md", "retention"))
                .isEqualTo(Snippets.inSource(LetGo.class, "retention"));
        AtomicReference<Clock> clock =
                new AtomicReference<>(Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC));
        Clock steered = new Clock() {
            @Override
            public Instant instant() {
                return clock.get().instant();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        try (RowKeep readings = RowKeep.open(
                SqliteStorage.at(directory.resolve("readings.db")),
                KeepOptions.defaults().clock(steered))) {
            List<String> told = LetGo.run(readings, () -> clock.set(Clock.offset(clock.get(), Duration.ofDays(365))));
            assertThat(String.join("\n", told)).isEqualTo(Snippets.outputInDocument("docs/history.md", "retention"));
        }
    }

    @Test
    void theNewestVersionsAreKept() {
        assertThat(Snippets.inDocument("docs/history.md", "newest-versions"))
                .isEqualTo(Snippets.inSource(KeepTheNewest.class, "newest-versions"));
        assertThat(String.join("\n", KeepTheNewest.run(keep)))
                .isEqualTo(Snippets.outputInDocument("docs/history.md", "newest-versions"));
    }

    @Test
    void whatBelongsToAPersonIsErased() {
        assertThat(Snippets.inDocument("docs/history.md", "erasure"))
                .isEqualTo(Snippets.inSource(Forget.class, "erasure"));
        assertThat(String.join("\n", Forget.run(keep)))
                .isEqualTo(Snippets.outputInDocument("docs/history.md", "erasure"));
    }

    @Test
    void badRowsAreQuarantinedInTheCommitThatBringsTheGoodOnes() {
        List<Map<String, Object>> rows = List.of(
                Map.of("id", "r1", "sensor", "roof", "value", 7),
                Map.of("id", "r2", "sensor", "roof", "value", -1),
                Map.of("id", "r3", "value", "8"));

        CommitResult result = ImportWithQuarantine.run(keep, "monday.json", rows);

        assertThat(result).isInstanceOf(CommitResult.Committed.class);
        assertThat(keep.log().head().sequence()).isOne();
        assertThat(keep.store(ImportWithQuarantine.READINGS).query().list())
                .extracting(VersionedRecord::key)
                .containsExactly("r1");
        RecordStore<String, ImportWithQuarantine.Quarantined> quarantine = keep.store(ImportWithQuarantine.QUARANTINE);
        assertThat(quarantine.get("monday.json:2").orElseThrow().value().why()).contains("rule min");
        assertThat(quarantine.get("monday.json:3").orElseThrow().value().why()).contains("rule required");
    }

    @Test
    void anImportThatIsRunAgainIsDoneOnceAndAnsweredAsTheFirstTime() {
        List<Map<String, Object>> rows = List.of(
                Map.of("id", "r1", "sensor", "roof", "value", 7), Map.of("id", "r2", "sensor", "roof", "value", -1));
        CommitResult first = ImportWithQuarantine.run(keep, "monday.json", rows);

        CommitResult again = ImportWithQuarantine.run(keep, "monday.json", rows);

        assertThat(again).isEqualTo(new CommitResult.Duplicate(first, keep.log().head()));
        assertThatExceptionOfType(RequestReusedException.class)
                .isThrownBy(() -> ImportWithQuarantine.run(
                        keep, "monday.json", List.of(Map.of("id", "r9", "sensor", "roof", "value", 7))))
                .withMessageContaining("import of monday.json");
        assertThat(keep.log().head().sequence()).isOne();
    }

    @Test
    void whatIsDeliveredTwiceIsCountedOnceAndWhatAPersonTouchedIsPutOff() {
        for (String name : List.of("once", "polite-job", "one-at-a-time")) {
            assertThat(Snippets.inDocument("docs/exactly-once.md", name))
                    .isEqualTo(Snippets.inSource(OnceAndLater.class, name));
        }
        RecordStore<String, OnceAndLater.Page> pages = keep.store(OnceAndLater.PAGES);
        pages.as(keep.session(Author.user("ana"))).insert(new OnceAndLater.Page("home", "Welcome", 0));

        WriteResult<String, OnceAndLater.Page> first = OnceAndLater.countOnce(keep, pages, "m-1", 5);
        WriteResult<String, OnceAndLater.Page> again = OnceAndLater.countOnce(keep, pages, "m-1", 5);
        // Asked as of two days from now, the query finds the page; the guard inside the commit puts the write off.
        List<Deferral> later =
                OnceAndLater.countViews(keep, pages, Instant.now().plus(Duration.ofDays(2)), Duration.ofDays(1));

        assertThat(first).isInstanceOf(WriteResult.Applied.class);
        assertThat(again).isInstanceOf(WriteResult.Duplicate.class);
        assertThat(later).singleElement().extracting(Deferral::by).isEqualTo("ana");
        assertThat(pages.get("home").orElseThrow().value().views()).isEqualTo(5);
    }

    @Test
    void oneRecountsAtATime() {
        RecordStore<String, OnceAndLater.Page> pages = keep.store(OnceAndLater.PAGES);
        pages.insert(new OnceAndLater.Page("home", "Welcome", 7));
        LeaseResult other = keep.session(Author.job("recount")).leases().acquire("recount", Duration.ofHours(1));

        assertThat(OnceAndLater.recount(keep, pages)).isZero();
        keep.session(Author.system("test")).leases().release(((LeaseResult.Acquired) other).lease());

        assertThat(OnceAndLater.recount(keep, pages)).isOne();
        assertThat(pages.get("home").orElseThrow().value().views()).isZero();
    }

    @Test
    void theDiffIsFromTheNotedPlaceToNow() {
        assertThat(AsOfWithDiff.run(keep))
                .containsExactly(new CellChange("perEuro", new BigDecimal("0.9380"), new BigDecimal("0.9401")));
    }

    @Test
    void theViewIsOfThen() {
        RecordStore<String, AsOfWithDiff.Rate> rates = keep.store(AsOfWithDiff.RATES);
        rates.insert(new AsOfWithDiff.Rate("CHF", new BigDecimal("0.9412")));
        rates.insert(new AsOfWithDiff.Rate("GBP", new BigDecimal("0.8701")));
        Position then = keep.log().head();
        rates.delete("CHF");
        rates.update("GBP", rate -> rate.at("0.9999"));
        rates.insert(new AsOfWithDiff.Rate("KWD", new BigDecimal("0.3520")));

        assertThat(AsOfWithDiff.dearest(keep, then)).containsExactly("GBP", "CHF");
    }

    @Test
    void groupsAreByTheDayOfTheZone() {
        RecordStore<String, SalesByDay.Sale> sales = keep.store(SalesByDay.SALES);
        sales.insert(sale("s1", "north", "2026-03-28T23:00:00Z", "10.10"));
        sales.insert(sale("s2", "north", "2026-03-29T21:59:59Z", "0.20"));
        sales.insert(sale("s3", "north", "2026-03-29T22:00:00Z", "99.00"));
        sales.insert(sale("s4", "south", "2026-03-29T22:00:00Z", "0.00"));

        assertThat(SalesByDay.run(keep))
                .containsExactly(
                        "2026-03-30 north: 1 for 99.00, median 99.00", "2026-03-29 north: 2 for 10.30, median 0.20");
    }

    private static SalesByDay.Sale sale(String id, String region, String at, String price) {
        return new SalesByDay.Sale(id, region, Instant.parse(at), new BigDecimal(price));
    }

    @Test
    void sqlOfTheReadmeAsksTheHistory(@TempDir Path directory) {
        try (RowKeep shop = RowKeep.open(SqliteStorage.at(directory.resolve("shop.db")))) {
            RecordStore<String, AnswerConflict.Page> pages = shop.store(AnswerConflict.PAGES);
            pages.insert(new AnswerConflict.Page("home", "Welcome", "Hello", 1));
            RecordStore<String, AnswerConflict.Page> asAna = pages.as(shop.session(Author.user("ana")));
            asAna.update("home", page -> new AnswerConflict.Page("home", "Welcome!", "Hello", 1));
            asAna.delete("home");

            assertThat(AskInSql.busiest(shop)).containsExactly("ana: 2");
        }
        assertThat(Snippets.inDocument("README.md", "sql")).isEqualTo(Snippets.inSource(AskInSql.class, "sql"));
    }

    @Test
    void aStorageWithoutSqlSaysSo() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(keep::sql)
                .withMessageContaining("memory");
    }
}
