package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What some crashes of one recorded run left. */
final class Wrecks {
    private static final List<Crash> CRASHES = List.of(Crash.values());

    private final Kept kept;
    private final Trace trace;
    private final Random random;

    /** The disk for who goes on in the directory {@code to} after a crash. */
    private interface Left {
        Disk of(Disk disk, Path to);
    }

    private record Choice(int event, String what, Left left) {}

    private Wrecks(Kept kept, Trace trace, Random random) {
        this.kept = kept;
        this.trace = trace;
        this.random = random;
    }

    /** Chooses {@code count} crashes; what number <i>i</i> left is to go to the directory of that number below {@code directory}. */
    static List<Wreck> of(Kept kept, Trace trace, Random random, int count, Path directory) throws IOException {
        Wrecks wrecks = new Wrecks(kept, trace, random);
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            choices.add(wrecks.choice(i));
        }
        return wrecks.left(choices, directory);
    }

    private List<Wreck> left(List<Choice> choices, Path directory) throws IOException {
        Wreck[] wrecks = new Wreck[choices.size()];
        Moments.fromNothing().visit(trace, (event, disk, said) -> {
            for (int i = 0; i < wrecks.length; i++) {
                Choice choice = choices.get(i);
                if (choice.event() == event) {
                    Path to = directory.resolve(Integer.toString(i));
                    wrecks[i] = new Wreck(
                            "after " + choice.what() + " at event " + event,
                            choice.left().of(disk, to),
                            said);
                }
            }
        });
        return List.of(wrecks);
    }

    private Choice choice(int number) {
        List<Checkpoint> checkpoints = Checkpoint.of(kept, trace);
        return switch (number % 3) {
            case 0 -> killBeforeASync();
            case 1 -> checkpoints.isEmpty() ? anyCrash() : tornCheckpoint(any(checkpoints));
            default -> anyCrash();
        };
    }

    /** A kill right before a sync of the log: a second crash can still take the last commit. */
    private Choice killBeforeASync() {
        return new Choice(any(beforeSyncsOfTheLog()), "KILL", Disk::handedOn);
    }

    /** After it, DuckDB's database is made anew, during which it can crash again. */
    private Choice tornCheckpoint(Checkpoint checkpoint) {
        int event = any(checkpoint.inPlace());
        Tear tear = any(Tear.all());
        Loss loss = tear.of((DiskEvent.Written) trace.events().get(event), random);
        return new Choice(event, tear.toString(), (disk, to) -> Disk.of(disk.image(Disk.Names.AT_ONCE, loss), to));
    }

    private Choice anyCrash() {
        int event = random.nextInt(trace.events().size());
        Crash crash = any(CRASHES);
        if (crash == Crash.KILL) {
            return new Choice(event, "KILL", Disk::handedOn);
        }
        Disk.Names names = any(List.of(Disk.Names.values()));
        return new Choice(
                event, crash + ", names " + names, (disk, to) -> Disk.of(disk.image(names, crash.loss(random)), to));
    }

    private List<Integer> beforeSyncsOfTheLog() {
        Set<Integer> logs = new HashSet<>();
        List<Integer> found = new ArrayList<>();
        for (int i = 1; i < trace.events().size(); i++) {
            DiskEvent event = trace.events().get(i);
            if (event instanceof DiskEvent.Appeared appeared && kept.isLog(appeared.path(), trace.directory())) {
                logs.add(appeared.file());
            } else if (event instanceof DiskEvent.Synced && logs.contains(event.file())) {
                found.add(i - 1);
            }
        }
        return found;
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
