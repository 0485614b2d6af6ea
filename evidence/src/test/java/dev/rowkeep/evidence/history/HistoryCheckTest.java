package dev.rowkeep.evidence.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checker finds each anomaly in a history made by hand, and nothing in histories that are right. */
final class HistoryCheckTest {
    private static final Access X0 = new Access("x", 0, Access.ABSENT);
    private static final Access X1 = new Access("x", 1, 11);
    private static final Access X2 = new Access("x", 2, 12);
    private static final Access Y1 = new Access("y", 1, 21);
    private static final Access Y2 = new Access("y", 2, 22);
    /** Values of group 3, and one of group 0. */
    private static final Access IN_X1 = new Access("s/x", 1, 3);

    private static final Access IN_X2 = new Access("s/x", 2, 7);
    private static final Access OUT_X1 = new Access("s/x", 1, 4);
    private static final Access GONE_X2 = new Access("s/x", 2, Access.ABSENT);
    private static final Access IN_Y1 = new Access("s/y", 1, 11);
    private static final Access IN_Y2 = new Access("s/y", 2, 15);
    private static final Access OUT_Y2 = new Access("s/y", 2, 16);

    private static final Access X_GONE = new Access("x", 2, Access.ABSENT);
    private static final Access X_NOT_THERE = new Access("x", Access.UNTOLD, Access.ABSENT);

    private final List<Operation> operations = new ArrayList<>();

    private void writes(long invoked, long responded, Access... writes) {
        operations.add(new Operation("write", invoked, responded, List.of(), List.of(writes)));
    }

    private void reads(long invoked, long responded, Access... reads) {
        operations.add(new Operation("read", invoked, responded, List.of(reads), List.of()));
    }

    private void finds(String problem, Access... versions) {
        assertThat(HistoryCheck.problem(history(versions)))
                .hasValueSatisfying(found -> assertThat(found).contains(problem));
    }

    private void isRight(Access... versions) {
        assertThat(HistoryCheck.problem(history(versions))).isEmpty();
    }

    /** A transaction that asks for group 3 as of a commit, where commits are numbered as the versions are listed. */
    private void asks(
            long invoked, long responded, long asOf, List<Access> found, List<Access> reads, Access... writes) {
        GroupQuery query = new GroupQuery("s", 3, found, Set.of());
        operations.add(new Operation("tx", invoked, responded, reads, List.of(writes), List.of(query), asOf));
    }

    private History history(Access... versions) {
        Map<String, List<Access>> ofRecords = new java.util.HashMap<>();
        for (Access version : versions) {
            ofRecords
                    .computeIfAbsent(version.record(), any -> new ArrayList<>())
                    .add(version);
        }
        Map<String, List<Long>> sequences = new java.util.HashMap<>();
        for (int i = 0; i < versions.length; i++) {
            sequences
                    .computeIfAbsent(versions[i].record(), any -> new ArrayList<>())
                    .add(i + 1L);
        }
        return new History(operations, ofRecords, sequences);
    }

    @Test
    void overlappingCallsMayTakeEffectInAnyOrder() {
        writes(1, 2, X1);
        writes(3, 10, X2);
        reads(4, 5, X2);
        reads(6, 7, X2);
        reads(3, 11, X1);
        reads(0, 12, X_NOT_THERE);
        isRight(X1, X2);
    }

    @Test
    void writeThatNobodyKnowsOfMayLandAtAnyTimeAfterItBegan() {
        writes(1, 2, X1);
        operations.add(new Operation(
                "write", 3, Operation.NEVER, List.of(), List.of(new Access("x", Access.UNTOLD, X2.value()))));
        reads(10, 11, X1);
        reads(12, 13, X2);
        isRight(X1, X2);
        reads(14, 15, X1);
        finds("no order explains", X1, X2);
    }

