package dev.rowkeep.benchmarks.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowkeep.benchmarks.tool.SqlitePool;
import dev.rowkeep.benchmarks.tool.Tool;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Products in SQLite through Spring Data JDBC: {@code @Version} finds races, an audit table is written by hand. */
public final class SpringProducts implements Tool {
    private static final int BATCH = 1000;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext();
    private final ProductService service;

    /** The products 0 to {@code count - 1} in a new file under {@code directory}. */
    public SpringProducts(Path directory, int count) {
        application.registerBean(HikariDataSource.class, () -> SqlitePool.open(directory.resolve("spring.db")));
        application.register(ProductsConfiguration.class);
        application.refresh();
        service = application.getBean(ProductService.class);
        service.createTables();
        for (int from = 0; from < count; from += BATCH) {
            service.insert(from, Math.min(count, from + BATCH));
        }
    }

    @Override
    public String name() {
        return "spring-data-jdbc";
    }

    @Override
    public String settings() {
        return "Spring Data JDBC @Version, audit row in the same transaction, @Retryable without a delay, on SQLite, "
                + SqlitePool.SETTINGS;
    }

    @Override
    public Updater updater() {
        return sku -> {
            turn.lock();
            try {
                service.addOne(sku);
                return true;
            } finally {
                turn.unlock();
            }
        };
    }

    @Override
    public Totals totals() {
        return service.totals();
    }

    @Override
    public void close() {
        application.close();
    }
}
