package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.log.Anchor;
import dev.rowkeep.log.LogFilter;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.retention.RetentionProgress;
import dev.rowkeep.retention.RetentionResult;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log that is cut as policies say: what goes, what stays, and what holds it back. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class RetentionScenarios extends RetentionBesideOthers {
    /** For the fixture's author. */
    protected RetentionScenarios() {}

    @Test
    void whatIsOlderThanThePolicyGoesAndTheRestIsAsItWas() {
        live();
        List<Commit> log = keep.log().read(keep.log().start(), 1_000);
        List<RecordVersion> history = store.history("t1", 100);
        Instant cutTime = clock.instant().minus(HOUR.multipliedBy(20));
        Position previewed = keep.retention().preview(TWENTY_HOURS);

        RetentionResult result = cut();

        Position oldest = result.oldest();
        assertThat(oldest).isEqualTo(previewed);
        assertThat(oldest.sequence()).isEqualTo(40);
        assertThat(result.dropped()).isEqualTo(40);
        assertThat(result.heldBackBy()).isEmpty();
        for (int turn = 0; turn < 2; turn++) {
            assertThat(keep.log().start()).isEqualTo(oldest);
            assertThat(keep.log().read(oldest, 20)).isEqualTo(log.subList(40, 60));
            assertThat(keep.log().verify().problem()).isEmpty();
            past.forEach((sequence, records) -> {
                if (sequence < oldest.sequence()) {
                    assertDropped(() -> viewed(at(sequence)), oldest);
                    assertDropped(() -> store.asOf("t1", at(sequence)), oldest);
                } else {
                    assertThat(contents(viewed(at(sequence)))).isEqualTo(contents(records));
                    records.forEach(record -> assertThat(
                                    store.asOf(record.key(), at(sequence)).map(RetentionScenarios::content))
                            .contains(content(record)));
                }
            });
            assertThat(contents(store.asOf(cutTime).query().list()))
                    .isEqualTo(contents(past.getOrDefault(40L, List.of())));
            assertDropped(() -> store.asOf(cutTime.minusMillis(1)), oldest);
            assertDropped(() -> store.asOf("t1", cutTime.minusMillis(1)), oldest);
            assertDropped(() -> keep.log().read(at(39), 1), oldest);
            assertDropped(() -> keep.log().ship(at(3), 10), oldest);
            assertDropped(() -> store.diff(at(2), at(60)), oldest);
            assertDropped(() -> store.restore(at(2)), oldest);
            assertDropped(() -> ana().undo(at(30)), oldest);
            assertThat(store.history("t1", 100)).isEqualTo(history.subList(0, 19));
            assertThat(store.history("t3", 100)).isEmpty();
            reopen();
        }
    }

    /** Of versions at the cut who made them is not known, where they were replaced since. */
    private static List<String> contents(List<VersionedRecord<String, Row>> records) {
        return records.stream().map(RetentionScenarios::content).toList();
    }

    private static String content(VersionedRecord<String, Row> record) {
        return record.key() + " v" + record.version() + " of " + record.position() + " " + record.value();
    }

    @Test
    void theVersionsAtTheCutAreKnownAndNoOlderOnes() {
        live();
        Position oldest = cut().oldest();
        VersionedRecord<String, Row> at = store.asOf("t1", oldest).orElseThrow();
        assertThat(at.value().get(USES)).isEqualTo(36L);
        assertThat(at.author()).isEqualTo(Author.system("unknown"));
        assertThat(store.asOf("t1", at.version())).map(VersionedRecord::value).contains(at.value());
        assertDropped(() -> store.asOf("t1", at.version() - 1), oldest);
        assertThat(store.asOf("t3", oldest).orElseThrow().author()).isEqualTo(Author.user("ben"));
        assertThat(store.asOf("t2", oldest)).isEmpty();
        assertThat(store.asOf("t4", oldest)).isEmpty();
        assertThat(store.asOf("t4", 2)).isEmpty();
        assertDropped(() -> store.asOf("t4", 1), oldest);

        assertThat(ana().inverseOf(at(41))).hasSize(1);
        assertThat(keep.log().verify().problem()).isEmpty();
        land(store.restore(oldest));
        assertThat(row("t1").get(USES)).isEqualTo(36L);
        assertThat(store.exists("t4")).isFalse();
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void recordsGoOnFromVersionsThatTheLogDoesNotHold() {
        live();
        cut();
        store.as(ana()).update("t3", row -> row.with(USES, 9L));
        store.insert(template("t2"));
        assertThat(version("t3")).isEqualTo("2:9");
        assertThat(version("t2")).isEqualTo("3:0");
        land(ana().undo());
        assertThat(version("t3")).isEqualTo("3:0");
        clock.move(HOUR.multipliedBy(100));
        store.as(ana()).update("t1", row -> row.with(USES, 1L));
        assertThat(cut().oldest().sequence()).isGreaterThan(60);
        land(ana().undo());
        land(ana().undo());
        assertThat(keep.log().verify().problem()).isEmpty();
        reopen();
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void aNamedSnapshotPinsAReport() {
        live();
        set(ana(), "t1", 1_000);
        VersionedRecord<String, Row> before = store.get("t1").orElseThrow();
        Position pinned = keep.snapshots().create("report").position();
        List<VersionedRecord<String, Row>> report = viewed(pinned);
        for (int i = 0; i < 30; i++) {
            clock.move(HOUR);
            set(ben(), "t1", i);
        }

        RetentionResult result = cut();

        if (hasFiles()) {
            assertThat(result.heldBackBy()).isEmpty();
            assertThat(result.oldest().sequence()).isGreaterThan(pinned.sequence());
            assertDropped(() -> viewed(at(pinned.sequence() + 1)), result.oldest());
        } else {
            assertThat(result.oldest()).isEqualTo(pinned);
            assertThat(result.heldBackBy().orElseThrow()).contains("report");
        }
        assertThat(contents(viewed(pinned))).isEqualTo(contents(report)).contains(content(before));
        reopen();
        assertThat(contents(viewed(pinned))).isEqualTo(contents(report));
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void aSnapshotWhoseFileDoesNotVerifyHoldsTheLogBack() throws IOException {
        assumeFiles();
        live();
        Position pinned = keep.snapshots().create("report").position();
        List<VersionedRecord<String, Row>> report = viewed(pinned);
        clock.move(HOUR.multipliedBy(50));
        set(ben(), "t1", 1);
        clock.move(HOUR.multipliedBy(50));
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(), bytes);

        RetentionResult result = cut();

        assertThat(result.oldest()).isEqualTo(pinned);
        assertThat(result.heldBackBy().orElseThrow()).contains("report");
        assertThat(contents(viewed(pinned))).isEqualTo(contents(report));
        assertThat(keep.snapshots().drop("report")).isTrue();
        assertThat(cut().oldest().sequence()).isGreaterThan(pinned.sequence());
    }

    @Test
    void whatOneStoreKeepsIsKeptOfAll() {
        live();
        accounts.insert(account("a", 1));
        clock.move(HOUR.multipliedBy(1_000));
        RetentionPolicy policy = TWENTY_HOURS.keepAll(accounts.schema().name());
        assertThat(keep.retention().apply(policy).oldest().sequence()).isZero();
        RetentionPolicy shorter = TWENTY_HOURS.keepFor(accounts.schema().name(), HOUR.multipliedBy(1_010));
        assertThat(keep.retention().apply(shorter).oldest().sequence()).isEqualTo(50);
        assertThat(keep.retention().apply(RetentionPolicy.keepAll()).oldest().sequence())
                .isEqualTo(50);
        assertThat(cut().oldest().sequence()).isGreaterThanOrEqualTo(61);
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    @Test
    void aRunStopsWhereItIsToldAndTheNextGoesOn() {
        busy(3_500);
        clock.move(HOUR.multipliedBy(30));
        List<RetentionProgress> steps = new ArrayList<>();
        RetentionResult stopped = keep.retention().apply(TWENTY_HOURS, progress -> {
            steps.add(progress);
            return steps.size() < 2;
        });
        assertThat(stopped.isComplete()).isFalse();
        assertThat(steps).hasSize(2);
        assertThat(stopped.dropped())
                .isEqualTo(steps.get(1).dropped())
                .isLessThan(steps.get(1).total());
        assertThat(stopped.oldest().sequence()).isEqualTo(stopped.dropped());
        assertThat(keep.log().verify().problem()).isEmpty();
        reopen();
        assertThat(keep.log().start()).isEqualTo(stopped.oldest());

        RetentionResult rest = cut();

        assertThat(rest.dropped()).isEqualTo(3_501 - stopped.dropped());
        assertThat(keep.log().verify().problem()).isEmpty();
        assertThat(cut().dropped()).isZero();
    }

    @Test
    void theLogSaysWhoCutItAndWhere() {
        live();
        Anchor anchor = keep.log().anchor();
        Position before = keep.log().head();
        ana().because("quarter's end").retention().apply(TWENTY_HOURS);
        Commit said = keep.log().read(before, 10).get(0);
        assertThat(said.header().author()).isEqualTo(Author.user("ana"));
        assertThat(said.header().reason()).contains("quarter's end");
        assertThat(said.changes()).singleElement().satisfies(change -> {
            assertThat(change.store()).isEqualTo("rowkeep_retention");
            assertThat(change.key()).isEqualTo(40L);
        });
        assertThat(keep.log().verify(anchor).problem()).isEmpty();
        ana().retention().apply(TWENTY_HOURS);
        assertThat(keep.log().read(before, 10)).hasSize(1);
    }

    @Test
    void theLogSaysSoBeforeAnythingGoes() {
        live();
        Position before = keep.log().head();
        assertThatIllegalStateException()
                .isThrownBy(() -> keep.retention().apply(TWENTY_HOURS, progress -> {
                    throw new IllegalStateException("enough");
                }))
                .withMessageContaining("enough");
        assertThat(keep.log().start()).isEqualTo(at(40));
        assertThat(keep.log().read(before, 10))
                .singleElement()
                .satisfies(said -> assertThat(said.changes())
                        .first()
                        .matches(change -> change.key().equals(40L)));
    }

    @Test
    void anchorsOfDroppedPlacesCannotBeVerifiedAnyMore() {
        live();
        Anchor old = new Anchor(at(30), keep.log().read(at(29), 1).get(0).hash());
        Anchor atCut = new Anchor(at(40), keep.log().read(at(39), 1).get(0).hash());
        Position oldest = cut().oldest();
        assertDropped(() -> keep.log().verify(old), oldest);
        assertThat(keep.log().verify(atCut).problem()).isEmpty();
        Anchor forged = new Anchor(at(40), old.hash());
        assertThat(keep.log().verify(forged).problem().orElseThrow()).contains("rewritten");
    }

    @Test
    void answersToRequestsAreKept() {
        live();
        Edit<String, Row> edit = Edit.update(templates, "t1")
                .set(USES, 77L)
                .basedOn(store.get("t1").orElseThrow());
        WriteResult<String, Row> first = store.as(ana().forRequest("r-1")).apply(edit);
        assertThat(first).isInstanceOf(WriteResult.Applied.class);
        long written = keep.log().head().sequence();
        clock.move(HOUR);
        set(ben(), "t1", 78);
        clock.move(Duration.ofMinutes(30));

        RetentionResult held = keep.retention().apply(RetentionPolicy.keepFor(Duration.ofMinutes(1)));

        assertThat(held.oldest().sequence()).isLessThan(written);
        assertThat(held.heldBackBy().orElseThrow()).contains("requests");
        assertThat(store.as(ana().forRequest("r-1")).apply(edit)).isInstanceOf(WriteResult.Duplicate.class);
        clock.move(HOUR.multipliedBy(3));
        assertThat(keep.retention()
                        .apply(RetentionPolicy.keepFor(Duration.ofMinutes(1)))
                        .oldest()
                        .sequence())
                .isGreaterThan(written);
    }

    @Test
    void filesOfTheLogBeginWhereItBegins(@org.junit.jupiter.api.io.TempDir Path folder) {
        live();
        cut();
        assertThat(keep.log().exportTo(folder).write("log.jsonl").commits()).isEqualTo(20);
        assertThat(keep.log()
                        .read(keep.log().start(), LogFilter.everything().author("ben"), 100)
                        .commits())
                .hasSize(10);
        assertThat(keep.log()
                        .read(keep.log().start(), LogFilter.everything().from(Instant.EPOCH), 100)
                        .commits())
                .hasSize(21);
    }

    @Test
    void whatCannotBeIsRefused() {
        live();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetentionPolicy.keepFor(Duration.ZERO))
                .withMessageContaining("millisecond");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> keep.retention().apply(TWENTY_HOURS, progress -> {
                    keep.log().verify();
                    return true;
                }))
                .withMessageContaining("verify");
        keep.close();
        try (RowKeep reading = RowKeep.openReadOnly(storage, options())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> reading.retention().apply(TWENTY_HOURS))
                    .withMessageContaining("reading only");
        }
    }
}
