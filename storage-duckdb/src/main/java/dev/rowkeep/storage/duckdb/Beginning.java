package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.StartingRecords;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Begins a log in its middle, as one entry of the journal, which is there or not: the records are held in memory once, and are at most as many as one
 * entry takes.
 */
final class Beginning {
    private Beginning() {}

    /**
     * What is to be written, and what is known then.
     *
     * @param entry the entry
     * @param stores the stores that have records
     */
    record Begun(Entry.Begun entry, List<ResidentStore> stores) {}

    /** Reads the records. What they throw passes. */
    static Begun of(Head start, StartingRecords records, Resident resident) {
        if (resident.head().sequence() > 0 || resident.start().sequence() > 0) {
            throw new StorageException(
                    Kind.PERMANENT,
                    "Cannot begin the log behind commit " + start.sequence()
                            + ": the storage holds one already. Nothing was written. Give an empty storage.",
                    null);
        }
        Map<StoreLayout, List<Image>> images = new LinkedHashMap<>();
        records.feedTo((layout, image) ->
                images.computeIfAbsent(layout, any -> new ArrayList<>()).add(image));
        List<ResidentStore> stores = new ArrayList<>();
        List<Entry.Step> steps = new ArrayList<>();
        images.forEach((layout, some) -> {
            stores.add(Loading.begun(resident.store(layout.id()).layout(), some));
            some.forEach(image -> steps.add(new Entry.Step(layout.id(), Entry.Before.NOTHING, 0, List.of(image))));
        });
        return new Begun(new Entry.Begun(start, steps), stores);
    }
}
