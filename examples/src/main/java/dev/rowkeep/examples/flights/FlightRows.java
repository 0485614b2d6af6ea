package dev.rowkeep.examples.flights;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** The lines of the data set as they were published: texts, under the names of {@link Flight}'s columns. */
final class FlightRows {
    /** How many flights there are. */
    static final int ALL = 200_000;

    private static final String RESOURCE = "/dev/rowkeep/examples/flights-200k.csv.gz";

    private FlightRows() {}

    /** Gives the first {@code most} flights to {@code reader}, in their order. */
    static void read(int most, Consumer<Map<String, String>> reader) {
        try (InputStream in = FlightRows.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The examples' jar lacks " + RESOURCE + ". Build it again.");
            }
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
            String header = lines.readLine();
            if (!"delay,distance,time".equals(header)) {
                throw new IllegalStateException(RESOURCE + " has other columns than delay, distance and time.");
            }
            int line = 0;
            for (String text = lines.readLine(); text != null && line < most; text = lines.readLine()) {
                line++;
                reader.accept(row(line, text));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + RESOURCE, e);
        }
    }

    private static Map<String, String> row(int line, String text) {
        String[] values = text.split(",", -1);
        return Map.of("id", Flight.idOf(line), "delay", values[0], "distance", values[1], "time", values[2]);
    }
}
