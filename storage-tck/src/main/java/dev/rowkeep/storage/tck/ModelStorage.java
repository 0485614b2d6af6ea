package dev.rowkeep.storage.tck;

import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.Capabilities;
import dev.rowkeep.spi.Capabilities.Durability;
import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import dev.rowkeep.spi.StoredRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The contract in its plainest form, maps and a list under one lock: what a storage is compared with. Every answer is found by
 * looking at everything, so that nothing clever can be wrong.
 */
final class ModelStorage implements Storage, CommitView {
    private final UUID incarnation;
    private final Map<Integer, StoreLayout> layouts = new LinkedHashMap<>();
    private Map<Integer, Map<Object, Image>> images = new HashMap<>();
    private final List<LoggedCommit> log = new ArrayList<>();
    private final Map<String, StoredRequest> requests = new LinkedHashMap<>();

    /** Of the commits in {@link #log}, those up to here are dropped; what they tell is still known here. */
    private long dropped;

    private final Map<Integer, Long> contentsDropped = new HashMap<>();

    /** A model of a new storage, which calls itself {@code incarnation}. */
    ModelStorage(UUID incarnation) {
        this.incarnation = incarnation;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities("model", Durability.VOLATILE, 10_000, Capabilities.Sharing.ALONE);
    }

    @Override
    public UUID incarnation() {
        return incarnation;
    }

    @Override
    public synchronized Head head() {
        if (log.isEmpty()) {
            return Head.empty();
        }
        LoggedCommit newest = log.get(log.size() - 1);
        return new Head(newest.header().sequence(), newest.header().timeMicros(), newest.hash());
    }

    @Override
    public synchronized Head start() {
        if (dropped == 0) {
            return Head.empty();
        }
        LoggedCommit last = log.get((int) dropped - 1);
        return new Head(dropped, last.header().timeMicros(), last.hash());
    }

    @Override
    public synchronized void dropThrough(long sequence) {
        dropped = Math.max(dropped, sequence);
    }

    @Override
    public synchronized void dropContents(List<LoggedChange> contents) {
        Map<Long, LoggedChange> byId =
                contents.stream().collect(Collectors.toMap(LoggedChange::id, Function.identity()));
        log.replaceAll(commit -> new LoggedCommit(
                commit.header(),
                commit.changes().stream()
                        .map(change -> byId.getOrDefault(change.id(), change))
                        .toList(),
                commit.hash()));
        contents.forEach(change -> contentsDropped.merge(change.storeId(), ChangeId.sequence(change.id()), Math::max));
    }

    @Override
    public synchronized long contentsDroppedThrough(StoreLayout layout) {
        return contentsDropped.getOrDefault(layout.id(), 0L);
    }

    @Override
    public synchronized List<StoreLayout> layouts() {
        return List.copyOf(layouts.values());
    }

    @Override
    public synchronized void install(StoreLayout layout) {
        Map<Object, Image> reshaped = new HashMap<>(images.getOrDefault(layout.id(), Map.of()));
        StoreLayout old = layouts.get(layout.id());
        if (old != null) {
            reshaped.replaceAll((key, image) -> image.isLive() ? reshaped(image, old, layout) : image);
        }
        requireDistinct(layout, reshaped.values());
        layouts.put(layout.id(), layout);
        Map<Integer, Map<Object, Image>> after = new HashMap<>(images);
        after.put(layout.id(), reshaped);
        images = after;
    }

    private static Image reshaped(Image image, StoreLayout old, StoreLayout layout) {
        @Nullable
        Object[] cells = layout.columns().stream()
                .map(column -> place(old, column))
                .map(place -> place < 0 ? null : image.cells()[place])
                .toArray();
        return new Image(
                image.key(),
                image.version(),
                image.changeId(),
                image.liveness(),
                cells,
                image.author(),
                image.timeMicros(),
                image.userAuthor(),
                image.userTimeMicros());
    }

    private static int place(StoreLayout layout, LayoutColumn column) {
        return layout.columns().stream().map(LayoutColumn::id).toList().indexOf(column.id());
    }

    @Override
    public synchronized @Nullable Image read(StoreLayout layout, Object key) {
        return images.getOrDefault(layout.id(), Map.of()).get(key);
    }

    @Override
    public @Nullable Image image(StoreLayout layout, Object key) {
        return read(layout, key);
    }

    @Override
    public synchronized List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
        return keys.stream()
                .distinct()
                .map(key -> read(layout, key))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public synchronized @Nullable Object owner(StoreLayout layout, int ordinal, Object value) {
        return live(layout).stream()
                .filter(image -> value.equals(image.cells()[ordinal]))
                .map(Image::key)
                .findFirst()
                .orElse(null);
    }

    @Override
    public synchronized @Nullable StoredRequest request(String id) {
        return requests.get(id);
    }

    @Override
    public synchronized void commit(CommitWork work) {
        CommitPlan plan = work.decide(this);
        Map<Integer, Map<Object, Image>> after = new HashMap<>();
        images.forEach((store, records) -> after.put(store, new HashMap<>(records)));
        Set<StoreLayout> touched = new HashSet<>();
        for (RowWrite write : plan.writes()) {
            Object key = write.after().key();
            if (version(read(write.layout(), key)) != version(write.before())) {
                throw new StorageException(StorageException.Kind.STALE, "Another version than the plan's", null);
            }
            after.computeIfAbsent(write.layout().id(), store -> new HashMap<>()).put(key, write.after());
            touched.add(write.layout());
        }
        touched.forEach(layout -> requireDistinct(
                layout, after.getOrDefault(layout.id(), Map.of()).values()));
        for (StoredRequest request : plan.requests().stored()) {
            if (requests.containsKey(request.id())) {
                throw new StorageException(StorageException.Kind.UNIQUE_TAKEN, "Taken", null);
            }
        }
        images = after;
        log.addAll(plan.commits());
        plan.requests().stored().forEach(request -> requests.put(request.id(), request));
        List<StoredRequest> oldest = requests.values().stream()
                .limit(plan.requests().forgetMost())
                .filter(request -> request.timeMicros() < plan.requests().forgetBeforeMicros())
                .toList();
        oldest.forEach(request -> requests.remove(request.id()));
    }

