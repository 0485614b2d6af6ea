package dev.rowkeep.evidence.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A notebook that a kill does not take away: each entry has been handed to the system when its method returns. */
final class FileNotebook implements Notebook {
    private static final int BEGUN = 1;
    private static final int NOTED = 2;
    private static final int ENDED = 3;

    private final OutputStream file;

    private FileNotebook(OutputStream file) {
        this.file = file;
    }

    /** A new notebook; what was in {@code file} goes. */
    static FileNotebook create(Path file) {
        try {
            return new FileNotebook(new FileOutputStream(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void begin(Operation maybe) {
        write(BEGUN, maybe);
    }

    @Override
    public void note(Operation operation) {
        write(NOTED, operation);
    }

    @Override
    public void end() {
        write(ENDED, null);
    }

    private void write(int kind, @Nullable Operation operation) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(entry)) {
            out.writeByte(kind);
            if (operation != null) {
                out.writeUTF(operation.name());
                out.writeLong(operation.invoked());
                out.writeLong(operation.responded());
                write(out, operation.reads());
                write(out, operation.writes());
                out.writeInt(operation.queries().size());
                for (GroupQuery query : operation.queries()) {
                    write(out, query);
                }
                out.writeLong(operation.asOf());
            }
            file.write(entry.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, List<Access> accesses) throws IOException {
        out.writeInt(accesses.size());
        for (Access access : accesses) {
            out.writeUTF(access.record());
            out.writeLong(access.version());
            out.writeLong(access.value());
        }
    }

    private static void write(DataOutputStream out, GroupQuery query) throws IOException {
        out.writeUTF(query.store());
        out.writeLong(query.group());
        write(out, query.found());
        out.writeInt(query.own().size());
        for (String record : query.own()) {
            out.writeUTF(record);
        }
    }

    /**
     * What the notebook of a killed process tells. What became of a call is told up to the kill only: then it had taken effect, or it never
     * will.
     *
     * @param killed when the process was surely dead, by the clock of {@link System#nanoTime}, which is one for all processes on Linux
     */
    static List<Operation> read(Path file, long killed) throws IOException {
        List<Operation> operations = new ArrayList<>();
        Operation begun = null;
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            while (true) {
                int kind = in.readByte();
                if (kind == BEGUN) {
                    begun = readOperation(in);
                } else {
                    if (kind == NOTED) {
                        operations.add(readOperation(in));
                    }
                    begun = null;
                }
            }
        } catch (EOFException e) {
            // The end, or an entry that the kill cut.
        }
        if (begun != null) {
            operations.add(begun);
        }
        return operations.stream().map(operation -> operation.settledBy(killed)).toList();
    }

    private static Operation readOperation(DataInputStream in) throws IOException {
        return new Operation(
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                readAccesses(in),
                readAccesses(in),
                readQueries(in),
                in.readLong());
    }

    private static List<Access> readAccesses(DataInputStream in) throws IOException {
        List<Access> accesses = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            accesses.add(new Access(in.readUTF(), in.readLong(), in.readLong()));
        }
        return accesses;
    }

    private static List<GroupQuery> readQueries(DataInputStream in) throws IOException {
        List<GroupQuery> queries = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            queries.add(new GroupQuery(in.readUTF(), in.readLong(), readAccesses(in), readRecords(in)));
        }
        return queries;
    }

    private static Set<String> readRecords(DataInputStream in) throws IOException {
        Set<String> records = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            records.add(in.readUTF());
        }
        return records;
    }
}
