package dev.rowkeep.storage.jdbc;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Queries as SQL.
 *
 * <p>What comes after a place in an order is not one condition here but several queries, to be asked one after the other: first the
 * records that share all of the place's values but the last, and are beyond that; then those that share all but the last two; and
 * so on. Each is equalities and one range, which an index over the columns serves whatever the directions and however deep the
 * place. One condition for all of them would be a disjunction, which is served by reading everything before the place; only where
 * all columns ascend and the place misses no value, a comparison of rows says the same and is served by the index, if the database
 * compares rows as standard SQL does.
 */
public final class QuerySql {
    private final Dialect dialect;
    private final StoreLayout layout;
    private final String table;

    /** One column of an order. */
    private record Term(String column, LayoutColumn layout, Order.Direction direction) {
        boolean ascends() {
            return direction == Order.Direction.ASCENDING;
        }
    }

    /** A test that a place's queries add to the condition: a text with parameters before its end. */
    private record Test(String start, List<Object> parameters, String end) {
        static Test of(String sql) {
            return new Test(sql, List.of(), "");
        }

        static Test bound(String sql, Object parameter) {
            return new Test(sql, List.of(parameter), "");
        }

        void appendTo(SqlText sql) {
            sql.append(start);
            for (int i = 0; i < parameters.size(); i++) {
                sql.append(i == 0 ? "" : ", ").parameter(parameters.get(i));
            }
            sql.append(end);
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
                test.appendTo(sql.append(" AND "));
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
        boolean isOneComparison = dialect.comparesRowsAsSql()
                && terms.size() > 1
                && !place.contains(null)
                && terms.stream().allMatch(Term::ascends);
        if (isOneComparison) {
            return List.of(List.of(beyondAll(terms, place)));
        }
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

    /** As a comparison of rows, in which a missing value is beyond nothing; ascending, missing values come first. */
    private Test beyondAll(List<Term> terms, List<@Nullable Object> place) {
        List<Object> parameters = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            parameters.add(dialect.parameter(terms.get(i).layout().type(), Objects.requireNonNull(place.get(i))));
        }
        String columns = terms.stream().map(Term::column).collect(Collectors.joining(", "));
        return new Test("(" + columns + ") > (", parameters, ")");
    }

    private Test same(Term term, @Nullable Object value) {
        return value == null
                ? Test.of(term.column() + " IS NULL")
                : Test.bound(
                        term.column() + " = ", dialect.parameter(term.layout().type(), value));
    }

    /** Missing values come first ascending and last descending; a key is never missing. */
    private List<Test> beyond(Term term, @Nullable Object value) {
        if (value == null) {
            return term.ascends() ? List.of(Test.of(term.column() + " IS NOT NULL")) : List.of();
        }
        Object parameter = dialect.parameter(term.layout().type(), value);
        if (term.ascends()) {
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
            parts.add(term.column() + (term.ascends() ? " ASC NULLS FIRST" : " DESC NULLS LAST"));
        }
        return String.join(", ", parts);
    }
}
