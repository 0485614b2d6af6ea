package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Commit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes at once send the same requests, each request 1 to 5 times in all, while one or the other is killed and replaced by a new one
 * that sends what it had not been answered. At last a third process sends all of them once more.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class RequestCrashTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final int REQUESTS = IS_LONG ? 100_000 : 2_000;
    private static final int KILLS = IS_LONG ? 100 : 4;
    private static final int PROCESSES = 2;
    private static final int MOST_TIMES = 5;

    /** How many other requests are sent between the first and the last time of one, at most. */
    private static final int SPREAD = 200;

    private static final int PAGE = 1_000;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("rowkeep.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** By the number of its sending, the request. */
    private final SortedMap<Integer, Integer> sendings = new TreeMap<>();

    /** By request, what every sender must be told. */
    private final Map<Integer, String> outcomes = new HashMap<>();

    /** The requests of which somebody was told as of the first time, or could not tell. */
    private final Set<Integer> toldFirst = new HashSet<>();

    private final RequestProcess[] running = new RequestProcess[PROCESSES];
    private int answered;

    @AfterEach
    void end() throws InterruptedException {
        for (RequestProcess process : running) {
            if (process != null) {
                process.kill();
            }
        }
    }

    @Test
    void requestsSentByTwoProcessesThatAreKilledAreDoneOnceAndAllLearnTheFirstOutcome() throws Exception {
        Path database = directory.resolve("store.db");
        long begun = System.nanoTime();
        start(database);
        sendAndKill(database);
        for (RequestProcess process : running) {
            assertThat(process.awaitEnd()).as("seed %d", seed).isZero();
            assertThat(process.left()).as("seed %d", seed).isEmpty();
            hear(process);
        }
        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        int lost = REQUESTS - toldFirst.size();
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(database))) {
            RequestWriter writer = new RequestWriter(keep);
            for (int request = 0; request < REQUESTS; request++) {
                String answer = writer.send(request);
                assertThat(answer).as("request %d, seed %d", request, seed).doesNotStartWith(RequestWriter.FIRST);
                hear(request, answer);
            }
            checkEffects(keep, writer);
            assertThat(keep.log().verify().problem()).as("seed %d", seed).isEmpty();
        }
        System.out.println("Requests: " + REQUESTS + " sent by " + PROCESSES + " processes " + sendings.size()
                + " times in " + millis + " ms, " + KILLS + " kills, " + lost
                + " requests done whose first answer a kill took away, " + answered + " answers, seed " + seed);
    }

    private void start(Path database) throws IOException {
        List<Integer> line = line();
        List<SortedMap<Integer, Integer>> parts = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            parts.add(new TreeMap<>());
        }
        for (int number = 0; number < line.size(); number++) {
            sendings.put(number, line.get(number));
            parts.get(random.nextInt(PROCESSES)).put(number, line.get(number));
        }
        for (int i = 0; i < PROCESSES; i++) {
            running[i] = RequestProcess.start(database, parts.get(i));
        }
    }

    /** The requests in the order in which they are sent, each 1 to 5 times. */
    private List<Integer> line() {
        record Sending(int request, double place) {}
        List<Sending> line = new ArrayList<>();
        for (int request = 0; request < REQUESTS; request++) {
            for (int times = 1 + random.nextInt(MOST_TIMES); times > 0; times--) {
                line.add(new Sending(request, request + random.nextDouble() * SPREAD));
            }
        }
        line.sort(Comparator.comparingDouble(Sending::place));
        return line.stream().map(Sending::request).toList();
    }

    /** Kills one or the other when so and so many answers have come, which are drawn. */
    private void sendAndKill(Path database) throws Exception {
        int[] moments = random.ints(KILLS, sendings.size() / 20, sendings.size() * 9 / 10)
                .sorted()
                .toArray();
        for (int moment : moments) {
            while (answersSoFar() < moment && Stream.of(running).anyMatch(RequestProcess::isAlive)) {
                Thread.sleep(1);
            }
            assertThat(answersSoFar())
                    .as("seed %d: no process ends before all is answered", seed)
                    .isGreaterThanOrEqualTo(moment);
            int victim = random.nextInt(PROCESSES);
            victim = running[victim].isAlive() ? victim : PROCESSES - 1 - victim;
            RequestProcess process = running[victim];
            process.kill();
            hear(process);
            running[victim] = RequestProcess.start(database, process.left());
        }
    }

    private int answersSoFar() {
        return answered
                + Stream.of(running)
                        .mapToInt(process -> process.answers().size())
                        .sum();
    }

    /** Takes down what a process was answered that is dead. */
    private void hear(RequestProcess process) {
        process.answers().forEach((number, answer) -> hear(sendings.get(number), answer));
    }

    private void hear(int request, String answer) {
        answered++;
        int blank = answer.indexOf(' ');
        assertThat(answer.substring(blank))
                .as("what request %d was answered first, seed %d", request, seed)
                .isEqualTo(outcomes.computeIfAbsent(request, any -> answer.substring(blank)));
        if (!answer.startsWith(RequestWriter.AGAIN)) {
            boolean isNew = toldFirst.add(request) || answer.startsWith(RequestWriter.UNTOLD);
            assertThat(isNew)
                    .as("request %d was answered as the first time once, seed %d", request, seed)
                    .isTrue();
        }
    }

    private void checkEffects(RowKeep keep, RequestWriter writer) {
        Map<String, Integer> effects = new HashMap<>();
        List<Commit> commits = keep.log().read(keep.log().start(), PAGE);
        while (!commits.isEmpty()) {
            for (Commit commit : commits) {
                commit.header().correlationId().ifPresent(id -> effects.merge(id, 1, Integer::sum));
            }
            commits = keep.log().read(commits.get(commits.size() - 1).header().position(), PAGE);
        }
        long sum = 0;
        for (int request = 0; request < REQUESTS; request++) {
            sum += RequestWriter.adds(request);
            assertThat(effects.getOrDefault("r" + request, 0))
                    .as("effects of request %d, seed %d", request, seed)
                    .isEqualTo(RequestWriter.adds(request) > 0 ? 1 : 0);
        }
        assertThat(writer.sum()).as("seed %d", seed).isEqualTo(sum);
    }
}
