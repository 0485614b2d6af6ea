package dev.rowkeep.examples.flights;

import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.store.RecordStore;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A person or a job that finds flights to have been less late than was reported. The outcome of several at once is the same in
 * every run, because they take minutes off and it does not matter who is first.
 *
 * @param author who it is
 * @param reason why, as the log will have it
 * @param least the fewest minutes that it takes off a flight
 * @param most the most
 * @param seed of the choice of flights and minutes
 */
record Corrector(Author author, String reason, int least, int most, long seed) {
    /** Three people who read the gates' logs once more, and a job for a tower whose clock was fast. */
    static final List<Corrector> ALL = List.of(
            new Corrector(Author.user("ana"), "gate log read again", 1, 9, 1),
            new Corrector(Author.user("ben"), "gate log read again", 1, 9, 2),
            new Corrector(Author.user("cleo"), "gate log read again", 1, 9, 3),
            new Corrector(Author.job("tower-clock"), "the clock was 3 minutes fast", 3, 3, 4));

    /**
     * Corrects flights of {@code ids}, {@code times} times, each by a closure that runs again if another was first.
     *
     * @param acknowledged grows with each correction that is on disk
     * @return how many minutes were taken off
     */
    long correct(RowKeep keep, List<String> ids, int times, AtomicLong acknowledged) {
        RecordStore<String, Flight> flights =
                keep.store(Flight.SCHEMA).as(keep.session(author).because(reason));
        Random random = new Random(seed);
        long all = 0;
        for (int i = 0; i < times; i++) {
            int minutes = least + random.nextInt(most - least + 1);
            flights.update(ids.get(random.nextInt(ids.size())), flight -> flight.earlierBy(minutes));
            acknowledged.incrementAndGet();
            all += minutes;
        }
        return all;
    }
}
