package dev.rowkeep.evidence.kill;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.CellChange;
import dev.rowkeep.commit.Erased;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.schema.Row;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks at what killed processes left of people that they were erasing: each is erased, in the history and in every byte of every file, or
 * as before; who was said to be erased is; and the log and the snapshots verify.
 */
final class ErasureSurvivors {
    private static final Pattern WORD = Pattern.compile("Zebulon([0-9]+-[0-9]+);");

    private final Engine engine;
    private final Path directory;
    private final Set<String> came = new TreeSet<>();
    private final Set<String> saidErased = new TreeSet<>();
    private final Set<String> erased = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    ErasureSurvivors(Engine engine, Path directory) {
        this.engine = engine;
        this.directory = directory;
    }

    /** How many are erased. */
    int erased() {
        return erased.size();
    }

    /** How many are erased without anybody's having said so: the process that did was killed before, or opening ended what it had begun. */
    long erasedUnsaid() {
        return erased.stream().filter(key -> !saidErased.contains(key)).count();
    }

    /** What is wrong, given what the process said, and those before it. */
    List<String> check(List<String> said) throws IOException {
        for (String line : said) {
            if (line.startsWith(ErasureLoad.CAME)) {
                came.add(line.substring(ErasureLoad.CAME.length()));
            } else if (line.startsWith(ErasureLoad.ERASED)) {
                saidErased.add(line.substring(ErasureLoad.ERASED.length()));
            }
        }
        try (RowKeep keep = RowKeep.open(engine.at(directory.resolve(ErasureLoad.DATABASE)))) {
            RecordStore<String, Row> people = keep.store(ErasureLoad.PEOPLE);
            came.forEach(key -> check(people, key));
            keep.log().verify().problem().ifPresent(problem -> problems.add("verify says: " + problem));
            keep.snapshots()
                    .list()
                    .forEach(snapshot -> keep.snapshots()
                            .verify(snapshot.name())
                            .ifPresent(problem -> problems.add(snapshot.name() + ": " + problem)));
        }
        requireNoByte();
        return problems;
    }

    private void check(RecordStore<String, Row> people, String key) {
        Row row = people.get(key).orElseThrow().value();
        boolean isErased = row.get(ErasureLoad.NAME) == null;
        List<CellChange> cells = people.history(key, Integer.MAX_VALUE).stream()
                .flatMap(version -> version.change().cells().stream())
                .filter(cell -> !cell.column().equals(ErasureLoad.VISITS.name()))
                .toList();
        if (cells.isEmpty() || cells.stream().anyMatch(cell -> isErased != (cell.after() == Erased.ERASED))) {
            problems.add(key + (isErased ? " is erased" : " is not erased") + " and its history says otherwise");
        }
        if (isErased != (row.get(ErasureLoad.NOTE) == null)) {
            problems.add(key + " is erased in part");
        }
        if (isErased) {
            erased.add(key);
        } else if (saidErased.contains(key)) {
            problems.add(key + " was said to be erased and is not");
        }
    }

    private void requireNoByte() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher words = WORD.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                while (words.find()) {
                    if (erased.contains(words.group(1))) {
                        problems.add(words.group(1) + " is erased and in " + file);
                    }
                }
            }
        }
    }
}
