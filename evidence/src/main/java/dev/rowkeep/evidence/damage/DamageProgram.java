package dev.rowkeep.evidence.damage;

import dev.rowkeep.RowKeep;
import dev.rowkeep.log.Anchor;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process that judges damages and prints a line for each, so that one that kills or hangs it is known. Each damage is judged in a
 * directory of its own.
 */
final class DamageProgram {
    private static final int PATIENCE_SECONDS = 60;

    private final Path scratch;
    private final Contents truth;
    private final Anchor anchor;

    private DamageProgram(Path scratch, Generations made) throws IOException {
        this.scratch = scratch;
        Path directory = Files.createDirectory(scratch.resolve("whole"));
        Path whole = directory.resolve("store.db");
        made.last().write(whole);
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(whole))) {
            this.truth = Contents.of(keep);
            this.anchor = keep.log().anchor();
        }
        delete(directory);
    }

    /** Arguments: the generations, a scratch directory, the seed, how many (0 for all), the first one's place in the list. */
    public static void main(String[] args) throws Exception {
        Generations made = Generations.read(Path.of(args[0]));
        DamageProgram program = new DamageProgram(Path.of(args[1]), made);
        long seed = Long.parseLong(args[2]);
        int most = Integer.parseInt(args[3]);
        List<Damage> damages = most == 0 ? Damages.all(made, seed) : Damages.some(made, seed, most);
        ExecutorService judge = Executors.newSingleThreadExecutor();
        for (int i = Integer.parseInt(args[4]); i < damages.size(); i++) {
            Damage damage = damages.get(i);
            Path directory = program.scratch.resolve("d" + i);
            Judgement judgement;
            try {
                judgement =
                        judge.submit(() -> program.judge(directory, damage)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                print(damage, new Judgement(Finding.BAD, "hangs"));
                Runtime.getRuntime().halt(1);
                return;
            }
            print(damage, judgement);
        }
        System.out.println("end");
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private Judgement judge(Path directory, Damage damage) throws IOException {
        Path database = Files.createDirectory(directory).resolve("store.db");
        try {
            damage.files().get().write(database);
            return Judgement.of(database, truth, anchor);
        } finally {
            delete(directory);
        }
    }

    private static void print(Damage damage, Judgement judgement) {
        System.out.println(String.join(
                "\t",
                damage.kind(),
                damage.what(),
                judgement.finding().name(),
                judgement.detail().replaceAll("\\s+", " ")));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
