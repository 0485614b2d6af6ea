package dev.rowkeep.evidence.crash;

/**
 * A write that returned to its caller: it must survive every crash from then on.
 *
 * @param store the store's name
 * @param key the record's key
 * @param version the version that the write made
 * @param value the value that the version holds; -1 if it is a delete
 * @param sequence the commit's place in the log
 */
record Acknowledged(String store, String key, long version, long value, long sequence) {
    static final long DELETED = -1;

    String line() {
        return store + " " + key + " " + version + " " + value + " " + sequence + "\n";
    }

    static Acknowledged parse(String line) {
        String[] parts = line.strip().split(" ", -1);
        return new Acknowledged(
                parts[0], parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3]), Long.parseLong(parts[4]));
    }
}
