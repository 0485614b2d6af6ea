package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Commit;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.error.RetriesExhaustedException;
import dev.rowkeep.error.UnknownOutcomeException;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.store.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are sent several times by several threads to a storage that fails: each takes effect once. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
public abstract class ExactlyOnceScenarios extends EngineScenarios {
    private static final int REQUESTS = isLong() ? 100_000 : 2_000;
    private static final int MOST_TIMES = 5;
    private static final int SENDERS = 8;
    private static final int KEYS = 40;
    private static final int SENDS_PER_FAULT = 40;
    private static final List<Supplier<Fault>> FAULTS = List.of(
            Fault::unknownAndWritten,
            Fault::unknownAndNotWritten,
            Fault::lostAcknowledgement,
            Fault::lostRequest,
            Fault::rolledBack,
            Fault::stale,
            Fault::busy,
            Fault::decidedTwice);

    /** What a request's first sender was told, or would have been: in one text, to be compared. */
    private final Map<Integer, String> answers = new ConcurrentHashMap<>();

    private final Map<Integer, AtomicInteger> firsts = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();

    /** For the fixture's author. */
    protected ExactlyOnceScenarios() {}

    @Test
    void everyRequestTakesEffectOnceAndEverySenderLearnsTheFirstOutcome() throws Exception {
        long seed = Long.getLong("rowkeep.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int key = 0; key < KEYS; key++) {
            store.insert(template("k" + key));
        }
        List<Integer> sends = new ArrayList<>();
        for (int request = 0; request < REQUESTS; request++) {
            sends.addAll(Collections.nCopies(1 + random.nextInt(MOST_TIMES), request));
        }
        // Copies of one request are sent close together, so that they meet in one batch, before and after a fault.
        List<Integer> line = sends.stream()
                .collect(Collectors.toMap(
                        send -> send * 1_000L + random.nextInt(40_000) + random.nextDouble(),
                        send -> send,
                        (a, b) -> a))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Random own = new Random(random.nextLong());
            senders.add(threads.submit(() -> {
                for (int at = next.getAndIncrement(); at < line.size(); at = next.getAndIncrement()) {
                    if (own.nextInt(SENDS_PER_FAULT) == 0) {
                        storage.next(FAULTS.get(own.nextInt(FAULTS.size())).get());
                    }
                    sendUntilAnswered(line.get(at));
                }
                return null;
            }));
        }
        for (Future<?> sender : senders) {
            sender.get(9, TimeUnit.MINUTES);
        }
        check(seed, line.size());
    }

    private void check(long seed, int sends) {
        Map<String, Long> effects = keep.log().read(keep.log().start(), Integer.MAX_VALUE).stream()
                .map(Commit::header)
                .filter(header -> header.correlationId().isPresent())
                .collect(Collectors.groupingBy(header -> header.correlationId().orElseThrow(), Collectors.counting()));
        long added = 0;
        for (int request = 0; request < REQUESTS; request++) {
            boolean writes = Kind.of(request) != Kind.CONFLICTING;
            added += !writes ? 0 : Kind.of(request) == Kind.PAIR ? 2 : 1;
            assertThat(effects.getOrDefault("r" + request, 0L))
                    .as("effects of request %d, seed %d", request, seed)
                    .isEqualTo(writes ? 1 : 0);
            assertThat(firsts.getOrDefault(request, new AtomicInteger()).get())
                    .as("first answers to request %d, seed %d", request, seed)
                    .isLessThanOrEqualTo(1);
        }
        long found = store.query().list().stream()
                .mapToLong(record -> record.value().require(USES))
                .sum();
        System.out.println("Exactly once: " + REQUESTS + " requests sent " + sends + " times, " + failures
                + " sends failed and were sent again, seed " + seed);
        assertThat(found).as("seed %d", seed).isEqualTo(added);
        assertThat(failures.get()).isPositive();
        assertThat(keep.log().verify().problem()).isEmpty();
    }

    private void sendUntilAnswered(int request) throws Exception {
        while (true) {
            try {
                String answer = send(request);
                assertThat(answers.merge(request, answer, (first, now) -> first))
                        .as("what request %d was answered first", request)
                        .isEqualTo(answer);
                return;
            } catch (StorageException | UnknownOutcomeException | RetriesExhaustedException e) {
                failures.incrementAndGet();
            } catch (java.util.concurrent.ExecutionException e) {
                if (!(e.getCause() instanceof StorageException || e.getCause() instanceof UnknownOutcomeException)) {
                    throw e;
                }
                failures.incrementAndGet();
            }
        }
    }

    private enum Kind {
        DIRECT,
        ASYNC,
        CLOSURE,
        PAIR,
        CONFLICTING;

        static Kind of(int request) {
            return values()[request % values().length];
        }
    }

    private String send(int request) throws Exception {
        String id = "r" + request;
        Session session = keep.session(Author.job("sender")).correlatedBy(id).forRequest(id);
        String key = "k" + request % KEYS;
        Edit<String, Row> add = Edit.update(templates, key).add(USES, 1L);
        return switch (Kind.of(request)) {
            case DIRECT -> answer(request, store.as(session).apply(add));
            case ASYNC -> answer(request, store.as(session).applyAsync(add).get(60, TimeUnit.SECONDS));
            case CLOSURE -> {
                VersionedRecord<String, Row> record =
                        store.as(session).update(key, row -> row.with(USES, row.require(USES) + 1));
                yield record.version() + " at " + record.position();
            }
            case PAIR -> {
                String other = "k" + (request + 1) % KEYS;
                yield answer(
                        request,
                        session.commit(
                                List.of(add, Edit.update(templates, other).add(USES, 1L))));
            }
            case CONFLICTING -> answer(request, store.as(session).apply(Edit.insert(templates, template(key))));
        };
    }

    private String answer(int request, WriteResult<String, Row> result) {
        WriteResult<String, Row> first = result instanceof WriteResult.Duplicate<String, Row> duplicate
                ? duplicate.first()
                : counted(request, result);
        if (first instanceof WriteResult.Conflicted<String, Row> conflicted) {
            return "conflict with " + conflicted.conflict().actualVersion();
        }
        VersionedRecord<String, Row> record = first.orThrow();
        return record.version() + " at " + record.position();
    }

    private String answer(int request, CommitResult result) {
        Position position = result instanceof CommitResult.Duplicate duplicate
                ? duplicate.position()
                : ((CommitResult.Committed) counted(request, result)).position();
        List<Long> versions =
                result.orThrow().stream().map(each -> each.orThrow().version()).toList();
        return versions + " at " + position;
    }

    private <R> R counted(int request, R result) {
        firsts.computeIfAbsent(request, any -> new AtomicInteger()).incrementAndGet();
        return result;
    }
}
