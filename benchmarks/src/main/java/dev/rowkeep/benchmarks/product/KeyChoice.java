package dev.rowkeep.benchmarks.product;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Which keys a thread works on. Each thread has its own sequence, the same in every run. */
@FunctionalInterface
public interface KeyChoice {
    /** The keys for the thread {@code index}, one a call. */
    Supplier<String> forThread(int index);

    /** Every key as likely as every other. */
    static KeyChoice uniform(String[] keys) {
        return index -> {
            SplittableRandom random = new SplittableRandom(index + 1L);
            return () -> keys[random.nextInt(keys.length)];
        };
    }

    /** The first {@code most} keys, the n-th of them with a weight of 1/n^0.99, as in YCSB. */
    static KeyChoice zipfian(String[] keys, int most) {
        double[] sums = new double[Math.min(most, keys.length)];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += 1 / Math.pow(i + 1, 0.99);
            sums[i] = sum;
        }
        double all = sum;
        return index -> {
            SplittableRandom random = new SplittableRandom(index + 1L);
            return () -> {
                int found = Arrays.binarySearch(sums, random.nextDouble() * all);
                return keys[Math.min(found < 0 ? -found - 1 : found, sums.length - 1)];
            };
        };
    }

    /** One key for all. */
    static KeyChoice single(String key) {
        return index -> () -> key;
    }

    /** All keys in a random order, over and over: no key comes again before all others have. */
    static KeyChoice shuffled(String[] keys) {
        return index -> {
            String[] order = keys.clone();
            SplittableRandom random = new SplittableRandom(index + 1L);
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                String swapped = order[i];
                order[i] = order[j];
                order[j] = swapped;
            }
            int[] next = {0};
            return () -> {
                String key = order[next[0]];
                next[0] = (next[0] + 1) % order.length;
                return key;
            };
        };
    }
}
