package dev.rowkeep.examples.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.examples.Snippets;
import dev.rowkeep.examples.sketch.OnCall.Doctor;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.RecordStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OnCallTest {
    @Test
    void theReadmeShowsTheProgramThatIsCompiled() {
        assertThat(Snippets.inDocument("README.md", "transaction"))
                .isEqualTo(Snippets.inSource(OnCall.class, "transaction"));
    }

    @Test
    void oneDoctorStaysInMemory() throws Exception {
        oneDoctorStays(MemoryStorage.create());
    }

    @Test
    void oneDoctorStaysOnSqlite(@TempDir Path directory) throws Exception {
        oneDoctorStays(SqliteStorage.at(directory.resolve("hospital.db")));
    }

    private static void oneDoctorStays(StorageProvider storage) throws Exception {
        List<String> names = List.of("ana", "ben", "eva");
        ExecutorService threads = Executors.newFixedThreadPool(names.size());
        try (RowKeep keep = RowKeep.open(storage)) {
            RecordStore<String, Doctor> doctors = keep.store(OnCall.DOCTORS);
            for (int night = 0; night < 10; night++) {
                for (String name : names) {
                    if (night == 0) {
                        doctors.insert(new Doctor(name, true));
                    } else {
                        doctors.update(name, doctor -> new Doctor(name, true));
                    }
                }
                CyclicBarrier midnight = new CyclicBarrier(names.size());
                List<Future<Boolean>> gone = new ArrayList<>();
                for (String name : names) {
                    gone.add(threads.submit(() -> {
                        midnight.await();
                        return OnCall.goHome(keep, name);
                    }));
                }
                int stayed = 0;
                for (Future<Boolean> one : gone) {
                    stayed += one.get() ? 0 : 1;
                }
                assertThat(stayed).isOne();
                assertThat(doctors.where(Condition.eq(OnCall.ON_CALL, true)).count())
                        .isOne();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
