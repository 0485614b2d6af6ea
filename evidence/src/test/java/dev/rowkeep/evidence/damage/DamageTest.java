package dev.rowkeep.evidence.damage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.evidence.Engine;
import dev.rowkeep.evidence.InMemory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a store's files is refused, found by a verification, found against an anchor, or does no harm. */
final class DamageTest {
    private static final boolean IS_LONG = "long".equals(System.getProperty("rowkeep.evidence"));
    private static final long SEED = Long.getLong("rowkeep.seed", System.nanoTime());
    private static final int ALL = 0;
    private static final int SOME = 200;
    private static final int SOME_ON_DUCKDB = Integer.getInteger("rowkeep.damages", 10);

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void noDamageGoesUnnoticedOnSqlite() throws Exception {
        run(Engine.SQLITE, SOME);
    }

    @Test
    void noDamageGoesUnnoticedOnDuckdb() throws Exception {
        run(Engine.DUCKDB, SOME_ON_DUCKDB);
    }

    private void run(Engine engine, int some) throws Exception {
        Generations.make(engine, directory);
        DamageRun run = new DamageRun(engine, directory, SEED, IS_LONG ? ALL : some);
        run.run();
        System.out.println("Damage on " + engine + ", " + run.summary());
        assertThat(run.bad()).isEmpty();
        assertThat(run.judged()).isGreaterThanOrEqualTo(some);
    }
}