    private static long version(@Nullable Image image) {
        return image == null ? 0 : image.version();
    }

    private static void requireDistinct(StoreLayout layout, Collection<Image> records) {
        layout.indexes().stream()
                .filter(index -> index.uniqueness() == Uniqueness.UNIQUE)
                .map(index -> layout.ordinal(index.columns().get(0)))
                .forEach(place -> {
                    Set<Object> seen = new HashSet<>();
                    for (Image image : records) {
                        Object value = image.isLive() ? image.cells()[place] : null;
                        if (value != null && !seen.add(value)) {
                            throw new StorageException(StorageException.Kind.UNIQUE_TAKEN, "Taken", null);
                        }
                    }
                });
    }

    @Override
    public Head recover() {
        return head();
    }

    @Override
    public synchronized List<LoggedChange> changesAfter(StoreLayout layout, long sequence, int most) {
        return log.stream()
                .filter(commit -> commit.header().sequence() > Math.max(sequence, dropped))
                .flatMap(commit -> commit.changes().stream())
                .filter(change -> change.storeId() == layout.id())
                .limit(most)
                .toList();
    }

    /** A copy. */
    @Override
    public synchronized StorageSnapshot snapshot() {
        ModelStorage copy = new ModelStorage(incarnation);
        copy.layouts.putAll(layouts);
        copy.images = images;
        copy.log.addAll(log);
        return new ModelSnapshot(copy);
    }

    private record ModelSnapshot(ModelStorage copy) implements StorageSnapshot {
        @Override
        public Head head() {
            return copy.head();
        }

        @Override
        public @Nullable Image read(StoreLayout layout, Object key) {
            return copy.read(layout, key);
        }

        @Override
        public List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
            return copy.readAll(layout, keys);
        }

        @Override
        public ImageScan scan(StoreLayout layout, QuerySpec query) {
            return copy.scan(layout, query);
        }

        @Override
        public long count(StoreLayout layout, Condition where) {
            return copy.count(layout, where);
        }

        @Override
        public ImageScan tombstones(StoreLayout layout) {
            List<Image> dead = copy.images.getOrDefault(layout.id(), Map.of()).values().stream()
                    .filter(image -> !image.isLive())
                    .toList();
            return ModelStorage.scan(dead.iterator());
        }

        @Override
        public void close() {}
    }

    @Override
    public synchronized List<LoggedCommit> commitsAfter(long sequence, int most) {
        return log.stream()
                .filter(commit -> commit.header().sequence() > Math.max(sequence, dropped))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized List<StoredRequest> requests(long from, long to) {
        return requests.values().stream()
                .filter(request -> request.sequence() >= from && request.sequence() <= to)
                .toList();
    }

    @Override
    public List<LoggedVersion> versions(StoreLayout layout, Object key, long newest, long oldest) {
        return history(layout, key).stream()
                .filter(version -> version.header().sequence() > dropped)
                .filter(version -> version.change().version() <= newest)
                .filter(version -> version.change().version() >= oldest)
                .toList();
    }

    @Override
    public long versionAt(StoreLayout layout, Object key, long sequence) {
        return history(layout, key).stream()
                .filter(version -> version.header().sequence() <= sequence)
                .mapToLong(version -> version.change().version())
                .findFirst()
                .orElse(0);
    }

    /** All versions of a record, the newest first. */
    private synchronized List<LoggedVersion> history(StoreLayout layout, Object key) {
        return log.stream()
                .flatMap(commit -> commit.changes().stream()
                        .filter(change ->
                                change.storeId() == layout.id() && change.key().equals(key))
                        .map(change -> new LoggedVersion(commit.header(), change)))
                .sorted(Comparator.comparingLong(
                                (LoggedVersion version) -> version.change().version())
                        .reversed())
                .toList();
    }

    @Override
    public synchronized long sequenceAt(long timeMicros) {
        return log.stream()
                .map(LoggedCommit::header)
                .filter(header -> header.sequence() >= dropped && header.timeMicros() <= timeMicros)
                .mapToLong(LoggedHeader::sequence)
                .max()
                .orElse(0);
    }

    @Override
    public ImageScan scan(StoreLayout layout, QuerySpec query) {
        return scan(Oracle.scan(layout, live(layout), query).iterator());
    }

    private static ImageScan scan(Iterator<Image> found) {
        return new ImageScan() {
            @Override
            public @Nullable Image next() {
                return found.hasNext() ? found.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public long count(StoreLayout layout, Condition where) {
        return live(layout).stream()
                .filter(image -> Oracle.holds(where, layout, image))
                .count();
    }

    /** The live records as of now. */
    private synchronized List<Image> live(StoreLayout layout) {
        return images.getOrDefault(layout.id(), Map.of()).values().stream()
                .filter(Image::isLive)
                .toList();
    }

    @Override
    public Optional<String> check() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
