package dev.rowkeep.storage.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement in the making: its text and its parameters. Values go in as parameters only. Used by one thread. */
public final class SqlText {
    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    /** Appends a piece of SQL. */
    public SqlText append(String sql) {
        text.append(sql);
        return this;
    }

    /** Appends a parameter. */
    public SqlText parameter(@Nullable Object value) {
        text.append('?');
        parameters.add(value);
        return this;
    }

    /** The text. */
    public String text() {
        return text.toString();
    }

    /** Sets the parameters of a statement that was prepared from the text. */
    public void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }
}
