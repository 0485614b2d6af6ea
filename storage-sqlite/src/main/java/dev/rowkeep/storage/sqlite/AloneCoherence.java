package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.Capabilities.Sharing;
import dev.rowkeep.spi.ChangeStamps;
import dev.rowkeep.spi.RowWrite;
import java.util.List;
import java.util.Optional;

/** Nobody else has the database open, so there is nothing to tell and nothing to learn. */
record AloneCoherence() implements Coherence {
    @Override
    public Sharing sharing() {
        return Sharing.ALONE;
    }

    @Override
    public Optional<ChangeStamps> stamps(int storeId) {
        return Optional.empty();
    }

    @Override
    public long logStamp() {
        return 0;
    }

    @Override
    public boolean isLogUntouched(long stamp) {
        return false;
    }

    @Override
    public boolean isLastWriter() {
        return true;
    }

    @Override
    public void begin(List<RowWrite> writes) {}

    @Override
    public void beginAll() {}

    @Override
    public void end() {}

    @Override
    public void repair() {}

    @Override
    public void close() {}
}
