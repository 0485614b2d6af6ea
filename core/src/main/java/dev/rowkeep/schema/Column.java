package dev.rowkeep.schema;

import dev.rowkeep.merge.CellMerge;
import dev.rowkeep.merge.MergeRule;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A typed column: its name, type, rules, coercion and merge rule. Immutable; each method that adds something returns a copy.
 *
 * <p>Columns are equal when they have the same name and type, so a handle taken before a rule was added still addresses the
 * column.
 *
 * @param <T> the Java type of the column's values
 */
public final class Column<T> {
    private final String name;
    private final ColumnType<T> type;
    private final ColumnSettings<T> settings;

    private Column(String name, ColumnType<T> type, ColumnSettings<T> settings) {
        this.name = name;
        this.type = type;
        this.settings = settings;
    }

    /**
     * A column of any type.
     *
     * @throws IllegalArgumentException if the name is not a letter followed by up to 62 letters, digits or underscores
     */
    public static <T> Column<T> of(String name, ColumnType<T> type) {
        Names.requireColumn(name);
        return new Column<>(name, type, ColumnSettings.initial());
    }

    /** A column of text. */
    public static Column<String> text(String name) {
        return of(name, ColumnType.TEXT);
    }

    /** A column of 64-bit whole numbers. */
    public static Column<Long> integer(String name) {
        return of(name, ColumnType.INTEGER);
    }

    /** A column of fixed-point numbers of up to 18 digits, {@code scale} of them after the point. */
    public static Column<BigDecimal> decimal(String name, int precision, int scale) {
        return of(name, ColumnType.decimal(precision, scale));
    }

    /** A column of finite floating point numbers. */
    public static Column<Double> real(String name) {
        return of(name, ColumnType.DOUBLE);
    }

    /** A column of truth values. */
    public static Column<Boolean> bool(String name) {
        return of(name, ColumnType.BOOLEAN);
    }

    /** A column of days. */
    public static Column<LocalDate> date(String name) {
        return of(name, ColumnType.DATE);
    }

    /** A column of moments, in microseconds. */
    public static Column<Instant> timestamp(String name) {
        return of(name, ColumnType.TIMESTAMP);
    }

    /** A column of UUIDs. */
    public static Column<java.util.UUID> uuid(String name) {
        return of(name, ColumnType.UUID);
    }

    /** A column of an enum's constants, stored by name. */
    public static <E extends Enum<E>> Column<E> enumeration(String name, Class<E> type) {
        return of(name, ColumnType.enumeration(type));
    }

    /** A column of byte sequences. */
    public static Column<Bytes> bytes(String name) {
        return of(name, ColumnType.BYTES);
    }

    /** A column of sets of texts. */
    public static Column<SortedSet<String>> textSet(String name) {
        return of(name, ColumnType.TEXT_SET);
    }

    /** A column of JSON values. */
    public static Column<Json> json(String name) {
        return of(name, ColumnType.JSON);
    }

    /** With a value required in every record. */
    public Column<T> required() {
        return with(settings.withRequired());
    }

    /**
     * With a value for records that are inserted without one. It is coerced like any value; the rules are tested on it when the
     * column becomes part of a schema.
     *
     * @throws IllegalArgumentException if the column cannot hold it
     */
    public Column<T> defaultValue(T value) {
        return with(settings.withDefault(CellReader.constant(this, "default", value)));
    }

    /**
     * With a smallest value.
     *
     * @throws IllegalArgumentException if the kind has no order
     */
    public Column<T> min(T least) {
        return rule(Rules.min(this, least));
    }

    /**
     * With a largest value.
     *
     * @throws IllegalArgumentException if the kind has no order
     */
    public Column<T> max(T most) {
        return rule(Rules.max(this, most));
    }

    /**
     * With a length between two bounds: code points of text, bytes, elements of a set, characters of JSON.
     *
     * @throws IllegalArgumentException if the bounds are not 0 &lt;= least &lt;= most, or the kind has no length
     */
    public Column<T> length(int least, int most) {
        return rule(Rules.length(this, least, most));
    }

    /**
     * With a regular expression that the whole text must match. Matching is cut off after a bounded number of steps and then
     * counts as not matching, with a message that says so.
     *
     * @throws IllegalArgumentException if the column is not text or the expression is not one
     */
    public Column<T> pattern(String regex) {
        return rule(Rules.pattern(this, regex));
    }

    /**
     * With a closed list of values.
     *
     * @throws IllegalArgumentException if there are none, or the column cannot hold one
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is copied and its elements are judged.
    public final Column<T> oneOf(T... allowed) {
        return rule(Rules.oneOf(this, List.of(allowed)));
    }

    /**
     * With a rule of the application. What the test throws is a rejection too.
     *
     * @param rule the rule's name in verdicts
     * @param test true where the value is right; runs on the writing caller's thread and must not call the library
     * @param fix what to do where it is not, one sentence
     */
    public Column<T> validate(String rule, Predicate<? super T> test, String fix) {
        return rule(new Rule<>(rule, test, "fails the rule " + rule, fix, Rule.Cost.CALLER_ONLY));
    }

    /** With another degree of coercion. */
    public Column<T> coercion(Coercion coercion) {
        return with(settings.withCoercion(coercion));
    }

