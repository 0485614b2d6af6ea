package dev.rowkeep.benchmarks.keep;

/** What RowKeep's storages set, for reports. */
final class KeepSettings {
    static final String SQLITE =
            "SqliteStorage.at(path) as shipped: journal_mode=wal, synchronous=2, page_size=2048, wal_autocheckpoint=32000";

    private KeepSettings() {}
}
