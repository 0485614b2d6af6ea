package dev.rowkeep.benchmarks.envers;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.envers.RevisionEntity;
import org.hibernate.envers.RevisionListener;
import org.hibernate.envers.RevisionNumber;
import org.hibernate.envers.RevisionTimestamp;

/** A revision that says who made it, and when. */
@Entity
@Table(name = "revision")
@RevisionEntity(AuthoredRevision.Author.class)
class AuthoredRevision {
    /** By identity: SQLite has no sequences, and a table in their place would want a second connection while the first writes. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @RevisionNumber
    long id;

    @RevisionTimestamp
    long at;

    String author = "";

    /** Signs new revisions. */
    public static final class Author implements RevisionListener {
        @Override
        public void newRevision(Object revision) {
            ((AuthoredRevision) revision).author = "application";
        }
    }
}
