package dev.rowkeep.storage.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A {@link RequestWriter} in a process of its own, from outside: what it is to send, and what it was answered. */
final class RequestProcess {
    private final SortedMap<Integer, Integer> sendings;
    private final Map<Integer, String> answers = new ConcurrentHashMap<>();
    private final Process process;
    private final Thread listener;

    private RequestProcess(SortedMap<Integer, Integer> sendings, Process process) {
        this.sendings = sendings;
        this.process = process;
        this.listener = new Thread(this::listen, "answers");
        listener.start();
    }

    /**
     * Starts one.
     *
     * @param sendings the requests, by the numbers of their sendings
     */
    static RequestProcess start(Path database, SortedMap<Integer, Integer> sendings) throws IOException {
        Path input = Files.createTempFile(database.getParent(), "sendings", "");
        Files.writeString(
                input,
                sendings.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue() + "\n")
                        .collect(Collectors.joining()));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RequestWriter.class.getName(),
                        database.toString())
                .redirectInput(input.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new RequestProcess(sendings, process);
    }

    private void listen() {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                boolean isWhole = line.endsWith(".");
                if (isWhole) {
                    int blank = line.indexOf(' ');
                    answers.put(
                            Integer.valueOf(line.substring(0, blank)), line.substring(blank + 1, line.length() - 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it was answered so far, by the numbers of the sendings. */
    Map<Integer, String> answers() {
        return answers;
    }

    /** What it was to send and was not answered. */
    SortedMap<Integer, Integer> left() {
        SortedMap<Integer, Integer> left = new TreeMap<>(sendings);
        left.keySet().removeAll(answers.keySet());
        return left;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it, if it is not dead; returns when all that it said has been heard. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    /** Waits until it ends; gives its exit code. */
    int awaitEnd() throws InterruptedException {
        int code = process.waitFor();
        listener.join();
        return code;
    }
}
