package dev.rowkeep.storage.jdbc;

import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import java.util.List;

/**
 * Conditions as SQL.
 *
 * <p>SQL has three truth values, conditions have two. "Not" is therefore carried down to the comparisons, where it becomes
 * {@code IS NOT TRUE}; above them, unknown and false come to the same, and comparisons stay as plain as an index needs them.
 */
final class ConditionSql {
    private final Dialect dialect;
    private final StoreLayout layout;
    private final SqlText sql;

    private ConditionSql(Dialect dialect, StoreLayout layout, SqlText sql) {
        this.dialect = dialect;
        this.layout = layout;
        this.sql = sql;
    }

    /**
     * Appends {@code condition}.
     *
     * @throws IllegalArgumentException if the layout has no such column, or a column has no order to compare by
     */
    static void append(Dialect dialect, StoreLayout layout, Condition condition, SqlText sql) {
        new ConditionSql(dialect, layout, sql).append(condition, false);
    }

    /** The layout's column for {@code column}. */
    static LayoutColumn column(StoreLayout layout, Column<?> column) {
        int ordinal = layout.ordinal(column.name());
        return ordinal < 0 ? layout.key() : layout.columns().get(ordinal);
    }

    private void append(Condition condition, boolean negated) {
        if (condition instanceof Condition.Not not) {
            append(not.part(), !negated);
        } else if (condition instanceof Condition.And and) {
            appendAll(and.parts(), negated, negated ? " OR " : " AND ");
        } else if (condition instanceof Condition.Or or) {
            appendAll(or.parts(), negated, negated ? " AND " : " OR ");
        } else if (condition instanceof Condition.Everything) {
            sql.append(negated ? "FALSE" : "TRUE");
        } else if (condition instanceof Condition.Missing missing) {
            sql.append(dialect.column(column(layout, missing.column())));
            sql.append(negated ? " IS NOT NULL" : " IS NULL");
        } else if (negated) {
            sql.append("(");
            appendTest(condition);
            sql.append(") IS NOT TRUE");
        } else {
            appendTest(condition);
        }
    }

    private void appendAll(List<Condition> parts, boolean negated, String joined) {
        if (parts.isEmpty()) {
            sql.append(joined.equals(" AND ") ? "TRUE" : "FALSE");
            return;
        }
        sql.append("(");
        for (int i = 0; i < parts.size(); i++) {
            sql.append(i == 0 ? "" : joined);
            append(parts.get(i), negated);
        }
        sql.append(")");
    }

    private void appendTest(Condition condition) {
        if (condition instanceof Condition.Comparison comparison) {
            LayoutColumn column = column(layout, comparison.column());
            sql.append(dialect.column(column)).append(operator(column, comparison.operator()));
            sql.parameter(dialect.parameter(column.type(), comparison.value()));
        } else if (condition instanceof Condition.In in) {
            LayoutColumn column = column(layout, in.column());
            if (in.values().isEmpty()) {
                sql.append("FALSE");
            } else {
                dialect.appendOneOf(sql, column, in.values());
            }
        } else if (condition instanceof Condition.TouchedSince touched) {
            sql.append(dialect.userTouch()).append(" >= ").parameter(touched.micros());
        } else if (condition instanceof Condition.StartsWith startsWith) {
            appendStartsWith(dialect.column(column(layout, startsWith.column())), startsWith.prefix());
        } else if (condition instanceof Condition.Contains contains) {
            LayoutColumn column = column(layout, contains.column());
            if (column.type().kind() == Kind.TEXT_SET) {
                dialect.appendSetContains(sql, column, contains.part());
            } else {
                dialect.appendTextContains(sql, column, contains.part());
            }
        } else {
            throw new IllegalArgumentException("Not a condition that SQL knows: " + condition.getClass());
        }
    }

    /** As a range, which an index serves: texts are ordered by code point. */
    private void appendStartsWith(String column, String prefix) {
        sql.append("(").append(column).append(" >= ").parameter(prefix);
        String end = CodePoints.afterAllWithPrefix(prefix);
        if (end != null) {
            sql.append(" AND ").append(column).append(" < ").parameter(end);
        }
        sql.append(")");
    }

    private String operator(LayoutColumn column, Condition.Operator operator) {
        if (operator != Condition.Operator.EQUAL && !column.type().kind().isOrdered()) {
            throw new IllegalArgumentException("Column " + column.name() + " of store " + layout.name()
                    + " has no order to compare by. Compare it for equality.");
        }
        return switch (operator) {
            case EQUAL -> " = ";
            case LESS -> " < ";
            case LESS_OR_EQUAL -> " <= ";
            case GREATER -> " > ";
            case GREATER_OR_EQUAL -> " >= ";
        };
    }
}
