package dev.rowkeep.storage.tck;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitWork;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Storages that read wrongly, each in one way. */
final class BrokenReads {
    private BrokenReads() {}

    /** Shows a commit's first half before its second, for as long as it takes somebody to look, or a millisecond. */
    static final class PartlyVisible extends ForwardingStorage {
        private static final long LONGEST_NANOS = 1_000_000;

        private final Map<Object, Image> notYetVisible = new ConcurrentHashMap<>();
        private volatile boolean seen;

        PartlyVisible(Storage storage) {
            super(storage);
        }

        @Override
        public void commit(CommitWork work) {
            super.commit(new BrokenCommits.AlteredWork(work, (view, plan) -> {
                hideSecondHalf(plan);
                return plan;
            }));
            long start = System.nanoTime();
            while (!notYetVisible.isEmpty() && !seen && System.nanoTime() - start < LONGEST_NANOS) {
                Thread.onSpinWait();
            }
            notYetVisible.clear();
        }

        private void hideSecondHalf(CommitPlan plan) {
            seen = false;
            plan.writes().stream()
                    .skip((plan.writes().size() + 1) / 2)
                    .filter(write -> write.before() != null)
                    .forEach(write -> notYetVisible.put(write.after().key(), write.before()));
        }

        @Override
        public List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
            List<Image> images = super.readAll(layout, keys).stream()
                    .map(image -> notYetVisible.getOrDefault(image.key(), image))
                    .toList();
            seen = true;
            return images;
        }
    }

    /** Ends the changes of a store before the last commit that was asked for. */
    static Storage endingEarly(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public void changes(StoreLayout layout, long after, long through, Consumer<? super LoggedChange> visitor) {
                super.changes(
                        layout, after, through == Long.MAX_VALUE ? through : Math.max(after, through - 1), visitor);
            }
        };
    }

    /** Gives each header to the commit after its own. */
    static Storage mislabellingHeaders(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public Map<Long, LoggedHeader> headers(List<Long> sequences) {
                Map<Long, LoggedHeader> mislabelled = new HashMap<>();
                super.headers(sequences).forEach((sequence, header) -> mislabelled.put(sequence + 1, header));
                return mislabelled;
            }
        };
    }

    /** Takes a deleted record for one that never was. */
    static Storage forgettingTombstones(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public Image read(StoreLayout layout, Object key) {
                Image image = super.read(layout, key);
                return image == null || image.isLive() ? image : null;
            }
        };
    }

    /** Takes empty text for missing. */
    static Storage takingEmptyTextForMissing(Storage storage) {
        return changingCells(storage, cell -> "".equals(cell) ? null : cell);
    }

    /** Keeps milliseconds only. */
    static Storage keepingMilliseconds(Storage storage) {
        return changingCells(
                storage, cell -> cell instanceof Instant moment ? moment.truncatedTo(ChronoUnit.MILLIS) : cell);
    }

    private static Storage changingCells(Storage storage, UnaryOperator<Object> change) {
        return new ForwardingStorage(storage) {
            @Override
            public Image read(StoreLayout layout, Object key) {
                return changed(super.read(layout, key));
            }

            private Image changed(Image image) {
                if (image == null) {
                    return null;
                }
                Object[] cells = image.cells().clone();
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = change.apply(cells[i]);
                }
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
        };
    }

    /** Finds what a scan gives when it is asked for it, as it is by then. */
    static Storage scanningAsOfNow(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public ImageScan scan(StoreLayout layout, QuerySpec query) {
                ImageScan keys = super.scan(layout, query);
                return new ImageScan() {
                    @Override
                    public Image next() {
                        Image image = keys.next();
                        return image == null ? null : Objects.requireNonNull(read(layout, image.key()));
                    }

                    @Override
                    public void close() {
                        keys.close();
                    }
                };
            }
        };
    }

    /** A snapshot that finds single records as they are when it is asked. */
    static Storage readingSnapshotsAsOfNow(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public StorageSnapshot snapshot() {
                return new ForwardingSnapshot(super.snapshot()) {
                    @Override
                    public Image read(StoreLayout layout, Object key) {
                        return delegate().read(layout, key);
                    }
                };
            }
        };
    }

    /** A snapshot that finds tombstones as they are when it is asked. */
    static Storage readingTombstonesAsOfNow(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public StorageSnapshot snapshot() {
                return new ForwardingSnapshot(super.snapshot()) {
                    @Override
                    public ImageScan tombstones(StoreLayout layout) {
                        return delegate().snapshot().tombstones(layout);
                    }
                };
            }
        };
    }

    private static class ForwardingSnapshot implements StorageSnapshot {
        private final StorageSnapshot snapshot;

        ForwardingSnapshot(StorageSnapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Head head() {
            return snapshot.head();
        }

        @Override
        public Image read(StoreLayout layout, Object key) {
            return snapshot.read(layout, key);
        }

        @Override
        public List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
            return snapshot.readAll(layout, keys);
        }

        @Override
        public ImageScan scan(StoreLayout layout, QuerySpec query) {
            return snapshot.scan(layout, query);
        }

        @Override
        public long count(StoreLayout layout, Condition where) {
            return snapshot.count(layout, where);
        }

        @Override
        public ImageScan tombstones(StoreLayout layout) {
            return snapshot.tombstones(layout);
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }

    /** Leaves deletes out of a record's history. */
    static Storage leavingDeletesOutOfHistory(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public List<LoggedVersion> versions(StoreLayout layout, Object key, long newest, long oldest) {
                return super.versions(layout, key, newest, oldest).stream()
                        .filter(version -> version.change().kind() != ChangeKind.DELETE)
                        .toList();
            }
        };
    }

    /** Finds a version by walking the whole history. */
    static Storage walkingTheWholeHistory(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public List<LoggedVersion> versions(StoreLayout layout, Object key, long newest, long oldest) {
                return super.versions(layout, key, Long.MAX_VALUE, 1).stream()
                        .filter(version -> version.change().version() <= newest)
                        .filter(version -> version.change().version() >= oldest)
                        .toList();
            }
        };
    }

    /** Gives the first of several commits of one time. */
    static Storage givingTheFirstOfEqualTimes(Storage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public long sequenceAt(long timeMicros) {
                long newest = super.sequenceAt(timeMicros);
                return newest == 0 ? 0 : super.sequenceAt(timeOf(newest) - 1) + 1;
            }

            private long timeOf(long sequence) {
                return commitAt(sequence)
                        .map(LoggedCommit::header)
                        .orElseThrow()
                        .timeMicros();
            }
        };
    }
}
