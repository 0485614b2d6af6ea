package dev.rowkeep.evidence.crash;

/**
 * A version that a caller was told of, by a write that returned or by a read: it must survive every crash from then on.
 *
 * @param store the store's name
 * @param key the record's key
 * @param version the version
 * @param value the value that the version holds; -1 if it is a delete
 * @param extras how many added columns hold the value too
 */
record Acknowledged(String store, String key, long version, long value, int extras) {
    static final long DELETED = -1;

    String line() {
        return store + " " + key + " " + version + " " + value + " " + extras + "\n";
    }

    static Acknowledged parse(String line) {
        String[] parts = line.split(" ", -1);
        return new Acknowledged(
                parts[0], parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3]), Integer.parseInt(parts[4]));
    }
}
