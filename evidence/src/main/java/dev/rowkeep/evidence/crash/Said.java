package dev.rowkeep.evidence.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a workload has said of itself, line by line.
 *
 * @param acknowledged what must be there, in the order in which it was acknowledged
 * @param requests what was sent under an id, and the first answer where there was one, in the order in which they were sent
 * @param stores the newest form that the stores can have
 * @param isMarked whether it came to its mark
 */
record Said(
        List<Acknowledged> acknowledged, Map<Requested, Optional<String>> requests, Stores stores, boolean isMarked) {
    private static final String MARK = "mark";
    private static final String EXTRAS = "extras ";

    static String mark() {
        return MARK + "\n";
    }

    /** Said before the stores are opened in this form. */
    static String next(Stores stores) {
        return EXTRAS + stores.extras() + "\n";
    }

    static Said parse(String text) {
        List<Acknowledged> acknowledged = new ArrayList<>();
        Map<Requested, Optional<String>> requests = new LinkedHashMap<>();
        Stores stores = new Stores(0);
        boolean isMarked = false;
        for (String line : text.lines().toList()) {
            if (line.equals(MARK)) {
                isMarked = true;
            } else if (line.startsWith(EXTRAS)) {
                stores = new Stores(Integer.parseInt(line.substring(EXTRAS.length())));
            } else if (Requested.isLine(line)) {
                Requested.parse(line, requests);
            } else {
                acknowledged.add(Acknowledged.parse(line));
            }
        }
        return new Said(List.copyOf(acknowledged), requests, stores, isMarked);
    }
}