    /**
     * With a {@link java.time.format.DateTimeFormatter} pattern, in English, that text for a date or timestamp may have
     * beside the ISO form; a timestamp without zone is read as UTC.
     *
     * @throws IllegalArgumentException if the column is neither date nor timestamp, or the pattern is not one, does not name a
     *     whole day, or has a year of fewer than four digits
     */
    public Column<T> format(String pattern) {
        return with(settings.withFormat(DateTimeFormat.of(name, type.kind(), pattern)));
    }

    /**
     * With a rule for cells that two writers changed.
     *
     * @throws IllegalArgumentException if the rule does not fit the column's kind, or is {@link MergeRule#CUSTOM}
     */
    public Column<T> merge(MergeRule rule) {
        boolean fits = switch (rule) {
            case REJECT, LAST_WRITER_WINS, KEEP_FIRST -> true;
            case SUM -> type.kind().isNumeric();
            case MAX, MIN -> type.kind().isOrdered();
            case UNION -> type.kind() == Kind.TEXT_SET;
            case TEXT -> type.kind() == Kind.TEXT;
            case CUSTOM -> false;
        };
        if (!fits) {
            throw new IllegalArgumentException("Merge rule " + rule + " does not fit column " + name + " of type "
                    + type + (rule == MergeRule.CUSTOM ? ". Use mergeWith(…) for a rule of your own." : "."));
        }
        return with(settings.withMerge(rule, null));
    }

    /** With a merge rule of the application. */
    public Column<T> mergeWith(CellMerge<T> merge) {
        return with(settings.withMerge(MergeRule.CUSTOM, merge));
    }

    /**
     * With values that no two records of the store share; missing values do not count.
     *
     * @throws IllegalArgumentException if the kind has no order
     */
    public Column<T> unique() {
        if (!type.kind().isOrdered()) {
            throw new IllegalArgumentException(
                    "unique on column " + name + " is not possible: values of type " + type + " have no order.");
        }
        return with(settings.withUnique());
    }

    /**
     * With values that belong to a person, which can be erased for good: from the record, its history, and every file ({@link
     * dev.rowkeep.store.Session#erase}). Such a column is not the key, and not required, since erasing leaves no value. It is personal from its
     * first value on: what was written before could not be erased.
     */
    public Column<T> personal() {
        return with(settings.withPersonal());
    }

    /** The column's name. */
    public String name() {
        return name;
    }

    /** The column's type. */
    public ColumnType<T> type() {
        return type;
    }

    /** Whether every record has a value here. */
    public boolean isRequired() {
        return settings.required();
    }

    /** Whether no two records share a value here. */
    public boolean isUnique() {
        return settings.unique();
    }

    /** Whether values can be erased for good. */
    public boolean isPersonal() {
        return settings.personal();
    }

    /** The rule for cells that two writers changed. */
    public MergeRule mergeRule() {
        return settings.merge();
    }

    /** The application's merge rule, where {@link #mergeRule()} is {@link MergeRule#CUSTOM}. */
    public Optional<CellMerge<T>> customMerge() {
        return Optional.ofNullable(settings.customMerge());
    }

    /** How far raw values are bent. */
    public Coercion coercion() {
        return settings.coercion();
    }

    /** The date or timestamp format beside the ISO form. */
    public Optional<String> format() {
        return Optional.ofNullable(settings.format()).map(DateTimeFormat::pattern);
    }

    /** The canonical value for records that are inserted without one; null where there is none. */
    public @Nullable Object canonicalDefault() {
        return settings.defaultValue();
    }

    /** Whether judging or merging a cell of this column runs an application's code or a pattern. */
    public boolean needsCaller() {
        return settings.needsCaller();
    }

    /**
     * Judges a raw value: coerces it as far as {@link #coercion()} allows and tests every rule. A missing value is accepted
     * unless the column is required.
     */
    public CellVerdict judge(@Nullable Object raw) {
        return Judge.judge(this, raw);
    }

    /**
     * Judges the raw value of a cell in a new record: as {@link #judge} does, but what is missing, and blank text that counts as
     * missing, becomes the default where there is one.
     */
    public CellVerdict judgeInserted(@Nullable Object raw) {
        return Judge.judgeInserted(this, raw);
    }

    /**
     * Judges what an operation adds to a cell or takes from it, such as the amount of an add or the suffix of an append: brings it
     * into canonical form without testing the rules, which are for whole values. Text is taken as it is, blanks and all, even
     * where the column's coercion is {@link Coercion#LENIENT}.
     */
    public CellVerdict judgeOperand(Object raw) {
        return CellReader.read(coercion() == Coercion.LENIENT ? coercion(Coercion.STRICT) : this, raw);
    }

    List<Rule<T>> rules() {
        return settings.rules();
    }

    @Nullable
    DateTimeFormat dateTimeFormat() {
        return settings.format();
    }

    Column<T> rule(Rule<T> rule) {
        return with(settings.withRule(rule));
    }

    private Column<T> with(ColumnSettings<T> changed) {
        return new Column<>(name, type, changed);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Column<?> c && name.equals(c.name) && type.equals(c.type));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name + " " + type;
    }
}
