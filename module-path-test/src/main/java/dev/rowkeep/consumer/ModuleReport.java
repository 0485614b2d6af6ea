package dev.rowkeep.consumer;

import static java.util.stream.Collectors.toCollection;

import java.util.SortedSet;
import java.util.TreeSet;

/** The modules of the library that this program runs on, as the runtime resolved them. */
final class ModuleReport {
    private ModuleReport() {}

    static SortedSet<String> libraryModules() {
        return ModuleLayer.boot().modules().stream()
                .filter(Module::isNamed)
                .map(Module::getName)
                .filter(name -> name.startsWith("dev.rowkeep."))
                .collect(toCollection(TreeSet::new));
    }
}
