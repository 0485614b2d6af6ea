package dev.rowkeep.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DeadlineTest {
    private static final String ENDLESS = "SELECT a.range FROM range(1000000000) a, range(1000000000) b";

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        connection = DriverManager.getConnection("jdbc:duckdb:", settings);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void timeThatIsOverBeforeTheStatementBeginsEndsItAllTheSame() throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(ENDLESS);
                Deadline deadline = Deadline.of(statement, Duration.ofMillis(1))) {
            awaitEnd(deadline);
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> readAll(statement));
        }
    }

    @Test
    void whoReadsSeesThatTheTimeIsOverThoughTheDriverDoesNotSaySo() throws Exception {
        Statement deaf = (Statement) Proxy.newProxyInstance(
                DeadlineTest.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, args) -> null);
        try (Deadline deadline = Deadline.of(deaf, Duration.ofMillis(50))) {
            deadline.requireTime();
            awaitEnd(deadline);
            assertThatExceptionOfType(SQLTimeoutException.class).isThrownBy(deadline::requireTime);
        }
    }

    @Test
    void whatIsDoneInTimeIsLeftAlone() throws Exception {
        AtomicInteger ends = new AtomicInteger();
        Statement counting = (Statement) Proxy.newProxyInstance(
                DeadlineTest.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, args) -> {
                    ends.incrementAndGet();
                    return null;
                });
        Deadline inTime = Deadline.of(counting, Duration.ofMillis(200));
        inTime.close();
        try (Deadline later = Deadline.of(counting, Duration.ofMillis(400))) {
            assertThat(ends).hasValue(0);
            awaitEnd(later);
        }
        assertThat(inTime.isOver()).isFalse();
    }

    private static void awaitEnd(Deadline deadline) {
        while (!deadline.isOver()) {
            Thread.onSpinWait();
        }
    }

    private static void readAll(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                rows.getLong(1);
            }
        }
    }
}
