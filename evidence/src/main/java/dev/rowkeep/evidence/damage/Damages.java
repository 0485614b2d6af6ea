package dev.rowkeep.evidence.damage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Lists damages. The same seed gives the same list. */
final class Damages {
    private static final int SECTOR = 512;

    private final List<Damage> all = new ArrayList<>();
    private final Random random;

    private Damages(long seed) {
        this.random = new Random(seed);
    }

    /** Every byte flipped once, every truncation, every mix of files. */
    static List<Damage> all(Generations made, long seed) {
        Damages damages = new Damages(seed);
        damages.flips("flip closed db", made.last().database(), made.last()::withDatabase);
        damages.flips("flip left db", made.lastLeft().database(), made.lastLeft()::withDatabase);
        damages.flips("flip left wal", made.lastLeft().log(), made.lastLeft()::withLog);
        damages.cuts("cut closed db", made.last().database(), made.last()::withDatabase);
        damages.cuts("cut left db", made.lastLeft().database(), made.lastLeft()::withDatabase);
        damages.cuts("cut left wal", made.lastLeft().log(), made.lastLeft()::withLog);
        damages.splices("splice older db", made.first().database(), made.last());
        damages.splices("splice other db", made.other().database(), made.last());
        damages.mixes(made);
        return damages.all;
    }

    /** Some {@code most} of all, spread over them evenly; every mix is among them. */
    static List<Damage> some(Generations made, long seed, int most) {
        List<Damage> every = all(made, seed);
        Random random = new Random(seed);
        double share = (double) most / every.size();
        return every.stream()
                .filter(damage -> damage.kind().equals("mix") || random.nextDouble() < share)
                .toList();
    }

    private void flips(String kind, byte[] bytes, UnaryFiles files) {
        for (int i = 0; i < bytes.length; i++) {
            int place = i;
            int mask = random.nextInt(4) == 0 ? 0xff : 1 << random.nextInt(8);
            all.add(new Damage(kind, "byte " + i + " xor " + mask, () -> {
                byte[] changed = bytes.clone();
                changed[place] ^= (byte) mask;
                return files.apply(changed);
            }));
        }
    }

    private void cuts(String kind, byte[] bytes, UnaryFiles files) {
        for (int i = 0; i < bytes.length; i += SECTOR) {
            int length = i;
            all.add(new Damage(kind, "after " + length, () -> files.apply(Arrays.copyOf(bytes, length))));
        }
    }

    /** The first part of one file, the rest of the other, and the other way round. */
    private void splices(String kind, byte[] one, StoreFiles files) {
        byte[] two = files.database();
        for (int i = SECTOR; i < Math.max(one.length, two.length); i += SECTOR) {
            int place = i;
            all.add(new Damage(kind, "before " + i, () -> files.withDatabase(splice(one, two, place))));
            all.add(new Damage(kind, "from " + i, () -> files.withDatabase(splice(two, one, place))));
        }
    }

    private static byte[] splice(byte[] start, byte[] end, int place) {
        byte[] both = Arrays.copyOf(start, Math.max(end.length, place));
        if (end.length > place) {
            System.arraycopy(end, place, both, place, end.length - place);
        }
        return both;
    }

    private void mixes(Generations made) {
        mix("nothing", made.last());
        mix("nothing, left", made.lastLeft());
        mix("older copy", made.first());
        mix("older copy, left", made.firstLeft());
        mix("other store", made.other());
        mix("other store, left", made.otherLeft());
        mix("older log beside newer db", made.last().withLog(made.firstLeft().log()));
        mix(
                "older log beside newer db, left",
                made.lastLeft().withLog(made.firstLeft().log()));
        mix("newer log beside older db", made.first().withLog(made.lastLeft().log()));
        mix(
                "newer log beside first db",
                made.firstLeft().withLog(made.lastLeft().log()));
        mix("own log beside closed db", made.last().withLog(made.lastLeft().log()));
        mix("log gone", made.lastLeft().withLog(new byte[0]));
        mix("other store's log", made.last().withLog(made.otherLeft().log()));
        mix("other store's log, left", made.lastLeft().withLog(made.otherLeft().log()));
        mix("db gone", made.lastLeft().withDatabase(new byte[0]));
        mix("all gone", new StoreFiles(new byte[0], new byte[0]));
        mix("zeros", made.last().withDatabase(new byte[made.last().database().length]));
    }

    private void mix(String what, StoreFiles files) {
        all.add(new Damage("mix", what, () -> files));
    }

    private interface UnaryFiles {
        StoreFiles apply(byte[] bytes);
    }
}
