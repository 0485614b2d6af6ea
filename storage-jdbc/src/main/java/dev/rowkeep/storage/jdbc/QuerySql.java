package dev.rowkeep.storage.jdbc;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Queries as SQL.
 *
 * <p>What comes after a place in an order is not one condition here but several queries, to be asked one after the other: first the
 * records that share all of the place's values but the last, and are beyond that; then those that share all but the last two; and
 * so on. Each is equalities and one range, which an index over the columns serves whatever the directions and however deep the
 * place. One condition for all of them would be a disjunction, which is served by reading everything before the place.
 */
public final class QuerySql {
    private final Dialect dialect;
    private final StoreLayout layout;
    private final String table;

    /** One column of an order. */
    private record Term(String column, LayoutColumn layout, Order.Direction direction) {}

    /** A test that a place's queries add to the condition. */
    private record Test(String sql, @Nullable Object parameter, boolean isBound) {
        static Test of(String sql) {
            return new Test(sql, null, false);
        }

        static Test bound(String sql, Object parameter) {
            return new Test(sql, parameter, true);
        }
    }

    /**
     * Queries of one store.
     *
     * @param table the quoted name of the store's table
     */
    public QuerySql(Dialect dialect, StoreLayout layout, String table) {
        this.dialect = dialect;
        this.layout = layout;
        this.table = table;
    }

    /** How many records {@code where} holds for. */
    public SqlText count(Condition where) {
        SqlText sql =
                new SqlText().append("SELECT count(*) FROM ").append(table).append(" WHERE ");
        ConditionSql.append(dialect, layout, where, sql);
        return sql;
    }

    /**
     * The queries whose results, one after the other and {@link QuerySpec#limit} in all, are those of {@code query}. Each ends in
     * an open {@code LIMIT} clause: its one further parameter is the most results still wanted.
     *
     * @param selected what to select
     */
    public List<SqlText> select(String selected, QuerySpec query) {
        List<Term> terms = terms(query.orders());
        List<SqlText> queries = new ArrayList<>();
        for (List<Test> tests : pieces(terms, query.after())) {
            SqlText sql = new SqlText();
            sql.append("SELECT ")
                    .append(selected)
                    .append(" FROM ")
                    .append(table)
                    .append(" WHERE ");
            ConditionSql.append(dialect, layout, query.where(), sql);
            for (Test test : tests) {
                sql.append(" AND ").append(test.sql());
                if (test.isBound()) {
                    sql.parameter(test.parameter());
                }
            }
            queries.add(sql.append(" ORDER BY ").append(orderBy(terms)).append(" LIMIT "));
        }
        return queries;
    }

    private List<List<Test>> pieces(List<Term> terms, Optional<List<@Nullable Object>> after) {
        if (after.isEmpty()) {
            return List.of(List.of());
        }
        List<@Nullable Object> place = after.get();
        List<List<Test>> pieces = new ArrayList<>();
        for (int last = terms.size() - 1; last >= 0; last--) {
            List<Test> shared = new ArrayList<>();
            for (int i = 0; i < last; i++) {
                shared.add(same(terms.get(i), place.get(i)));
            }
            for (Test beyond : beyond(terms.get(last), place.get(last))) {
                List<Test> piece = new ArrayList<>(shared);
                piece.add(beyond);
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private Test same(Term term, @Nullable Object value) {
        return value == null
                ? Test.of(term.column() + " IS NULL")
                : Test.bound(
                        term.column() + " = ", dialect.parameter(term.layout().type(), value));
    }

    /** Missing values come first ascending and last descending; a key is never missing. */
    private List<Test> beyond(Term term, @Nullable Object value) {
        boolean ascending = term.direction() == Order.Direction.ASCENDING;
        if (value == null) {
            return ascending ? List.of(Test.of(term.column() + " IS NOT NULL")) : List.of();
        }
        Object parameter = dialect.parameter(term.layout().type(), value);
        if (ascending) {
            return List.of(Test.bound(term.column() + " > ", parameter));
        }
        Test below = Test.bound(term.column() + " < ", parameter);
        boolean isKey = term.layout().equals(layout.key());
        return isKey ? List.of(below) : List.of(below, Test.of(term.column() + " IS NULL"));
    }

    private List<Term> terms(List<Order> orders) {
        List<Term> terms = new ArrayList<>();
        for (Order order : orders) {
            LayoutColumn column = ConditionSql.column(layout, order.column());
            if (!column.type().kind().isOrdered()) {
                throw new IllegalArgumentException(
                        "Column " + column.name() + " of store " + layout.name() + " has no order to sort by.");
            }
            terms.add(new Term(dialect.column(column), column, order.direction()));
        }
        return terms;
    }

    private static String orderBy(List<Term> terms) {
        List<String> parts = new ArrayList<>();
        for (Term term : terms) {
            boolean ascending = term.direction() == Order.Direction.ASCENDING;
            parts.add(term.column() + (ascending ? " ASC NULLS FIRST" : " DESC NULLS LAST"));
        }
        return String.join(", ", parts);
    }
}
