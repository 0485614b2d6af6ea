package dev.rowkeep.evidence.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which of many things must come before which; what must come before itself is a cycle. */
final class PrecedenceGraph {
    private static final int FIRST_EDGES = 1 << 10;
    private static final int NONE = -1;

    private final int[] newest;
    private int[] older = new int[FIRST_EDGES];
    private int[] target = new int[FIRST_EDGES];
    private int edges;

    PrecedenceGraph(int nodes) {
        newest = new int[nodes];
        Arrays.fill(newest, NONE);
    }

    void precedes(int before, int after) {
        if (before == after) {
            return;
        }
        if (edges == target.length) {
            older = Arrays.copyOf(older, edges * 2);
            target = Arrays.copyOf(target, edges * 2);
        }
        target[edges] = after;
        older[edges] = newest[before];
        newest[before] = edges++;
    }

    /** The nodes of one cycle in its order; empty if there is none. A depth-first search without recursion. */
    List<Integer> cycle() {
        int[] next = newest.clone();
        boolean[] isDone = new boolean[newest.length];
        boolean[] isOnPath = new boolean[newest.length];
        int[] path = new int[newest.length];
        for (int start = 0; start < newest.length; start++) {
            int length = 0;
            if (!isDone[start]) {
                path[length++] = start;
                isOnPath[start] = true;
            }
            while (length > 0) {
                int node = path[length - 1];
                int edge = next[node];
                if (edge == NONE) {
                    isDone[node] = true;
                    isOnPath[node] = false;
                    length--;
                    continue;
                }
                next[node] = older[edge];
                int after = target[edge];
                if (isOnPath[after]) {
                    return from(after, path, length);
                }
                if (!isDone[after]) {
                    path[length++] = after;
                    isOnPath[after] = true;
                }
            }
        }
        return List.of();
    }

    private static List<Integer> from(int first, int[] path, int length) {
        List<Integer> cycle = new ArrayList<>();
        for (int i = length - 1; i >= 0; i--) {
            cycle.add(0, path[i]);
            if (path[i] == first) {
                break;
            }
        }
        return cycle;
    }
}
