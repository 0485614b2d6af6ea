package dev.rowkeep.examples;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of the data set as they were published: the values untouched, under the names of {@link Film}'s columns. */
final class FilmRows {
    private static final String RESOURCE = "movies.json";
    private static final Map<String, String> COLUMNS = columns();

    private FilmRows() {}

    /** Every row, raw. */
    static List<Map<String, @Nullable Object>> read() {
        ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        List<Map<String, @Nullable Object>> published;
        try (InputStream in = FilmRows.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The examples' jar lacks " + RESOURCE + ". Build it again.");
            }
            published = json.readValue(in, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + RESOURCE, e);
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>(published.size());
        for (Map<String, @Nullable Object> film : published) {
            rows.add(row(Film.idOf(rows.size() + 1), film));
        }
        return rows;
    }

    private static Map<String, @Nullable Object> row(String id, Map<String, @Nullable Object> film) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", id);
        COLUMNS.forEach((published, column) -> row.put(column, film.get(published)));
        return row;
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("Title", "title");
        columns.put("Release Date", "released");
        columns.put("MPAA Rating", "certificate");
        columns.put("Running Time min", "minutes");
        columns.put("Major Genre", "genre");
        columns.put("Director", "director");
        columns.put("Distributor", "distributor");
        columns.put("Production Budget", "budget");
        columns.put("Worldwide Gross", "takings");
        columns.put("IMDB Rating", "rating");
        columns.put("IMDB Votes", "votes");
        return columns;
    }
}
