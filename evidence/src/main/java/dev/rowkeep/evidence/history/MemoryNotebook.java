package dev.rowkeep.evidence.history;

import java.util.ArrayList;
import java.util.List;

/** A notebook of a caller whose process is not killed: what begins always ends. */
final class MemoryNotebook implements Notebook {
    private final List<Operation> operations = new ArrayList<>();

    List<Operation> operations() {
        return operations;
    }

    @Override
    public void begin(Operation maybe) {}

    @Override
    public void note(Operation operation) {
        operations.add(operation);
    }

    @Override
    public void end() {}
}
