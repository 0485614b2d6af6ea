package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.ErasedRecords;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.StoreLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What an erasure leaves of the entries of a journal: changes sealed, and the past versions of records without their personal cells. Used once, by
 * one thread.
 */
final class EntryErasure extends EntryRewriting {
    private final List<ErasedRecords> records;
    private final Resident resident;

    EntryErasure(List<ErasedRecords> records, Resident resident) {
        super(Map.of());
        this.records = records;
        this.resident = resident;
    }

    @Override
    LoggedChange kept(LoggedChange change) {
        LoggedChange erased = ErasedRecords.erased(records, change);
        boolean isSame = Arrays.equals(erased.delta(), change.delta()) && Arrays.equals(erased.image(), change.image());
        return isSame ? change : erased;
    }

    /** Rows stay as they are: they hold nothing to erase any more, or what is not meant. */
    @Override
    Image kept(StoreLayout form, Image version) {
        boolean isRow = resident.version(form.id(), version.key()) == version.version();
        return isRow ? version : ErasedRecords.erased(records, form, version);
    }
}
