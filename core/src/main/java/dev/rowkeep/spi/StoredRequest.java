package dev.rowkeep.spi;

/**
 * A request that was decided, and what it was answered: kept in the transaction that carries it out, so that sending it again is
 * answered and not done again. The arrays are shared and must never be written to.
 *
 * @param id the caller's name for it, compared to the letter
 * @param timeMicros when it was decided, in microseconds since 1970
 * @param sequence the commit that carried it out; if nothing was written, the newest commit at that moment, 0 if there was none
 * @param fingerprint which request it was, for telling another one under the same id; made by core
 * @param outcome what it was answered, encoded by core
 */
public record StoredRequest(String id, long timeMicros, long sequence, byte[] fingerprint, byte[] outcome) {}
