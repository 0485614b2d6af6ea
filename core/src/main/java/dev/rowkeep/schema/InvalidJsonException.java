package dev.rowkeep.schema;

/** A text or a tree that is not a JSON value as {@link Json} keeps them. Its message never holds the content. */
public final class InvalidJsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String problem;
    private final String fix;

    InvalidJsonException(String problem, String fix) {
        super("Not a JSON value: " + problem + ". " + fix);
        this.problem = problem;
        this.fix = fix;
    }

    /** What is wrong, a phrase such as {@code an object has a key twice (line 3, column 7)}. */
    public String problem() {
        return problem;
    }

    /** What to do, one sentence. */
    public String fix() {
        return fix;
    }
}
