package dev.rowkeep.storage.tck;

import net.jqwik.api.Group;
import org.junit.jupiter.api.Nested;

/**
 * The whole kit: a test class that extends it and is a fixture runs every suite against its storage.
 *
 * <p>The suites of examples are JUnit Jupiter's ({@link Nested}), those of properties jqwik's ({@link Group}); a build needs both
 * engines on its test path. Nothing here is for overriding but the methods of {@link StorageFixture}.
 */
public abstract class StorageContract implements StorageFixture {
    /** For the fixture's author. */
    protected StorageContract() {}

    @Nested
    class Opening extends OpenContract {
        Opening() {
            super(StorageContract.this);
        }
    }

    @Nested
    class Layouts extends LayoutContract {
        Layouts() {
            super(StorageContract.this);
        }
    }

    @Nested
    class Commits extends CommitContract {
        Commits() {
            super(StorageContract.this);
        }
    }

    @Nested
    class CommitViews extends CommitViewContract {
        CommitViews() {
            super(StorageContract.this);
        }
    }

    @Nested
    class StalePlans extends StaleContract {
        StalePlans() {
            super(StorageContract.this);
        }
    }

    @Nested
    class FailedDecisions extends FailedDecisionContract {
        FailedDecisions() {
            super(StorageContract.this);
        }
    }

    @Nested
    class Requests extends RequestContract {
        Requests() {
            super(StorageContract.this);
        }
    }

    @Nested
    class UniqueValues extends UniqueContract {
        UniqueValues() {
            super(StorageContract.this);
        }
    }

    @Nested
    class Reads extends ReadContract {
        Reads() {
            super(StorageContract.this);
        }
    }

    @Nested
    class Queries extends QueryContract {
        Queries() {
            super(StorageContract.this);
        }
    }

    @Nested
    class Snapshots extends SnapshotContract {
        Snapshots() {
            super(StorageContract.this);
        }
    }

    @Nested
    class OrderSemantics extends OrderSemanticsContract {
        OrderSemantics() {
            super(StorageContract.this);
        }
    }

    @Nested
    class ConditionSemantics extends ConditionSemanticsContract {
        ConditionSemantics() {
            super(StorageContract.this);
        }
    }

    @Nested
    class History extends HistoryContract {
        History() {
            super(StorageContract.this);
        }
    }

    @Nested
    class DroppedLog extends DroppedLogContract {
        DroppedLog() {
            super(StorageContract.this);
        }
    }

    @Nested
    class DroppedContents extends DroppedContentsContract {
        DroppedContents() {
            super(StorageContract.this);
        }
    }

    @Nested
    class Erasing extends EraseContract {
        Erasing() {
            super(StorageContract.this);
        }
    }

    @Nested
    class Beginning extends BeginContract {
        Beginning() {
            super(StorageContract.this);
        }
    }

    @Nested
    class HistoryCost extends HistoryCostContract {
        HistoryCost() {
            super(StorageContract.this);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        Concurrency() {
            super(StorageContract.this);
        }
    }

    @Nested
    class Interrupts extends InterruptContract {
        Interrupts() {
            super(StorageContract.this);
        }
    }

    @Nested
    class Backups extends BackupContract {
        Backups() {
            super(StorageContract.this);
        }
    }

    @Nested
    class Bulk extends BulkContract {
        Bulk() {
            super(StorageContract.this);
        }
    }

    @Group
    class QueryLaws extends QueryProperties {
        QueryLaws() {
            super(StorageContract.this);
        }
    }

    @Group
    class GroupLaws extends GroupProperties {
        GroupLaws() {
            super(StorageContract.this);
        }
    }

    @Group
    class Model extends StorageModelContract {
        Model() {
            super(StorageContract.this);
        }
    }
}
