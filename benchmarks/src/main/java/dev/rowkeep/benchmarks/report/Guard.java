package dev.rowkeep.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ratios of an earlier run, none of which may become worse by more than a share. Figures that the earlier run has not are let pass. */
public final class Guard {
    /** The share that is allowed where none is said: what the disk's mood alone can do between two runs. */
    public static final double DEFAULT_SHARE = 0.25;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MORE_IS_BETTER = Metric.RATE.unit();

    private final Map<String, Double> ratios = new HashMap<>();
    private final double share;
    private final List<String> worse = new ArrayList<>();
    private int compared;

    private Guard(double share) {
        this.share = share;
    }

    /** Compares with nothing. */
    public static Guard none() {
        return new Guard(DEFAULT_SHARE);
    }

    /**
     * The run that {@code file} holds as {@code compare} printed it.
     *
     * @param share how much worse a ratio may be, such as 0.25
     * @throws IllegalArgumentException if the file cannot be read or holds no figure, or the share is not from 0 to 1
     */
    public static Guard read(Path file, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "The share that a ratio may fall is from 0 to below 1, got " + share + ".");
        }
        Guard guard = new Guard(share);
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("{")) {
                    JsonNode figure = JSON.readTree(line);
                    guard.ratios.put(key(figure), figure.path("ratio").asDouble());
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read the baseline " + file + ": " + e.getMessage(), e);
        }
        if (guard.ratios.isEmpty()) {
            throw new IllegalArgumentException(
                    "The baseline " + file + " holds no figure: give a file that compare printed.");
        }
        return guard;
    }

    /** Compares the JSON lines of one row. */
    public void check(List<String> figures) {
        for (String line : figures) {
            try {
                check(JSON.readTree(line));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("Not a figure: " + line, e);
            }
        }
    }

    private void check(JsonNode figure) {
        Double before = ratios.get(key(figure));
        if (before == null) {
            return;
        }
        compared++;
        double now = figure.path("ratio").asDouble();
        boolean isRate = figure.path("unit").asText().equals(MORE_IS_BETTER);
        boolean isWorse = isRate ? now < before * (1 - share) : now > before / (1 - share);
        if (isWorse) {
            worse.add(figure.path("id").asText() + " against "
                    + figure.path("peer").asText() + ": the ratio of "
                    + figure.path("unit").asText() + " was " + Numbers.plain(before) + " and is " + Numbers.plain(now));
        }
    }

    private static String key(JsonNode figure) {
        return String.join(
                "\n",
                figure.path("id").asText(),
                figure.path("storage").asText(),
                figure.path("work").asText(),
                figure.path("peer").asText(),
                figure.path("unit").asText());
    }

    /** How many figures the earlier run had too. */
    public int compared() {
        return compared;
    }

    /** What became worse, a line each. */
    public List<String> worse() {
        return List.copyOf(worse);
    }
}
