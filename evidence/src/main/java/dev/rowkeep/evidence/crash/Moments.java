package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Goes through a recorded run of the workload, event by event. */
final class Moments {
    private final Disk disk;
    private final StringBuilder said;

    /** What is done at each moment. */
    interface Visitor {
        /** The disk is as it is after event number {@code event}; it will change. */
        void at(int event, Disk disk, String said) throws IOException;
    }

    private Moments(Disk disk, String said) {
        this.disk = disk;
        this.said = new StringBuilder(said);
    }

    /** The moments of a run that began with an empty directory. */
    static Moments fromNothing() {
        return new Moments(Disk.empty(), "");
    }

    /** The moments of a run that went on with what a crash had left. */
    static Moments from(Wreck wreck) {
        return new Moments(wreck.disk(), wreck.said());
    }

    void visit(Trace trace, Visitor visitor) throws IOException {
        Path saidPath = trace.directory().resolve(Workload.SAID);
        int saidFile = -1;
        for (int i = 0; i < trace.events().size(); i++) {
            DiskEvent event = trace.events().get(i);
            if (event instanceof DiskEvent.Appeared appeared && appeared.path().equals(saidPath)) {
                saidFile = appeared.file();
            } else if (event.file() == saidFile) {
                if (event instanceof DiskEvent.Written written) {
                    said.append(new String(written.bytes(), StandardCharsets.US_ASCII));
                }
            } else {
                disk.apply(event);
            }
            visitor.at(i, disk, said.toString());
        }
    }
}
