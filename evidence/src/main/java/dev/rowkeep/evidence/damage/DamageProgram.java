package dev.rowkeep.evidence.damage;

import dev.rowkeep.RowKeep;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.log.Anchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that judges damages and prints a line for each, so that one that kills or hangs it is known. Each damage is judged in a
 * directory of its own.
 */
final class DamageProgram {
    private static final int PATIENCE_SECONDS = 60;

    private final Engine engine;
    private final Path scratch;
    private final Contents truth;
    private final Anchor anchor;

    private DamageProgram(Engine engine, Path scratch, Generations made) throws IOException {
        this.engine = engine;
        this.scratch = scratch;
        Path directory = Files.createDirectory(scratch.resolve("whole"));
        Path whole = directory.resolve("store.db");
        made.last().write(whole);
        try (RowKeep keep = RowKeep.open(engine.at(whole))) {
            this.truth = Contents.of(keep);
            this.anchor = keep.log().anchor();
        }
        Engine.deleteAll(directory);
    }

    /**
     * Arguments: the {@link Engine}, the generations, a scratch directory, the seed, how many (0 for all), the first one's place in the list,
     * and how far it is to the next.
     */
    public static void main(String[] args) throws Exception {
        Engine engine = Engine.valueOf(args[0]);
        Generations made = Generations.read(engine, Path.of(args[1]));
        DamageProgram program = new DamageProgram(engine, Path.of(args[2]), made);
        long seed = Long.parseLong(args[3]);
        int most = Integer.parseInt(args[4]);
        List<Damage> damages = most == 0 ? Damages.all(engine, made, seed) : Damages.some(engine, made, seed, most);
        ExecutorService judge = Executors.newSingleThreadExecutor();
        int step = Integer.parseInt(args[6]);
        for (int i = Integer.parseInt(args[5]); i < damages.size(); i += step) {
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
            return Judgement.of(engine, database, truth, anchor);
        } finally {
            Engine.deleteAll(directory);
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
}
