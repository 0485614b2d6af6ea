package dev.rowkeep.evidence.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Builds every image of a recorded run, opens each, and counts. */
final class CrashImages {
    private static final int SMALL_SECTOR = 512;
    private static final int LARGE_SECTOR = 4096;

    private final Path workspace;
    private final long seed;
    private final Map<Fault, Integer> checked = new EnumMap<>(Fault.class);
    private final List<String> bad = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int opened;

    /** How the machine stops. */
    enum Fault {
        /** The process is killed; the system goes on. */
        KILL,
        /** Power is lost; only what was synced is there. */
        ONLY_SYNCED,
        /** Power is lost; each unsynced write is there or not. */
        SOME_WRITES,
        /** Power is lost; each 512 bytes of an unsynced write are there or not. */
        TORN_512,
        /** Power is lost; each 4096 bytes of an unsynced write are there or not. */
        TORN_4096
    }

    CrashImages(Path workspace, long seed) {
        this.workspace = workspace;
        this.seed = seed;
    }

    /** Checks an image of each kind after every event of {@code trace}. */
    void check(Trace trace) throws IOException {
        Disk disk = new Disk();
        Path log = trace.directory().resolve(Workload.ACKNOWLEDGED);
        int logFile = -1;
        StringBuilder acknowledged = new StringBuilder();
        for (int i = 0; i < trace.events().size(); i++) {
            DiskEvent event = trace.events().get(i);
            if (event instanceof DiskEvent.Appeared appeared && appeared.path().equals(log)) {
                logFile = appeared.file();
            } else if (event.file() == logFile) {
                if (event instanceof DiskEvent.Written written) {
                    acknowledged.append(new String(written.bytes(), StandardCharsets.US_ASCII));
                }
            } else {
                disk.apply(event);
            }
            checkAll(
                    disk,
                    i,
                    acknowledged.toString().lines().map(Acknowledged::parse).toList());
        }
    }

    private void checkAll(Disk disk, int event, List<Acknowledged> acknowledged) throws IOException {
        for (Fault fault : Fault.values()) {
            for (Disk.Names names : Disk.Names.values()) {
                if (fault == Fault.KILL && names == Disk.Names.WHEN_SYNCED) {
                    continue;
                }
                Random random = new Random(seed * 1_000_003 + Objects.hash(event, fault.name(), names.name()));
                Map<Path, byte[]> image = disk.image(names, loss(fault, random));
                checked.merge(fault, 1, Integer::sum);
                if (!seen.add(fingerprint(image, acknowledged.size()))) {
                    continue;
                }
                open(image, acknowledged)
                        .ifPresent(problem -> bad.add("seed " + seed + ", after event " + event + ", " + fault
                                + ", names " + names + ", " + acknowledged.size() + " acknowledged: " + problem));
            }
        }
    }

    private static Disk.Loss loss(Fault fault, Random random) {
        return switch (fault) {
            case KILL -> Disk.Losses.NOTHING;
            case ONLY_SYNCED -> Disk.Losses.ALL_UNSYNCED;
            case SOME_WRITES -> Disk.Losses.some(random);
            case TORN_512 -> Disk.Losses.torn(random, SMALL_SECTOR);
            case TORN_4096 -> Disk.Losses.torn(random, LARGE_SECTOR);
        };
    }

    private Optional<String> open(Map<Path, byte[]> image, List<Acknowledged> acknowledged) throws IOException {
        Path directory = workspace.resolve("image-" + opened++);
        Files.createDirectory(directory);
        try {
            for (Map.Entry<Path, byte[]> file : image.entrySet()) {
                String name = file.getKey().getFileName().toString();
                if (!name.endsWith("-shm")) {
                    Files.write(directory.resolve(name), file.getValue());
                }
            }
            return ImageCheck.problem(directory, acknowledged);
        } finally {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    private static String fingerprint(Map<Path, byte[]> image, int acknowledged) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            image.forEach((path, content) -> {
                if (!path.toString().endsWith("-shm")) {
                    digest.update(path.toString().getBytes(StandardCharsets.UTF_8));
                    digest.update(content);
                }
            });
            return acknowledged + " " + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was wrong, an image a line. */
    List<String> bad() {
        return List.copyOf(bad);
    }

    /** How many images there were of each kind, equal ones included, and how many different ones were opened. */
    String summary() {
        return "seed " + seed + ": images " + checked + ", of which different and opened " + opened + ", bad "
                + bad.size();
    }

    int opened() {
        return opened;
    }
}
