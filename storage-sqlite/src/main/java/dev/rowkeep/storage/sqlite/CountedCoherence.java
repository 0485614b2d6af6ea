package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.Capabilities.Sharing;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.storage.sqlite.counters.CommitCounters;
import dev.rowkeep.storage.sqlite.counters.CounterFile;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Commits are counted in a file that all processes map: to ask costs a read of memory. */
final class CountedCoherence implements Coherence {
    /** The place that every commit counts at. */
    private static final int LOG = 0;

    private final CounterFile file;
    private final CommitCounters counters;

    /** Where the commit under way counts. Belongs to the writer. */
    private final BitSet places = new BitSet(CounterFile.PLACES);

    CountedCoherence(CounterFile file) {
        this.file = file;
        this.counters = file.counters();
    }

    /** The records of one store. */
    private record StoreStamps(CommitCounters counters, int storeId) implements ChangeStamps {
        @Override
        public long stamp(Object key) {
            return counters.stamp(place(storeId, key));
        }

        @Override
        public boolean isCurrent(Object key, long stamp) {
            return counters.isCurrent(place(storeId, key), stamp);
        }

        @Override
        public long committedStamp(Object key) {
            return counters.ownStamp(place(storeId, key));
        }
    }

    /** Where a record is counted: the same in every process, whatever its Java, as the hashes of texts and numbers are specified. */
    static int place(int storeId, Object key) {
        int hash = key instanceof UUID id
                ? Long.hashCode(id.getMostSignificantBits() ^ id.getLeastSignificantBits())
                : key.hashCode();
        hash += storeId * 0x9E3779B9;
        hash ^= hash >>> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >>> 13;
        int place = hash & CounterFile.PLACES - 1;
        return place == LOG ? 1 : place;
    }

    @Override
    public Sharing sharing() {
        return Sharing.SEVERAL_PROCESSES;
    }

    @Override
    public Optional<ChangeStamps> stamps(int storeId) {
        return Optional.of(new StoreStamps(counters, storeId));
    }

    @Override
    public long logStamp() {
        return counters.stamp(LOG);
    }

    @Override
    public boolean isLogUntouched(long stamp) {
        return counters.isUntouched(LOG, stamp);
    }

    @Override
    public boolean isLastWriter() {
        return counters.isOwn(LOG);
    }

    @Override
    public void begin(List<RowWrite> writes) {
        counters.repairSuspect();
        places.clear();
        places.set(LOG);
        for (RowWrite write : writes) {
            places.set(place(write.layout().id(), write.after().key()));
        }
        count();
    }

    @Override
    public void beginAll() {
        counters.repairSuspect();
        places.set(0, CounterFile.PLACES);
        count();
    }

    private void count() {
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            counters.begin(place);
        }
    }

    @Override
    public void end() {
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            counters.end(place);
        }
    }

    @Override
    public void repair() {
        file.repairAll();
    }

    @Override
    public void close() {
        // The mapping goes when no cache refers to it any more.
    }
}