    @Test
    void deleteOfALifeThatWasOverHasNotMadeALaterAbsence() {
        Access gone = new Access("x", 2, Access.ABSENT);
        Access delete = new Access("x", Access.UNTOLD, Access.ABSENT);
        operations.add(new Operation("cut off by a kill", 1, 5, List.of(), List.of(delete)));
        writes(6, 7, X1);
        operations.add(new Operation("cut off by the next", 8, 20, List.of(), List.of(delete)));
        reads(9, 10, X1);
        reads(11, 12, X_NOT_THERE);
        isRight(X1, gone);
        operations.remove(2);
        finds("nobody made version 2", X1, gone);
    }

    @Test
    void deleteThatWasOverHasNotMadeAnAbsenceAfterWhichTheRecordWasSeen() {
        Access gone = new Access("x", 2, Access.ABSENT);
        Access delete = new Access("x", Access.UNTOLD, Access.ABSENT);
        writes(1, 2, X1);
        operations.add(new Operation("cut off by a kill", 3, 5, List.of(), List.of(delete)));
        reads(6, 7, X1);
        operations.add(new Operation("cut off by the next", 8, 20, List.of(), List.of(delete)));
        reads(11, 12, X_NOT_THERE);
        isRight(X1, gone);
        operations.remove(3);
        finds("nobody made version 2", X1, gone);
    }

    @Test
    void deleteThatMayStillLandLeavesAnEarlierAbsenceToOneThatWasOver() {
        Access delete = new Access("x", Access.UNTOLD, Access.ABSENT);
        Access x3 = new Access("x", 3, 13);
        writes(1, 2, X1);
        operations.add(new Operation("unknown", 3, Operation.NEVER, List.of(), List.of(delete)));
        operations.add(new Operation("cut off by a kill", 4, 6, List.of(), List.of(delete)));
        writes(7, 8, x3);
        isRight(X1, X_GONE, x3, new Access("x", 4, Access.ABSENT));
        operations.remove(1);
        finds("nobody made version 4", X1, X_GONE, x3, new Access("x", 4, Access.ABSENT));
    }

    @Test
    void lostUpdateIsFound() {
        writes(1, 5, X1);
        operations.add(new Operation("write", 6, 8, List.of(X1), List.of(X2)));
        operations.add(new Operation("write", 6, 8, List.of(X1), List.of(X2)));
        finds("two writers", X1, X2);
    }

    @Test
    void lostAcknowledgementIsFound() {
        writes(1, 2, X1);
        writes(3, 4, X2);
        finds("lost", X1);
    }

    @Test
    void writeThatWasToldToHaveFailedIsFound() {
        writes(1, 2, X1);
        finds("nobody made version 2", X1, X2);
    }

    @Test
    void gapInVersionsIsFound() {
        writes(1, 2, X2);
        finds("where 1 comes next", X2);
    }

    @Test
    void dirtyReadIsFound() {
        writes(1, 2, X1);
        reads(3, 4, new Access("x", 2, 99));
        finds("which never was", X1);
    }

    @Test
    void staleReadIsFound() {
        writes(1, 2, X1);
        writes(3, 4, X2);
        reads(5, 6, X1);
        finds("no order explains", X1, X2);
    }

    @Test
    void readFromTheFutureIsFound() {
        writes(1, 2, X1);
        reads(3, 4, X2);
        writes(5, 6, X2);
        finds("no order explains", X1, X2);
    }

    @Test
    void readsThatGoBackAreFound() {
        writes(1, 2, X1);
        writes(3, 20, X2);
        reads(4, 5, X2);
        reads(6, 7, X1);
        finds("no order explains", X1, X2);
    }

    @Test
    void writesAgainstTheOrderOfTimeAreFound() {
        writes(1, 2, X2);
        writes(3, 4, X1);
        finds("no order explains", X1, X2);
    }

    @Test
    void recordThatIsThereButWasNotSeenIsFound() {
        writes(1, 2, X1);
        reads(3, 4, X_NOT_THERE);
        finds("at a time at which it was there", X1);
    }

    @Test
    void recordThatIsGoneButWasSeenIsFound() {
        writes(1, 2, X1);
        writes(3, 4, X_GONE);
        reads(5, 6, X1);
        finds("no order explains", X1, X_GONE);
    }

