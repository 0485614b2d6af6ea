package dev.rowkeep.benchmarks.product;

/** A product with its version. */
public record Versioned(Product product, long version) {}
