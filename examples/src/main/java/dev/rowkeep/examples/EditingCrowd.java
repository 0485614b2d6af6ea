package dev.rowkeep.examples;

import dev.rowkeep.RowKeep;
import dev.rowkeep.query.Order;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.store.RecordStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Eight editors at once on the same few films. */
final class EditingCrowd {
    private static final int EDITORS = 8;
    private static final int FILMS = 20;

    private EditingCrowd() {}

    /** Lets the crowd loose on the films with the most votes while {@code goOn} says so. */
    static CrowdReport run(RowKeep keep, EventCounts events, BooleanSupplier goOn) throws InterruptedException {
        RecordStore<String, Film> films = keep.store(Film.SCHEMA);
        List<String> ids = films.query().orderBy(Order.descending(Film.VOTES)).limit(FILMS).list().stream()
                .map(VersionedRecord::key)
                .toList();
        long votesBefore = votes(films, ids);
        long sequence = keep.log().head().sequence();
        events.take();
        long started = System.nanoTime();
        Editor.Work work = work(keep, films, ids, goOn);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        return new CrowdReport(
                took, keep.log().head().sequence() - sequence, work, votes(films, ids) - votesBefore, events.take());
    }

    /** True from now on for {@code duration}. */
    static BooleanSupplier lasting(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        return () -> System.nanoTime() < until;
    }

    private static Editor.Work work(
            RowKeep keep, RecordStore<String, Film> films, List<String> ids, BooleanSupplier goOn)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(EDITORS);
        try {
            List<Callable<Editor.Work>> editors = new ArrayList<>();
            for (int i = 0; i < EDITORS; i++) {
                Editor editor = new Editor(films.as(keep.session(Editor.author(i))), ids, i);
                editors.add(() -> editor.work(goOn));
            }
            Editor.Work all = new Editor.Work(0, 0, 0, 0);
            for (Future<Editor.Work> done : threads.invokeAll(editors)) {
                all = all.plus(done.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException("An editor failed", e.getCause());
        } finally {
            threads.shutdown();
        }
    }

    private static long votes(RecordStore<String, Film> films, List<String> ids) {
        return films.getAll(ids).values().stream()
                .map(film -> film.value().votes())
                .mapToLong(votes -> votes == null ? 0 : votes)
                .sum();
    }
}
