package dev.rowkeep.evidence.kill;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Position;
import dev.rowkeep.log.LogSegment;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.KeepOptions;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A primary on SQLite in full load, until it is killed. It ships its log over a connection, and answers a write when the other end has confirmed it;
 * then the write is a line on standard output, as {@link Load} says it.
 */
final class Primary {
    private static final String DATABASE = "primary.db";
    private static final int MOST_COMMITS = 64;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private Primary() {}

    static SqliteStorage storage(Path directory) {
        return SqliteStorage.at(directory.resolve(DATABASE)).exclusive();
    }

    /** Arguments: the directory of the store, the port of who takes the log. */
    public static void main(String[] args) throws IOException {
        Load.endOnFailure();
        KeepOptions options = KeepOptions.defaults().confirmedWithin(Duration.ofMinutes(1));
        RowKeep keep = RowKeep.open(storage(Path.of(args[0])), options);
        Socket standby = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
        standby.setTcpNoDelay(true);
        DataOutputStream out = new DataOutputStream(standby.getOutputStream());
        DataInputStream in = new DataInputStream(standby.getInputStream());
        out.writeUTF(keep.log().start().toString());
        new Thread(() -> ship(keep, out)).start();
        new Thread(() -> confirm(keep, in)).start();
        Load.start(keep.store(Load.RECORDS));
    }

    private static void ship(RowKeep keep, DataOutputStream out) {
        Position shipped = keep.log().start();
        try {
            while (true) {
                Optional<LogSegment> segment = keep.log().ship(shipped, MOST_COMMITS);
                if (segment.isEmpty()) {
                    keep.log().awaitPosition(next(shipped), LOOK_AGAIN);
                } else {
                    byte[] bytes = segment.get().toByteArray();
                    out.writeInt(bytes.length);
                    out.write(bytes);
                    shipped = segment.get().through();
                }
            }
        } catch (IOException e) {
            hang(); // The standby has gone, which is about to kill this process: nothing more is confirmed.
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Position next(Position position) {
        return new Position(position.incarnation(), position.partition(), position.epoch(), position.sequence() + 1);
    }

    private static void confirm(RowKeep keep, DataInputStream in) {
        try {
            while (true) {
                keep.log().confirm(Position.parse(in.readUTF()));
            }
        } catch (IOException e) {
            hang();
        }
    }

    private static void hang() {
        while (true) {
            java.util.concurrent.locks.LockSupport.park();
        }
    }
}
