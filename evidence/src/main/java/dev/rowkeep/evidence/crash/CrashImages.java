package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Builds images of recorded runs, has each opened, and counts. */
final class CrashImages {
    private final Kept kept;
    private final Path workspace;
    private final long seed;
    private final int ofHowMany;
    private final Checkers checkers;
    private final Map<String, Integer> built = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> bad = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger replaced = new AtomicInteger();
    private int opened;

    /** Which moments of a run are asked for. */
    enum Which {
        ALL,
        /** Those after {@link Step#MARK}. */
        AFTER_MARK
    }

    /** Of {@code ofHowMany} different images one is opened. */
    CrashImages(Kept kept, Checkers checkers, Path workspace, long seed, int ofHowMany) {
        this.kept = kept;
        this.workspace = workspace;
        this.seed = seed;
        this.ofHowMany = ofHowMany;
        this.checkers = checkers;
    }

    /** Checks an image of each kind after every event of {@code trace}, a run that is called {@code name} in messages. */
    void check(String name, Moments moments, Trace trace, Which which) throws IOException {
        moments.visit(trace, (event, disk, said) -> {
            if (which == Which.ALL || Said.parse(said).isMarked()) {
                checkAll(name, event, disk, said);
            }
        });
    }

    private void checkAll(String name, int event, Disk disk, String said) throws IOException {
        for (Crash crash : Crash.values()) {
            for (Disk.Names names : Disk.Names.values()) {
                if (crash.canLeave(names)) {
                    Random random = new Random(seed * 1_000_003 + Objects.hash(event, crash.name(), names.name()));
                    String what = name + ", after event " + event + ", " + crash + ", names " + names;
                    check(crash.name(), what, disk.image(names, crash.loss(random)), said);
                }
            }
        }
    }

    /** Has one image opened that is called {@code what}, one of some {@code kind}. */
    void check(String kind, String what, Image image, String saidText) throws IOException {
        built.merge(kind, 1, Integer::sum);
        Image whole = image.without(kept::isMapped);
        Said said = Said.parse(saidText);
        if (!seen.add(whole.fingerprint() + said.acknowledged().size() + said.requests() + said.stores())
                || seen.size() % ofHowMany > 0) {
            return;
        }
        Path directory = Files.createDirectory(workspace.resolve("image-" + opened++));
        whole.write(directory);
        Files.writeString(directory.resolve(Workload.SAID), saidText);
        kept.makeUpMapped(directory, new Random(seed + opened));
        boolean wasReplaced = kept.isReplaced(directory);
        checkers.check(directory, problem -> {
            problem.ifPresent(text -> bad.add(
                    "seed " + seed + ", " + what + ", " + said.acknowledged().size() + " acknowledged: " + text));
            if (!wasReplaced && kept.isReplaced(directory)) {
                replaced.incrementAndGet();
            }
            delete(directory);
        });
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Waits for all images. */
    void finish() {
        checkers.finish();
    }

    /** What was wrong, an image a line. */
    List<String> bad() {
        return List.copyOf(bad);
    }

    /** How many images there were of each kind, equal ones included, and how many different ones were opened. */
    String summary() {
        return kept + ", seed " + seed + ": images " + built + ", of which different " + seen.size() + ", opened "
                + opened + ", database replaced in " + replaced + ", bad " + bad.size();
    }

    /** In how many images the database was replaced when they were opened. */
    int replaced() {
        return replaced.get();
    }

    int opened() {
        return opened;
    }
}
