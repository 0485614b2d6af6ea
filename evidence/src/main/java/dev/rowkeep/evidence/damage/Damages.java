package dev.rowkeep.evidence.damage;

import dev.rowkeep.evidence.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Lists damages. The same seed gives the same list. */
final class Damages {
    private static final int SECTOR = 512;
    private static final String DATABASE = "";

    /** A file as large as this has long stretches of zeros, of which one place in so many bytes is damaged. */
    private static final int LARGE = 1 << 20;

    private static final int SPARSE = 1 << 14;

    private final List<Damage> all = new ArrayList<>();
    private final Random random;

    private Damages(long seed) {
        this.random = new Random(seed);
    }

    /** Every byte flipped once, but of DuckDB's database one in 64 bytes; every truncation; every mix of files. */
    static List<Damage> all(Engine engine, Generations made, long seed) {
        Damages damages = new Damages(seed);
        switch (engine) {
            case SQLITE -> damages.ofSqlite(made);
            case DUCKDB -> damages.ofDuckdb(made);
        }
        return damages.all;
    }

    /** Some {@code most} of all, of each kind as many as there are of the others, or all that there are. */
    static List<Damage> some(Engine engine, Generations made, long seed, int most) {
        Map<String, List<Damage>> kinds = new LinkedHashMap<>();
        for (Damage damage : all(engine, made, seed)) {
            kinds.computeIfAbsent(damage.kind(), kind -> new ArrayList<>()).add(damage);
        }
        Random random = new Random(seed);
        kinds.values().forEach(ofKind -> Collections.shuffle(ofKind, random));
        List<List<Damage>> shuffled = new ArrayList<>(kinds.values());
        Collections.shuffle(shuffled, random);
        List<Damage> some = new ArrayList<>();
        for (int i = 0; some.size() < most; i++) {
            int place = i;
            shuffled.removeIf(ofKind -> ofKind.size() <= place);
            if (shuffled.isEmpty()) {
                break;
            }
            shuffled.stream().limit(most - some.size()).forEach(ofKind -> some.add(ofKind.get(place)));
        }
        return some;
    }

    private void ofSqlite(Generations made) {
        String log = "-wal";
        flips("flip closed db", 1, made.last(), DATABASE);
        flips("flip left db", 1, made.lastLeft(), DATABASE);
        flips("flip left wal", 1, made.lastLeft(), log);
        cuts("cut closed db", made.last(), DATABASE);
        cuts("cut left db", made.lastLeft(), DATABASE);
        cuts("cut left wal", made.lastLeft(), log);
        splices("splice older db", made.first(), made.last(), DATABASE);
        splices("splice other db", made.other(), made.last(), DATABASE);
        states(made);
        mixes(made, log);
    }

    private void ofDuckdb(Generations made) {
        String log = ".wal";
        String journal = ".journal";
        for (String segment : made.last().files().keySet()) {
            if (segment.startsWith(journal)) {
                flips("flip closed journal", 1, made.last(), segment);
                flips("flip left journal", 1, made.lastLeft(), segment);
                cuts("cut closed journal", made.last(), segment);
                cuts("cut left journal", made.lastLeft(), segment);
                splices("splice older journal", made.first(), made.last(), segment);
                splices("splice other journal", made.other(), made.last(), segment);
            }
        }
        flips("flip closed db", 64, made.last(), DATABASE);
        flips("flip left db", 64, made.lastLeft(), DATABASE);
        flips("flip left wal", 1, made.lastLeft(), log);
        cuts("cut closed db", made.last(), DATABASE);
        cuts("cut left db", made.lastLeft(), DATABASE);
        cuts("cut left wal", made.lastLeft(), log);
        splices("splice older db", made.first(), made.last(), DATABASE);
        splices("splice other db", made.other(), made.last(), DATABASE);
        states(made);
        mixes(made, log);
        mixes(made, journal);
        mix("journal and log gone", made.lastLeft().without(journal).without(log));
        mix(
                "older db with its log",
                made.last().withAll(DATABASE, made.firstLeft()).withAll(journal, made.last()));
        mix("other store's db with its log", made.otherLeft().withAll(journal, made.last()));
        mix("newer db with its log", made.lastLeft().withAll(journal, made.firstLeft()));
    }

