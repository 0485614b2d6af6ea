package dev.rowkeep.storage.tck;

import static dev.rowkeep.storage.tck.Stores.COUNTERS;
import static dev.rowkeep.storage.tck.Stores.ITEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.RequestWrites;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StoredRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is stored of requests: with the rows of their commit or not at all, once, and as long as it is not told to be forgotten. */
abstract class RequestContract extends ContractTests {
    RequestContract(StorageFixture fixture) {
        super(fixture, ITEMS, COUNTERS);
    }

    @Test
    void aRequestIsStoredWithItsCommit() {
        CommitPlan plan =
                commit(draft -> draft.put(COUNTERS, 1L, 1L).request("r1", 7).request("r2", 8));
        StoredRequest first = plan.requests().stored().get(0);
        assertThat(found("r1", "r2", "r3"))
                .containsExactly(
                        Transcript.of(first),
                        Transcript.of(plan.requests().stored().get(1)),
                        "no request");
        assertThat(first.fingerprint()).hasSize(32);
        assertHolds(plan);
    }

    @Test
    void aRequestWithoutACommitLeavesTheLogAlone() {
        commit(draft -> draft.put(COUNTERS, 1L, 1L));
        assertUnchanged(() -> commit(draft -> draft.request("r1", 7)));
        assertThat(storage().head().sequence()).isOne();
        assertThat(found("r1").get(0)).startsWith("request \"r1\" at 7 on 1");
        assertHolds(commit(draft -> draft.put(COUNTERS, 1L, 2L)));
    }

    @Test
    void requestsAreThereAfterOpeningAgain() {
        commit(draft -> draft.put(COUNTERS, 1L, 1L).request("with", 7));
        commit(draft -> draft.request("without", 8));
        List<String> before = found("with", "without");
        bench().reopen();
        assertThat(found("with", "without")).isEqualTo(before).doesNotContain("no request");
    }

    @Test
    void requestsAreFoundByTheCommitsThatTheyWereDecidedWith() {
        commit(draft -> draft.request("before", 1));
        for (long i = 1; i <= 9; i++) {
            long round = i;
            commit(draft -> draft.put(COUNTERS, 1L, round).request("with" + round, round));
            if (round % 3 == 0) {
                commit(draft -> draft.request("after" + round, round));
            }
        }
        // The draft's requests name the commit before their own.
        assertThat(ids(0, 1)).containsExactly("before", "with1", "with2");
        assertThat(ids(3, 4)).containsExactly("after3", "with4", "with5");
        assertThat(ids(9, 100)).containsExactly("after9");
        assertThat(ids(10, 100)).isEmpty();
        assertThat(ids(0, 100)).hasSize(13);
        commit(draft -> draft.request("last", 100).forgetting(5, 4));
        assertThat(ids(0, 4)).containsExactly("with4", "with5");
        bench().reopen();
        assertThat(ids(4, 6)).containsExactly("with5", "with6", "after6", "with7");
        assertThat(Transcript.of(storage().requests(9, 9).get(1)))
                .isEqualTo(found("last").get(0));
    }

    private List<String> ids(long from, long to) {
        return storage().requests(from, to).stream().map(StoredRequest::id).toList();
    }

    @Test
    void idsAreComparedToTheLetter() {
        List<String> ids = List.of("a", "A", "a ", "\u00e4", "a\u0308", "'; --", "\ud83d\ude00", "%", "x".repeat(200));
        commit(draft -> ids.forEach(id -> draft.request(id, 1)));
        assertThat(found(ids.toArray(String[]::new)))
                .doesNotContain("no request")
                .doesNotHaveDuplicates();
        assertThat(found("_", " a", "\u00c4", "x".repeat(199))).containsOnly("no request");
    }

    @Test
    void anIdThatIsStoredIsNotStoredAgain() {
        commit(draft -> draft.put(COUNTERS, 1L, 1L).request("r1", 7));
        String before = found("r1").get(0);
        assertUnchanged(() -> assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> commit(
                        draft -> draft.put(COUNTERS, 1L, 2L).request("r0", 8).request("r1", 8)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.UNIQUE_TAKEN)));
        assertThat(found("r1", "r0")).containsExactly(before, "no request");
    }

    @Test
    void aStalePlanLeavesNoRequest() {
        commit(draft -> draft.put(COUNTERS, 1L, 1L));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> commit(draft -> draft.standingOn(COUNTERS, 1L, null)
                        .put(COUNTERS, 1L, 2L)
                        .request("r1", 7)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.STALE));
        assertThat(found("r1")).containsExactly("no request");
    }

    @Test
    void oldRequestsAreForgottenOldestFirstAndNotMoreThanIsAllowed() {
        commit(draft -> IntStream.range(0, 10).forEach(i -> draft.request("r" + i, i)));
        commit(draft -> draft.request("now", 100).forgetting(3, 8));
        assertThat(there(10)).containsExactly(3, 4, 5, 6, 7, 8, 9);
        commit(draft -> draft.request("later", 100).forgetting(100, 8));
        assertThat(there(10)).containsExactly(8, 9);
        commit(draft -> draft.request("last", 100).forgetting(1, 9));
        assertThat(there(10)).containsExactly(9);
        commit(draft -> draft.request("r0", 101));
        assertThat(found("now", "later", "last", "r0")).doesNotContain("no request");
    }

    @Test
    void nothingIsForgottenByAPlanThatStoresNothing() {
        commit(draft -> draft.request("r0", 0));
        commit(draft -> draft.put(COUNTERS, 1L, 1L).forgetting(5, 8));
        assertThat(RequestWrites.none().isEmpty()).isTrue();
        assertThat(there(1)).containsExactly(0);
    }

    private List<Integer> there(int count) {
        return IntStream.range(0, count)
                .filter(i -> !found("r" + i).get(0).equals("no request"))
                .boxed()
                .toList();
    }

    private List<String> found(String... ids) {
        List<String> found = new ArrayList<>();
        commit(draft -> {
            found.clear();
            for (String id : ids) {
                found.add(Transcript.of(draft.view().request(id)));
            }
        });
        return found;
    }
}
