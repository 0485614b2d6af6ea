package dev.rowkeep.query;

import java.nio.file.Path;

/**
 * A file that holds all that a SELECT gave.
 *
 * @param path where it is
 * @param rows how many rows it holds
 * @param bytes how long it is
 */
public record ExportedFile(Path path, long rows, long bytes) {}
