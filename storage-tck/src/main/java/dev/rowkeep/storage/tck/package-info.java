/**
 * The conformance kit: the tests that every storage passes, and a storage with faults for testing what stands on one.
 *
 * <p>An adapter's author writes one class:
 *
 * <pre>{@code
 * final class MyStorageTest extends StorageContract {
 *     @Override
 *     public StorageProvider provider(Path directory) {
 *         return MyStorage.at(directory.resolve("store.db"));
 *     }
 * }
 * }</pre>
 *
 * <p>It runs the suites of examples on the JUnit Jupiter engine, as nested classes, and those of properties on the jqwik engine,
 * as groups, because jqwik's properties cannot live in Jupiter's nested classes nor the other way round; both engines find the
 * one class by themselves. The fixture therefore cannot use either engine's extensions (no {@code @TempDir}); the kit hands it
 * the directory.
 *
 * <p>Every obligation of {@link dev.rowkeep.spi.Storage} and {@link dev.rowkeep.spi.StorageProvider} is a named test, save those
 * that need the machine to lose power (durability before the answer, no retry after a failed sync): these are for a crash
 * harness. What queries mean is the semantics table, {@code docs/semantics.md}. The kit never looks into what only core
 * understands: deltas, checkpoint images and hashes are arbitrary bytes to it, as they are to a storage.
 */
@NullMarked
package dev.rowkeep.storage.tck;

import org.jspecify.annotations.NullMarked;
