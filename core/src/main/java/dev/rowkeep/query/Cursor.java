package dev.rowkeep.query;

/**
 * The place after a page, to go on from. Opaque: only good for the same store, condition and order.
 *
 * @param text a text that can go through a URL
 */
public record Cursor(String text) {}
