package dev.rowkeep.benchmarks.spring;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.convert.ConverterBuilder;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The beans of an application with products, given its connections. */
@Configuration
@EnableJdbcRepositories
@EnableTransactionManagement
@EnableResilientMethods
class ProductsConfiguration extends AbstractJdbcConfiguration {
    @Bean
    NamedParameterJdbcOperations operations(DataSource connections) {
        return new NamedParameterJdbcTemplate(connections);
    }

    @Bean
    JdbcClient client(NamedParameterJdbcOperations operations) {
        return JdbcClient.create(operations);
    }

    @Bean
    JdbcTransactionManager transactionManager(DataSource connections) {
        return new JdbcTransactionManager(connections);
    }

    @Bean
    ProductService service(ProductRepository products, JdbcClient client) {
        return new ProductService(products, client);
    }

    @Override
    public JdbcDialect jdbcDialect(NamedParameterJdbcOperations operations) {
        return new SqliteDialect();
    }

    /** SQLite has no types for these. Times go into it as text, one of the three ways that its documentation names. */
    @Override
    protected List<?> userConverters() {
        return List.of(
                ConverterBuilder.reading(String.class, Instant.class, Instant::parse)
                        .andWriting(Instant::toString),
                ConverterBuilder.reading(String.class, LocalDate.class, LocalDate::parse)
                        .andWriting(LocalDate::toString),
                ConverterBuilder.reading(Integer.class, Boolean.class, number -> number != 0));
    }
}
