package dev.rowkeep.storage.duckdb.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A disk that knows what of a directory would be there after the power went: what was synced for certain, of the rest nothing, all, or of
 * every file half of what it has grown. A sync that fails makes nothing durable, and neither does a later one then: it takes what was
 * written before for written.
 */
final class PowerLossDisk implements Disk {
    private final DirectoryNode root = new DirectoryNode();
    private final Path rootPath;
    private final Observer observer;
    private final IdentityHashMap<RandomAccessFile, FileNode> open = new IdentityHashMap<>();
    private boolean isNextSyncFailing;

    /** Is shown what could be there, before the first step and after every one. */
    interface Observer {
        void onImages(List<Map<String, byte[]>> images) throws IOException;
    }

    /** A file or a directory, whatever its names are. */
    private interface Node {}

    private static final class FileNode implements Node {
        private byte[] live = new byte[0];
        private byte[] durable = new byte[0];
        private final BitSet unwritten = new BitSet();

        byte[] afterLoss(Contents contents) {
            return switch (contents) {
                case SYNCED -> durable;
                case HALF ->
                    live.length > durable.length ? Arrays.copyOf(live, (live.length + durable.length) / 2) : durable;
                case ALL -> live;
            };
        }

        void sync() {
            durable = Arrays.copyOf(durable, live.length);
            unwritten.stream().filter(at -> at < live.length).forEach(at -> durable[at] = live[at]);
            unwritten.clear();
        }
    }

    private static final class DirectoryNode implements Node {
        private final Map<String, Node> live = new TreeMap<>();
        private Map<String, Node> durable = new TreeMap<>();
    }

    /** What of the contents is there after a loss. */
    private enum Contents {
        SYNCED,
        HALF,
        ALL
    }

    /** For everything under an empty directory that is there. */
    PowerLossDisk(Path root, Observer observer) {
        this.rootPath = root;
        this.observer = observer;
    }

    void failNextSync() {
        isNextSyncFailing = true;
    }

    /** What is there if nothing survives that was not synced. */
    Map<String, byte[]> worst() {
        return image(false, Contents.SYNCED);
    }

    private void observe() throws IOException {
        List<Map<String, byte[]>> images = new ArrayList<>();
        for (Contents contents : Contents.values()) {
            images.add(image(false, contents));
            images.add(image(true, contents));
        }
        observer.onImages(images);
    }

    private Map<String, byte[]> image(boolean hasLiveNames, Contents contents) {
        Map<String, byte[]> image = new TreeMap<>();
        collect(root, "", hasLiveNames, contents, image);
        return image;
    }

    private static void collect(
            DirectoryNode from, String prefix, boolean hasLiveNames, Contents contents, Map<String, byte[]> image) {
        (hasLiveNames ? from.live : from.durable).forEach((name, node) -> {
            if (node instanceof DirectoryNode directory) {
                collect(directory, prefix + name + "/", hasLiveNames, contents, image);
            } else {
                image.put(prefix + name, ((FileNode) node).afterLoss(contents).clone());
            }
        });
    }

    private DirectoryNode directory(Path path) {
        DirectoryNode node = root;
        if (!path.equals(rootPath)) {
            for (Path name : rootPath.relativize(path)) {
                node = (DirectoryNode) node.live.get(name.toString());
            }
        }
        return node;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        REAL.createDirectory(directory);
        directory(directory.getParent()).live.put(name(directory), new DirectoryNode());
        observe();
    }

    @Override
    public RandomAccessFile create(Path file) throws IOException {
        RandomAccessFile created = REAL.create(file);
        FileNode node = new FileNode();
        directory(file.getParent()).live.put(name(file), node);
        open.put(created, node);
        observe();
        return created;
    }

    @Override
    public RandomAccessFile open(Path file) throws IOException {
        RandomAccessFile opened = REAL.open(file);
        open.put(opened, (FileNode) directory(file.getParent()).live.get(name(file)));
        return opened;
    }

    @Override
    public void write(RandomAccessFile file, byte[] bytes, int length) throws IOException {
        int at = (int) file.getFilePointer();
        REAL.write(file, bytes, length);
        FileNode node = open.get(file);
        node.live = Arrays.copyOf(node.live, Math.max(node.live.length, at + length));
        System.arraycopy(bytes, 0, node.live, at, length);
        node.unwritten.set(at, at + length);
        observe();
    }

    @Override
    public void sync(RandomAccessFile file) throws IOException {
        FileNode node = open.get(file);
        if (isNextSyncFailing) {
            isNextSyncFailing = false;
            node.unwritten.clear();
            observe();
            throw new IOException("planned failure");
        }
        REAL.sync(file);
        node.sync();
        observe();
    }

    @Override
    public void truncate(RandomAccessFile file, long length) throws IOException {
        REAL.truncate(file, length);
        FileNode node = open.get(file);
        node.live = Arrays.copyOf(node.live, (int) length);
        observe();
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        REAL.rename(from, to);
        Node node = directory(from.getParent()).live.remove(name(from));
        directory(to.getParent()).live.put(name(to), node);
        observe();
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
        directory(path.getParent()).live.remove(name(path));
        observe();
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        REAL.syncDirectory(directory);
        DirectoryNode node = directory(directory);
        node.durable = new TreeMap<>(node.live);
        observe();
    }
}
