package dev.rowkeep.benchmarks.harness;

/**
 * What every row works with.
 *
 * @param settings how long and how large
 * @param workspace where files go
 * @param disk the probe of the disk under the workspace
 */
public record Bench(Settings settings, Workspace workspace, DiskProbe disk) {}
