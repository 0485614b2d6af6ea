package dev.rowkeep.evidence.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A file on a replayed disk: what of its bytes is safe, and what was done to it since. */
final class DiskFile implements DiskEntry {
    private byte[] synced;
    private final List<DiskEvent> unsynced = new ArrayList<>();

    /** A file that holds {@code synced}, all of it safe. */
    DiskFile(byte[] synced) {
        this.synced = synced;
    }

    /** Its bytes were written, or it was cut. */
    void add(DiskEvent event) {
        unsynced.add(event);
    }

    @Override
    public void sync() {
        synced = content(Loss.NOTHING);
        unsynced.clear();
    }

    @Override
    public DiskEntry copy(Map<DiskEntry, DiskEntry> copies) {
        DiskEntry known = copies.get(this);
        if (known != null) {
            return known;
        }
        DiskFile copy = new DiskFile(synced);
        copy.unsynced.addAll(unsynced);
        copies.put(this, copy);
        return copy;
    }

    /** What is left of its bytes after a loss; not to be changed. */
    byte[] content(Loss loss) {
        if (unsynced.isEmpty()) {
            return synced;
        }
        byte[] content = Arrays.copyOf(synced, mostBytes());
        int length = synced.length;
        for (DiskEvent event : unsynced) {
            if (event instanceof DiskEvent.Resized resized && loss.isLeft(resized)) {
                int cut = Math.toIntExact(resized.length());
                Arrays.fill(content, Math.min(cut, length), length, (byte) 0);
                length = cut;
            } else if (event instanceof DiskEvent.Written written) {
                for (int[] range : loss.left(written)) {
                    int offset = Math.toIntExact(written.offset());
                    System.arraycopy(written.bytes(), range[0], content, offset + range[0], range[1] - range[0]);
                    length = Math.max(length, offset + range[1]);
                }
            }
        }
        return Arrays.copyOf(content, length);
    }

    /** No loss leaves more. */
    private int mostBytes() {
        long most = synced.length;
        for (DiskEvent event : unsynced) {
            if (event instanceof DiskEvent.Resized resized) {
                most = Math.max(most, resized.length());
            } else if (event instanceof DiskEvent.Written written) {
                most = Math.max(most, written.offset() + written.bytes().length);
            }
        }
        return Math.toIntExact(most);
    }
}
