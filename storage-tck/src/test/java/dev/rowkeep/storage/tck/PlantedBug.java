package dev.rowkeep.storage.tck;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A storage that is broken on purpose, and the test of the kit that must find out.
 *
 * @param name the bug
 * @param suite the nested class of the kit
 * @param test its method
 * @param provider makes a storage with the bug
 */
record PlantedBug(String name, Class<?> suite, String test, Supplier<StorageProvider> provider) {

    /** All of them. */
    static List<PlantedBug> all() {
        return List.of(
                in(
                        "wins a version twice",
                        StorageContract.StalePlans.class,
                        "noVersionIsWonTwice",
                        BrokenCommits::winningAVersionTwice),
                in(
                        "applies half a plan on STALE",
                        StorageContract.StalePlans.class,
                        "aPlanWithOneStaleStepInManyLeavesNothing",
                        BrokenCommits::applyingHalfAPlanOnStale),
                in(
                        "skips a log row",
                        StorageContract.Bulk.class,
                        "everyChangeOfManyPlansIsInTheLog",
                        BrokenCommits::skippingALogRow),
                in(
                        "loses a cell of a folded step",
                        StorageContract.Model.class,
                        "aStorageDoesWhatItsModelDoes",
                        BrokenCommits::losingACellOfAFoldedStep),
                in(
                        "logs empty plans",
                        StorageContract.Commits.class,
                        "emptyPlanWritesNothing",
                        BrokenCommits::loggingEmptyPlans),
                in(
                        "keeps no request without a commit",
                        StorageContract.Requests.class,
                        "aRequestWithoutACommitLeavesTheLogAlone",
                        BrokenCommits::keepingNoRequestWithoutACommit),
                in(
                        "stores requests before their commit",
                        StorageContract.Requests.class,
                        "aStalePlanLeavesNoRequest",
                        BrokenCommits::storingRequestsBeforeTheirCommit),
                in(
                        "sets unique values one by one",
                        StorageContract.UniqueValues.class,
                        "twoRecordsSwapTheirValues",
                        BrokenCommits::settingUniqueValuesOneByOne),
                in(
                        "ignores case in unique values",
                        StorageContract.UniqueValues.class,
                        "valuesAreComparedToTheLetter",
                        BrokenCommits::ignoringCaseInUniqueValues),
                in(
                        "wraps what decisions throw",
                        StorageContract.FailedDecisions.class,
                        "aRuntimeExceptionPassesUnchangedAndLeavesNothing",
                        BrokenCommits::wrappingWhatDecisionsThrow),
                in(
                        "swallows interrupts",
                        StorageContract.Interrupts.class,
                        "anInterruptedThreadCommits",
                        BrokenCommits::swallowingInterrupts),
                in(
                        "shows part of a commit",
                        StorageContract.Concurrency.class,
                        "readAllNeverSeesPartOfACommit",
                        BrokenReads.PartlyVisible::new),
                in(
                        "ends a store's changes one commit early",
                        StorageContract.History.class,
                        "changesOfAStoreAreThoseOfItsCommits",
                        BrokenReads::endingEarly),
                in(
                        "gives a header to the commit after it",
                        StorageContract.History.class,
                        "headersAreThoseOfTheCommits",
                        BrokenReads::mislabellingHeaders),
                in(
                        "forgets tombstones",
                        StorageContract.Commits.class,
                        "deletedRecordLeavesATombstone",
                        BrokenReads::forgettingTombstones),
                in(
                        "takes empty text for missing",
                        StorageContract.Reads.class,
                        "missingCellsAreNotEmptyOnes",
                        BrokenReads::takingEmptyTextForMissing),
                in(
                        "keeps milliseconds",
                        StorageContract.OrderSemantics.class,
                        "momentsKeepMicroseconds",
                        BrokenReads::keepingMilliseconds),
                in(
                        "scans as of now",
                        StorageContract.Queries.class,
                        "aScanIsAsOfOneMomentWhileCommitsGoOn",
                        BrokenReads::scanningAsOfNow),
                in(
                        "reads snapshots as of now",
                        StorageContract.Snapshots.class,
                        "aSnapshotThatReadsLateShowsWhatWasThereWhenItWasOpened",
                        BrokenReads::readingSnapshotsAsOfNow),
                in(
                        "copies all but the last commit",
                        StorageContract.Backups.class,
                        "aCopyHoldsAllThatTheStorageHolds",
                        BrokenCopies::copyingAllButTheLastCommit),
                in(
                        "writes into copies that are opened",
                        StorageContract.Backups.class,
                        "openingACopyForReadingLeavesItsFilesAsTheyAre",
                        BrokenCopies::writingIntoCopiesThatAreOpened),
                in(
                        "reads tombstones as of now",
                        StorageContract.Snapshots.class,
                        "tombstonesAreThoseOfItsCommitAndItsStore",
                        BrokenReads::readingTombstonesAsOfNow),
                in(
                        "leaves deletes out of history",
                        StorageContract.History.class,
                        "versionsAreThoseOfTheLog",
                        BrokenReads::leavingDeletesOutOfHistory),
                in(
                        "walks the whole history",
                        StorageContract.HistoryCost.class,
                        "theCostOfVersionsDoesNotGrowWithTheDepth",
                        BrokenReads::walkingTheWholeHistory),
                in(
                        "gives the first of equal times",
                        StorageContract.History.class,
                        "aSequenceIsFoundByTime",
                        BrokenReads::givingTheFirstOfEqualTimes),
                in(
                        "erases nothing",
                        StorageContract.Erasing.class,
                        "erasedChangesAreReadSealedAndTheRestIsAsItWas",
                        BrokenErasures::erasingNothing),
                in(
                        "keeps images of what is erased",
                        StorageContract.Erasing.class,
                        "erasedChangesAreReadSealedAndTheRestIsAsItWas",
                        BrokenErasures::keepingImages),
                in(
                        "drops no contents",
                        StorageContract.DroppedContents.class,
                        "whatIsDroppedIsGoneAndTheRestIsAsItWas",
                        BrokenContents::droppingNone),
                in(
                        "drops contents of one change a call",
                        StorageContract.DroppedContents.class,
                        "changesOfSeveralStoresInOneCommitAreDroppedEachByItself",
                        BrokenContents::droppingOneEach),
                in(
                        "forgets through where contents were dropped",
                        StorageContract.DroppedContents.class,
                        "itStaysDroppedWhenReopened",
                        BrokenContents::forgettingThroughWhere),
                in(
                        "takes what one store has dropped for all",
                        StorageContract.DroppedContents.class,
                        "whatIsDroppedIsGoneAndTheRestIsAsItWas",
                        BrokenContents::takingStoresForOne),
                in(
                        "erases beyond the limit",
                        StorageContract.Erasing.class,
                        "whatComesAfterTheLimitStays",
                        BrokenErasures::ignoringTheLimit),
                in(
                        "erases by key in whatever store",
                        StorageContract.Erasing.class,
                        "aRecordOfAnotherStoreWithTheSameKeyStays",
                        BrokenErasures::takingKeysForRecords),
                in(
                        "erases one store of several",
                        StorageContract.Erasing.class,
                        "severalStoresAndKeysAreErasedAtOnce",
                        BrokenErasures::erasingOneStore),
                in(
                        "keeps old versions of what is erased",
                        StorageContract.Erasing.class,
                        "erasedChangesAreReadSealedAndTheRestIsAsItWas",
                        BrokenErasures::keepingOldVersions),
                in(
                        "forgets what is personal",
                        StorageContract.Erasing.class,
                        "whichColumnsArePersonalIsKnownAfterReopening",
                        BrokenErasures::forgettingWhatIsPersonal),
                in(
                        "erases piece by piece",
                        StorageContract.Erasing.class,
                        "nobodyReadsAnErasedChangeAndThenALaterOneThatIsNot",
                        BrokenErasures.PieceByPiece::new),
                in(
                        "orders text by UTF-16",
                        StorageContract.OrderSemantics.class,
                        "textIsOrderedByCodePoint",
                        BrokenQueries::orderingTextByUtf16),
                in(
                        "orders text by UTF-16, by property",
                        StorageContract.QueryLaws.class,
                        "scansAndCountsAgreeWithTheSemanticsTable",
                        BrokenQueries::orderingTextByUtf16),
                in(
                        "puts missing last",
                        StorageContract.ConditionSemantics.class,
                        "missingComesFirstAscendingAndLastDescending",
                        BrokenQueries::puttingMissingLast),
                in(
                        "negates in three values",
                        StorageContract.ConditionSemantics.class,
                        "notIsTwoValued",
                        BrokenQueries::negatingInThreeValues),
                in(
                        "takes percent for a pattern",
                        StorageContract.ConditionSemantics.class,
                        "containsIsToTheLetter",
                        BrokenQueries::takingPercentForAPattern),
                in(
                        "repeats pages at missing values",
                        StorageContract.Queries.class,
                        "pagesOverMixedDirectionsVisitEachRecordOnce",
                        BrokenQueries::repeatingPagesAtMissingValues),
                in(
                        "repeats pages at missing values, by property",
                        StorageContract.QueryLaws.class,
                        "pagesVisitEachRecordOnceInOrder",
                        BrokenQueries::repeatingPagesAtMissingValues),
                in(
                        "keeps half a refused layout",
                        StorageContract.Layouts.class,
                        "aRefusedIndexTakesItsColumnsBack",
                        BrokenProviders::keepingHalfARefusedLayout),
                new PlantedBug(
                        "loses the last write on reopen",
                        StorageContract.Opening.class,
                        "everyAcknowledgedCommitIsThereAfterReopening",
                        BrokenProviders::losingTheLastWriteOnReopen),
                new PlantedBug(
                        "opens twice",
                        StorageContract.Opening.class,
                        "aSecondOpenIsRefused",
                        BrokenProviders::openingTwice),
                new PlantedBug(
                        "writes through READ_ONLY",
                        StorageContract.Opening.class,
                        "readOnlyReadsAndRefusesToWrite",
                        BrokenProviders::writingThroughReadOnly));
    }

    private static PlantedBug in(String name, Class<?> suite, String test, UnaryOperator<Storage> decorator) {
        return new PlantedBug(name, suite, test, () -> {
            StorageProvider memory = MemoryStorage.create();
            return access -> decorator.apply(memory.open(access));
        });
    }

    /** The kit against the bug that is planted at the time; only run by {@link KitBitesTest}. */
    static final class PlantedKit extends StorageContract {
        static volatile Supplier<StorageProvider> planted = MemoryStorage::create;

        @Override
        public StorageProvider provider(Path directory) {
            return planted.get();
        }
    }
}
