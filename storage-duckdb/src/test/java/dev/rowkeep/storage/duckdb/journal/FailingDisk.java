package dev.rowkeep.storage.duckdb.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A disk that notes every step, and on which some fail. */
final class FailingDisk implements Disk {
    private final List<Step> steps = new ArrayList<>();
    private Set<Step> failing = EnumSet.noneOf(Step.class);
    private int passes;
    private boolean isSticky;
    private boolean hasFailed;

    /** What a disk does. */
    enum Step {
        CREATE_DIRECTORY,
        CREATE,
        OPEN,
        WRITE,
        SYNC,
        TRUNCATE,
        RENAME,
        DELETE,
        SYNC_DIRECTORY
    }

    /** Lets {@code passes} of these steps pass, and the next one fail. */
    void failOnce(Set<Step> failing, int passes) {
        this.failing = failing;
        this.passes = passes;
        isSticky = false;
        hasFailed = false;
    }

    /** Lets {@code passes} of these steps pass, and all that follow fail. */
    void failFrom(Set<Step> failing, int passes) {
        failOnce(failing, passes);
        isSticky = true;
    }

    void heal() {
        failing = EnumSet.noneOf(Step.class);
    }

    boolean hasFailed() {
        return hasFailed;
    }

    /** The steps since it was last asked. */
    List<Step> takeSteps() {
        List<Step> taken = List.copyOf(steps);
        steps.clear();
        return taken;
    }

    private void step(Step step) throws IOException {
        steps.add(step);
        if (failing.contains(step) && (isSticky || !hasFailed) && passes-- <= 0) {
            hasFailed = true;
            throw new IOException("planned failure of " + step);
        }
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        step(Step.CREATE_DIRECTORY);
        REAL.createDirectory(directory);
    }

    @Override
    public RandomAccessFile create(Path file) throws IOException {
        step(Step.CREATE);
        return REAL.create(file);
    }

    @Override
    public RandomAccessFile open(Path file) throws IOException {
        step(Step.OPEN);
        return REAL.open(file);
    }

    /** A write that fails has written the first half. */
    @Override
    public void write(RandomAccessFile file, byte[] bytes, int length) throws IOException {
        try {
            step(Step.WRITE);
        } catch (IOException e) {
            REAL.write(file, bytes, length / 2);
            throw e;
        }
        REAL.write(file, bytes, length);
    }

    @Override
    public void sync(RandomAccessFile file) throws IOException {
        step(Step.SYNC);
        REAL.sync(file);
    }

    @Override
    public void truncate(RandomAccessFile file, long length) throws IOException {
        step(Step.TRUNCATE);
        REAL.truncate(file, length);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step(Step.RENAME);
        REAL.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        step(Step.DELETE);
        REAL.delete(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        step(Step.SYNC_DIRECTORY);
        REAL.syncDirectory(directory);
    }
}
