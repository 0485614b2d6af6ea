package dev.rowkeep.benchmarks.keep;

/** What RowKeep's storages set, for reports. */
final class KeepSettings {
    static final String SQLITE =
            "SqliteStorage.at(path) as shipped: journal_mode=wal, synchronous=2, wal_autocheckpoint=16000";

    private KeepSettings() {}
}
