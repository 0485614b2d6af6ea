package dev.rowkeep.storage.sqlite;

import dev.rowkeep.RowKeep;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A process that writes until it is killed: every acknowledged write is a line {@code key version value} on standard output, written
 * after the write returned. A mapped byte tells, even after a kill, what the commit path was doing.
 */
final class CrashWriter {
    static final Column<String> ID = Column.text("id");
    static final Column<Long> VALUE = Column.integer("value");
    static final Schema<String, Row> RECORDS = Schema.dynamic("records", ID, VALUE);
    static final int KEYS = 8;

    /** What the commit path is doing. */
    enum Phase {
        QUEUED,
        IN_TRANSACTION,
        WRITING_AND_SYNCING,
        ANSWERING
    }

    private final MappedByteBuffer phase;

    private CrashWriter(MappedByteBuffer phase) {
        this.phase = phase;
    }

    public static void main(String[] args) throws IOException {
        try (FileChannel channel = FileChannel.open(
                Path.of(args[1]), StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            new CrashWriter(channel.map(FileChannel.MapMode.READ_WRITE, 0, 1)).run(Path.of(args[0]));
        }
    }

    private void run(Path database) {
        RowKeep keep =
                RowKeep.open(access -> observed(SqliteStorage.at(database).open(access)));
        RecordStore<String, Row> store = keep.store(RECORDS);
        for (int i = 0; i < KEYS; i++) {
            if (!store.exists("k" + i)) {
                store.insert(Row.of(RECORDS, "k" + i).with(VALUE, 0L));
            }
        }
        PrintStream out = System.out;
        for (int t = 0; t < 12; t++) {
            boolean closures = t % 2 == 0;
            Thread writer = new Thread(() -> {
                while (true) {
                    String key = "k" + ThreadLocalRandom.current().nextInt(KEYS);
                    if (phase.get(0) == Phase.ANSWERING.ordinal()) {
                        mark(Phase.QUEUED);
                    }
                    var record = closures
                            ? store.update(key, row -> row.with(VALUE, row.require(VALUE) + 1))
                            : store.apply(Edit.update(RECORDS, key).add(VALUE, 1L))
                                    .orThrow();
                    out.println(
                            key + " " + record.version() + " " + record.value().get(VALUE));
                    out.flush();
                }
            });
            writer.start();
        }
    }

    private void mark(Phase now) {
        phase.put(0, (byte) now.ordinal());
    }

    private Storage observed(Storage storage) {
        return (Storage) Proxy.newProxyInstance(
                CrashWriter.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    try {
                        if (method.getName().equals("commit")) {
                            mark(Phase.IN_TRANSACTION);
                            storage.commit(new Observed((CommitWork) arguments[0]));
                            mark(Phase.ANSWERING);
                            return null;
                        }
                        return method.invoke(storage, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class Observed implements CommitWork {
        private final CommitWork work;

        Observed(CommitWork work) {
            this.work = work;
        }

        @Override
        public List<RecordRef> reads() {
            return work.reads();
        }

        @Override
        public CommitPlan decide(CommitView view) {
            CommitPlan plan = work.decide(view);
            mark(Phase.WRITING_AND_SYNCING);
            return plan;
        }
    }
}
