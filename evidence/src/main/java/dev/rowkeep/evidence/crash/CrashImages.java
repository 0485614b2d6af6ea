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
    private final Path workspace;
    private final long seed;
    private final Map<Crash, Integer> checked = new EnumMap<>(Crash.class);
    private final List<String> bad = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int opened;

    /** Which moments of a run are asked for. */
    enum Which {
        ALL,
        /** Those after {@link Step#MARK}. */
        AFTER_MARK
    }

    CrashImages(Path workspace, long seed) {
        this.workspace = workspace;
        this.seed = seed;
    }

    /** Checks an image of each kind after every event of {@code trace}, a run that is called {@code name} in messages. */
    void check(String name, Moments moments, Trace trace, Which which) throws IOException {
        moments.visit(trace, (event, disk, text) -> {
            Said said = Said.parse(text);
            if (which == Which.ALL || said.isMarked()) {
                checkAll(name, event, disk, said);
            }
        });
    }

    private void checkAll(String name, int event, Disk disk, Said said) throws IOException {
        for (Crash crash : Crash.values()) {
            for (Disk.Names names : Disk.Names.values()) {
                if (!crash.canLeave(names)) {
                    continue;
                }
                Random random = new Random(seed * 1_000_003 + Objects.hash(event, crash.name(), names.name()));
                Map<Path, byte[]> image = disk.image(names, crash.loss(random));
                checked.merge(crash, 1, Integer::sum);
                if (!seen.add(fingerprint(image, said))) {
                    continue;
                }
                open(image, said)
                        .ifPresent(problem -> bad.add(name + ", seed " + seed + ", after event " + event + ", " + crash
                                + ", names " + names + ", "
                                + said.acknowledged().size() + " acknowledged: "
                                + problem));
            }
        }
    }

    private Optional<String> open(Map<Path, byte[]> image, Said said) throws IOException {
        Path directory = Files.createDirectory(workspace.resolve("image-" + opened++));
        try {
            Wreck.write(image, directory);
            SharedMemory.makeUp(directory, new Random(seed + opened));
            return ImageCheck.problem(directory, said);
        } finally {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    private static String fingerprint(Map<Path, byte[]> image, Said said) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            image.forEach((path, content) -> {
                if (Wreck.isKept(path)) {
                    digest.update(path.toString().getBytes(StandardCharsets.UTF_8));
                    digest.update(content);
                }
            });
            return said.acknowledged().size() + " " + said.requests() + " "
                    + said.stores().extras() + " " + HexFormat.of().formatHex(digest.digest());
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
