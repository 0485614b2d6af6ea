package dev.rowkeep.evidence.kill;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.ReplicationException;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.StorageProvider;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A primary that is killed in full load, and its replica, which takes over.
 *
 * @param acknowledged how many writes the primary had acknowledged
 * @param onlyThere how many commits the primary had that the replica had not
 * @param problems what is wrong with the new primary, or with how the old one is treated
 */
record Takeover(int acknowledged, long onlyThere, List<String> problems) {
    private static final int PATIENCE_SECONDS = 60;

    /** At what the primary is killed, as the replica sees it. */
    enum Moment {
        /** A segment has arrived and is not taken any more. */
        BEFORE_APPLYING,
        /** A segment is taken and not confirmed any more. */
        BEFORE_CONFIRMING,
        /** A segment is confirmed. */
        AFTER_CONFIRMING
    }

    /** Kills a primary in {@code directory} when its {@code segments}th segment has arrived, and promotes its replica in {@code storage}. */
    static Takeover run(Path directory, StorageProvider storage, int segments, Moment moment)
            throws IOException, InterruptedException {
        Path said = directory.resolve("acknowledged");
        try (Scrap scrap = Scrap.make();
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            Process primary = scrap.of(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Dorg.slf4j.simpleLogger.log.dev.rowkeep=off",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Primary.class.getName(),
                            directory.toString(),
                            Integer.toString(server.getLocalPort())))
                    .redirectOutput(said.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (Socket connection = server.accept()) {
                connection.setTcpNoDelay(true);
                connection.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                Replica replica = follow(connection, storage, segments, moment, primary);
                List<String> lines = KilledProcess.wholeLines(Files.readString(said));
                return judge(replica, directory, lines);
            } finally {
                primary.toHandle().destroyForcibly();
                primary.waitFor();
            }
        }
    }

    private static Replica follow(
            Socket connection, StorageProvider storage, int segments, Moment moment, Process primary)
            throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        DataOutputStream out = new DataOutputStream(connection.getOutputStream());
        Replica replica = Replica.open(storage, Position.parse(in.readUTF()));
        for (int left = segments; left > 0; left--) {
            byte[] segment = in.readNBytes(in.readInt());
            boolean isLast = left == 1;
            if (isLast && moment == Moment.BEFORE_APPLYING) {
                break;
            }
            Position taken = replica.apply(segment);
            if (isLast && moment == Moment.BEFORE_CONFIRMING) {
                break;
            }
            out.writeUTF(taken.toString());
        }
        primary.toHandle().destroyForcibly();
        if (!primary.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new EOFException("The primary does not die");
        }
        return replica;
    }

    private static Takeover judge(Replica replica, Path directory, List<String> lines) {
        Survivors survivors = new Survivors();
        survivors.expect(lines);
        Position taken = replica.position();
        try (RowKeep promoted = replica.promote(Author.system("standby"));
                RowKeep old = RowKeep.open(Primary.storage(directory))) {
            List<String> problems = new ArrayList<>(survivors.check(promoted));
            if (!isFenced(promoted, old)) {
                problems.add("the old primary is not fenced");
            }
            return new Takeover(lines.size(), old.log().head().sequence() - taken.sequence(), problems);
        }
    }

    /** Whether a replica of the new primary refuses what the old one ships. */
    private static boolean isFenced(RowKeep promoted, RowKeep old) {
        try (Replica third = Replica.open(MemoryStorage.create(), promoted.log().start())) {
            for (var segment = promoted.log().ship(third.position(), 1000);
                    segment.isPresent();
                    segment = promoted.log().ship(third.position(), 1000)) {
                third.apply(segment.get().toByteArray());
            }
            third.apply(old.log().ship(old.log().start(), 1000).orElseThrow().toByteArray());
            return false;
        } catch (ReplicationException e) {
            return e.reason() == ReplicationException.Reason.OLD_EPOCH;
        }
    }
}
