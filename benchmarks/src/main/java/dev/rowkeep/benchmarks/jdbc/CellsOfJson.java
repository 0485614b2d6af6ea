package dev.rowkeep.benchmarks.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.rowkeep.benchmarks.product.Product;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** The cells that an audit row holds as JSON, any of them. */
final class CellsOfJson {
    private static final JsonFactory JSON = new JsonFactory();

    private CellsOfJson() {}

    /** The product {@code other} with the cells in {@code json} in place of its own. */
    static Product over(Product other, String json) throws IOException {
        String name = other.name();
        String category = other.category();
        BigDecimal price = other.price();
        long quantity = other.quantity();
        boolean active = other.active();
        LocalDate introduced = other.introduced();
        Instant counted = other.counted();
        double weight = other.weight();
        try (JsonParser cells = JSON.createParser(json)) {
            cells.nextToken();
            for (String cell = cells.nextFieldName(); cell != null; cell = cells.nextFieldName()) {
                cells.nextToken();
                switch (cell) {
                    case "name" -> name = cells.getText();
                    case "category" -> category = cells.getText();
                    case "price" -> price = cells.getDecimalValue();
                    case "quantity" -> quantity = cells.getLongValue();
                    case "active" -> active = cells.getBooleanValue();
                    case "introduced" -> introduced = LocalDate.parse(cells.getText());
                    case "counted" -> counted = Instant.parse(cells.getText());
                    case "weight" -> weight = cells.getDoubleValue();
                    default -> throw new IOException("A product has no cell " + cell);
                }
            }
        }
        return new Product(other.sku(), name, category, price, quantity, active, introduced, counted, weight);
    }
}