    /** One byte in each {@code each}. */
    private void flips(String kind, int each, StoreFiles files, String name) {
        byte[] whole = files.bytes(name);
        for (int start = 0; start < whole.length; start += each) {
            if (isSkipped(whole, start, each)) {
                continue;
            }
            int place = start + random.nextInt(Math.min(each, whole.length - start));
            int mask = random.nextInt(4) == 0 ? 0xff : 1 << random.nextInt(8);
            damage(kind, "byte " + place + " xor " + mask, files, name, bytes -> {
                byte[] changed = bytes.clone();
                changed[place] ^= (byte) mask;
                return changed;
            });
        }
    }

    private static boolean isSkipped(byte[] bytes, int start, int length) {
        boolean isEmpty = bytes.length >= LARGE && start % SPARSE != 0;
        for (int i = start; isEmpty && i < Math.min(bytes.length, start + length); i++) {
            isEmpty &= bytes[i] == 0;
        }
        return isEmpty;
    }

    private void cuts(String kind, StoreFiles files, String name) {
        byte[] whole = files.bytes(name);
        for (int i = 0; i < whole.length; i += SECTOR) {
            if (isSkipped(whole, i, SECTOR)) {
                continue;
            }
            int length = i;
            damage(kind, "after " + length, files, name, bytes -> Arrays.copyOf(bytes, length));
        }
    }

    /** The first part of one file, the rest of the other, and the other way round. */
    private void splices(String kind, StoreFiles others, StoreFiles files, String name) {
        byte[] one = others.bytes(name);
        byte[] two = files.bytes(name);
        for (int i = SECTOR; i < Math.max(one.length, two.length); i += SECTOR) {
            if (isSkipped(one, i, SECTOR) && isSkipped(two, i, SECTOR)) {
                continue;
            }
            int place = i;
            damage(kind, "before " + i, files, name, bytes -> splice(one, bytes, place));
            damage(kind, "from " + i, files, name, bytes -> splice(bytes, one, place));
        }
    }

    private static byte[] splice(byte[] start, byte[] end, int place) {
        byte[] both = Arrays.copyOf(start, Math.max(end.length, place));
        if (end.length > place) {
            System.arraycopy(end, place, both, place, end.length - place);
        }
        return both;
    }

    /** Whole states of one store or the other, and files that hold nothing. */
    private void states(Generations made) {
        mix("nothing", made.last());
        mix("nothing, left", made.lastLeft());
        mix("older copy", made.first());
        mix("older copy, left", made.firstLeft());
        mix("other store", made.other());
        mix("other store, left", made.otherLeft());
        mix("db empty", made.lastLeft().with(DATABASE, new byte[0]));
        mix("all gone", made.last().without(DATABASE).with(DATABASE, new byte[0]));
        mix("zeros", made.last().with(DATABASE, new byte[made.last().bytes(DATABASE).length]));
    }

    /** Mixes of what begins like {@code log} with the rest. */
    private void mixes(Generations made, String log) {
        mix("older " + log + " beside newer db", made.last().withAll(log, made.firstLeft()));
        mix("older " + log + " beside newer db, left", made.lastLeft().withAll(log, made.firstLeft()));
        mix("newer " + log + " beside older db", made.first().withAll(log, made.lastLeft()));
        mix("newer " + log + " beside first db", made.firstLeft().withAll(log, made.lastLeft()));
        mix("own " + log + " beside closed db", made.last().withAll(log, made.lastLeft()));
        mix(log + " gone", made.lastLeft().without(log));
        mix("other store's " + log, made.last().withAll(log, made.otherLeft()));
        mix("other store's " + log + ", left", made.lastLeft().withAll(log, made.otherLeft()));
    }

    private void mix(String what, StoreFiles files) {
        all.add(new Damage("mix", what, () -> files));
    }

    private void damage(String kind, String what, StoreFiles files, String name, UnaryOperator<byte[]> change) {
        all.add(new Damage(kind, what, () -> files.with(name, change.apply(files.bytes(name)))));
    }
}
