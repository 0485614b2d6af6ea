package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What some crashes of one recorded run left. */
final class Wrecks {
    private static final String LOG = "-wal";
    private static final List<Crash> CRASHES = List.of(Crash.values());

    private record Choice(int number, int event, Crash crash, Disk.Names names, long seed) {}

    private Wrecks() {}

    /** Chooses {@code count} crashes; what number <i>i</i> left is to go to the directory of that number below {@code directory}. */
    static List<Wreck> of(Trace trace, Random random, int count, Path directory) throws IOException {
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            choices.add(choice(i, trace, random));
        }
        Wreck[] wrecks = new Wreck[count];
        Moments.fromNothing().visit(trace, (event, disk, said) -> {
            for (Choice choice : choices) {
                if (choice.event() == event) {
                    wrecks[choice.number()] = wreck(choice, disk, said, directory);
                }
            }
        });
        return List.of(wrecks);
    }

    /** Every other crash is a kill right before a sync of SQLite's log: a second crash can still take the last commit. */
    private static Choice choice(int number, Trace trace, Random random) {
        if (number % 2 == 0) {
            List<Integer> beforeSyncs = beforeSyncsOfTheLog(trace);
            int event = beforeSyncs.get(random.nextInt(beforeSyncs.size()));
            return new Choice(number, event, Crash.KILL, Disk.Names.AT_ONCE, random.nextLong());
        }
        Crash crash = CRASHES.get(random.nextInt(CRASHES.size()));
        Disk.Names names = random.nextBoolean() && crash.canLeave(Disk.Names.WHEN_SYNCED)
                ? Disk.Names.WHEN_SYNCED
                : Disk.Names.AT_ONCE;
        return new Choice(number, random.nextInt(trace.events().size()), crash, names, random.nextLong());
    }

    private static List<Integer> beforeSyncsOfTheLog(Trace trace) {
        Set<Integer> logs = new HashSet<>();
        List<Integer> found = new ArrayList<>();
        for (int i = 1; i < trace.events().size(); i++) {
            DiskEvent event = trace.events().get(i);
            if (event instanceof DiskEvent.Appeared appeared
                    && appeared.path().toString().endsWith(LOG)) {
                logs.add(appeared.file());
            } else if (event instanceof DiskEvent.Synced && logs.contains(event.file())) {
                found.add(i - 1);
            }
        }
        return found;
    }

    private static Wreck wreck(Choice choice, Disk disk, String said, Path directory) {
        Path to = directory.resolve(Integer.toString(choice.number()));
        String what = "after " + choice.crash() + " at event " + choice.event() + ", names " + choice.names();
        if (choice.crash() == Crash.KILL) {
            return new Wreck(what, disk.handedOn(to), said);
        }
        Map<Path, byte[]> image = disk.image(choice.names(), choice.crash().loss(new Random(choice.seed())));
        return new Wreck(what, Disk.of(image, to), said);
    }
}
