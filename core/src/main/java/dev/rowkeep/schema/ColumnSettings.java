package dev.rowkeep.schema;

import dev.rowkeep.merge.CellMerge;
import dev.rowkeep.merge.MergeRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a column has beside its name and type.
 *
 * @param required whether every record has a value
 * @param defaultValue the canonical value of records that are inserted without one
 * @param rules the rules, in the order in which they were given
 * @param coercion how far raw values are bent
 * @param format the form of dates and moments beside the ISO form
 * @param merge the rule for cells that two writers changed
 * @param customMerge the application's merge rule, where there is one
 * @param unique whether no two records share a value
 * @param personal whether values can be erased for good
 * @param <T> the Java type of the column's values
 */
record ColumnSettings<T>(
        boolean required,
        @Nullable Object defaultValue,
        List<Rule<T>> rules,
        Coercion coercion,
        @Nullable DateTimeFormat format,
        MergeRule merge,
        @Nullable CellMerge<T> customMerge,
        boolean unique,
        boolean personal) {

    static <T> ColumnSettings<T> initial() {
        return new ColumnSettings<>(
                false, null, List.of(), Coercion.STRICT, null, MergeRule.REJECT, null, false, false);
    }

    ColumnSettings<T> withRequired() {
        return new ColumnSettings<>(true, defaultValue, rules, coercion, format, merge, customMerge, unique, personal);
    }

    ColumnSettings<T> withDefault(Object canonical) {
        return new ColumnSettings<>(required, canonical, rules, coercion, format, merge, customMerge, unique, personal);
    }

    ColumnSettings<T> withRule(Rule<T> rule) {
        List<Rule<T>> more = new ArrayList<>(rules);
        more.add(rule);
        return new ColumnSettings<>(
                required, defaultValue, List.copyOf(more), coercion, format, merge, customMerge, unique, personal);
    }

    ColumnSettings<T> withCoercion(Coercion degree) {
        return new ColumnSettings<>(
                required, defaultValue, rules, degree, format, merge, customMerge, unique, personal);
    }

    ColumnSettings<T> withFormat(DateTimeFormat own) {
        return new ColumnSettings<>(required, defaultValue, rules, coercion, own, merge, customMerge, unique, personal);
    }

    ColumnSettings<T> withMerge(MergeRule rule, @Nullable CellMerge<T> custom) {
        return new ColumnSettings<>(required, defaultValue, rules, coercion, format, rule, custom, unique, personal);
    }

    ColumnSettings<T> withUnique() {
        return new ColumnSettings<>(
                required, defaultValue, rules, coercion, format, merge, customMerge, true, personal);
    }

    ColumnSettings<T> withPersonal() {
        return new ColumnSettings<>(required, defaultValue, rules, coercion, format, merge, customMerge, unique, true);
    }

    /** Whether judging or merging runs an application's code or a pattern. */
    boolean needsCaller() {
        return merge == MergeRule.TEXT
                || merge == MergeRule.CUSTOM
                || rules.stream().anyMatch(rule -> rule.cost() == Rule.Cost.CALLER_ONLY);
    }
}
