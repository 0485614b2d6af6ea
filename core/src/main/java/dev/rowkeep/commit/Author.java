package dev.rowkeep.commit;

/**
 * Who writes: a name and what kind of writer it is.
 *
 * @param name the writer's name as it goes into the log, 1 to {@value #MAX_NAME_LENGTH} characters
 * @param origin what kind of writer
 */
public record Author(String name, Origin origin) {
    /** The longest name in characters. */
    public static final int MAX_NAME_LENGTH = 200;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is blank, too long or holds a control character or half of a surrogate pair
     */
    public Author {
        if (name.isBlank()
                || name.length() > MAX_NAME_LENGTH
                || name.codePoints().anyMatch(Author::isUnfit)) {
            throw new IllegalArgumentException("An author's name has 1 to " + MAX_NAME_LENGTH
                    + " characters, no control characters and no half of a surrogate pair; this one has "
                    + name.length()
                    + " characters. Pass a login or a job's name.");
        }
    }

    private static boolean isUnfit(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    /** A person. */
    public static Author user(String name) {
        return new Author(name, Origin.USER);
    }

    /** A batch job. */
    public static Author job(String name) {
        return new Author(name, Origin.JOB);
    }

    /** The application itself. */
    public static Author system(String name) {
        return new Author(name, Origin.SYSTEM);
    }

    @Override
    public String toString() {
        return name;
    }
}