    @Test
    void insertOverARecordIsFound() {
        writes(1, 2, X1);
        operations.add(new Operation("insert", 3, 4, List.of(X0), List.of(X2)));
        finds("no order explains", X1, X2);
    }

    @Test
    void halfOfACommitIsFound() {
        writes(1, 2, X1, Y1);
        writes(3, 20, X2, Y2);
        reads(4, 5, X2, Y1);
        finds("no order explains", X1, X2, Y1, Y2);
    }

    @Test
    void writeSkewIsFound() {
        writes(1, 2, X1, Y1);
        operations.add(new Operation("one", 3, 9, List.of(X1, Y1), List.of(X2)));
        operations.add(new Operation("other", 3, 9, List.of(X1, Y1), List.of(Y2)));
        finds("no order explains", X1, X2, Y1, Y2);
    }

    @Test
    void queriesThatFitAreRight() {
        writes(1, 2, OUT_X1);
        asks(3, 10, 1, List.of(), List.of());
        writes(4, 5, IN_X2);
        asks(6, 7, 2, List.of(IN_X2), List.of());
        asks(8, 9, 2, List.of(IN_X2), List.of(IN_X2), IN_Y1);
        asks(11, 12, 3, List.of(IN_X2, IN_Y1), List.of());
        isRight(OUT_X1, IN_X2, IN_Y1);
    }

    @Test
    void phantomByInsertIsFound() {
        asks(1, 9, 0, List.of(), List.of(), IN_Y1);
        asks(1, 9, 0, List.of(), List.of(), IN_X1);
        finds("no order explains", IN_X1, IN_Y1);
    }

    @Test
    void phantomByUpdateIntoThePredicateIsFound() {
        writes(1, 2, OUT_X1);
        writes(1, 2, IN_Y1);
        asks(3, 9, 2, List.of(IN_Y1), List.of(OUT_X1), IN_X2);
        asks(3, 9, 2, List.of(IN_Y1), List.of(IN_Y1), IN_Y2);
        finds("no order explains", OUT_X1, IN_Y1, IN_X2, IN_Y2);
    }

    @Test
    void phantomByUpdateOutOfThePredicateIsFound() {
        writes(1, 2, IN_X1);
        writes(1, 2, IN_Y1);
        asks(3, 9, 2, List.of(IN_X1, IN_Y1), List.of(), IN_X2);
        asks(3, 9, 2, List.of(IN_X1, IN_Y1), List.of(), OUT_Y2);
        finds("no order explains", IN_X1, IN_Y1, IN_X2, OUT_Y2);
    }

    @Test
    void phantomByDeleteIsFound() {
        writes(1, 2, IN_X1);
        asks(3, 9, 1, List.of(IN_X1), List.of(), IN_Y1);
        asks(3, 9, 1, List.of(IN_X1), List.of(), GONE_X2);
        finds("no order explains", IN_X1, IN_Y1, GONE_X2);
    }

    @Test
    void queryThatLeavesOutWhatWasThereIsFound() {
        writes(1, 2, IN_X1);
        asks(3, 4, 1, List.of(), List.of());
        finds("was not given by a query", IN_X1);
    }

    @Test
    void queryThatSaysAnOlderCommitThanItMayIsFound() {
        writes(1, 2, IN_X1);
        asks(3, 4, 0, List.of(), List.of());
        finds("no order explains", IN_X1);
    }

    @Test
    void queryThatGivesWhatItWasNotAskedForIsFound() {
        writes(1, 2, OUT_X1);
        asks(3, 4, 1, List.of(OUT_X1), List.of());
        finds("not asked for", OUT_X1);
    }

    @Test
    void twoObserversWhoDisagreeAreFound() {
        writes(1, 2, X1, Y1);
        writes(3, 20, X2);
        writes(3, 20, Y2);
        reads(4, 19, X2, Y1);
        reads(4, 19, X1, Y2);
        finds("no order explains", X1, X2, Y1, Y2);
    }
}
