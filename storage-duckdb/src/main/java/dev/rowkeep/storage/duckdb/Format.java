package dev.rowkeep.storage.duckdb;

import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import dev.rowkeep.storage.duckdb.journal.Journal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The tables that every database has, as {@code docs/storage-format-duckdb.md} says. They have no keys and no indexes: uniqueness is core's. */
final class Format {
    static final int VERSION = 2;

    private static final String START = "rowkeep_start";

    private static final List<String> SCHEMA = List.of("""
            CREATE TABLE rowkeep_meta (
              format INTEGER NOT NULL,
              incarnation VARCHAR NOT NULL,
              epoch BIGINT NOT NULL,
              projected BIGINT NOT NULL,
              sequence BIGINT NOT NULL,
              time_micros BIGINT NOT NULL,
              hash BLOB NOT NULL
            )""", """
            CREATE TABLE rowkeep_stores (
              id INTEGER NOT NULL,
              name VARCHAR NOT NULL,
              layout BLOB NOT NULL
            )""", """
            CREATE TABLE rowkeep_tombstones (
              store INTEGER NOT NULL,
              key VARCHAR NOT NULL,
              version BIGINT NOT NULL,
              change BIGINT NOT NULL,
              author VARCHAR NOT NULL,
              origin VARCHAR NOT NULL,
              time TIMESTAMP NOT NULL,
              user_author VARCHAR,
              user_time TIMESTAMP
            )""", """
            CREATE TABLE rowkeep_commits (
              sequence BIGINT NOT NULL,
              time TIMESTAMP NOT NULL,
              author VARCHAR NOT NULL,
              origin VARCHAR NOT NULL,
              reason VARCHAR,
              correlation VARCHAR,
              hash BLOB NOT NULL
            )""", """
            CREATE TABLE rowkeep_changes (
              id BIGINT NOT NULL,
              sequence BIGINT NOT NULL,
              store INTEGER NOT NULL,
              key VARCHAR NOT NULL,
              version BIGINT NOT NULL,
              kind VARCHAR NOT NULL,
              previous BIGINT NOT NULL,
              time TIMESTAMP NOT NULL,
              author VARCHAR NOT NULL,
              origin VARCHAR NOT NULL,
              reason VARCHAR,
              correlation VARCHAR,
              delta BLOB NOT NULL,
              image BLOB,
              dropped BOOLEAN NOT NULL
            )""", """
            CREATE TABLE rowkeep_requests (
              place BIGINT NOT NULL,
              id VARCHAR NOT NULL,
              time_micros BIGINT NOT NULL,
              sequence BIGINT NOT NULL,
              fingerprint BLOB NOT NULL,
              outcome BLOB NOT NULL
            )""", DroppedContents.create());

    private Format() {}

    /**
     * What the database says of itself.
     *
     * @param identity which log it is of
     * @param projected the newest journal record that it holds
     * @param head the newest commit that it holds
     */
    record Meta(Journal.Identity identity, long projected, Head head) {}

    /** Makes all tables in one transaction. */
    static void create(DuckdbSession session, Journal.Identity identity) throws SQLException {
        session.execute("BEGIN TRANSACTION");
        for (String statement : SCHEMA) {
            session.execute(statement);
        }
        PreparedStatement meta = session.prepared("INSERT INTO rowkeep_meta VALUES (?, ?, ?, 0, 0, 0, ?)");
        meta.setInt(1, VERSION);
        meta.setString(2, identity.incarnation().toString());
        meta.setLong(3, identity.epoch());
        meta.setBytes(4, Head.empty().hash());
        meta.execute();
        session.execute("COMMIT");
    }

    /**
     * Reads what the database says of itself.
     *
     * @throws SQLException if it is none of ours
     */
    static Meta meta(DuckdbSession session) throws SQLException {
        try (ResultSet row = session.prepared(
                        "SELECT format, incarnation, epoch, projected, sequence, time_micros, hash FROM rowkeep_meta")
                .executeQuery()) {
            if (!row.next() || row.getInt(1) != VERSION) {
                throw new SQLDataException("rowkeep_meta is empty, or of a format that this RowKeep does not know");
            }
            return new Meta(
                    new Journal.Identity(UUID.fromString(row.getString(2)), row.getLong(3)),
                    row.getLong(4),
                    new Head(row.getLong(5), row.getLong(6), row.getBytes(7)));
        } catch (IllegalArgumentException e) {
            throw new SQLDataException("The incarnation in rowkeep_meta is no UUID", e);
        }
    }

    static void setMeta(DuckdbSession session, long projected, Head head) throws SQLException {
        PreparedStatement update =
                session.prepared("UPDATE rowkeep_meta SET projected = ?, sequence = ?, time_micros = ?, hash = ?");
        update.setLong(1, projected);
        update.setLong(2, head.sequence());
        update.setLong(3, head.timeMicros());
        update.setBytes(4, head.hash());
        update.execute();
    }

    /** The newest commit that was dropped: the table is there once one was. */
    static Head start(DuckdbSession session) throws SQLException {
        if (session.number(session.prepared("SELECT count(*) FROM duckdb_tables() WHERE table_name = '" + START + "'"))
                == 0) {
            return Head.empty();
        }
        try (ResultSet row = session.prepared("SELECT sequence, time_micros, hash FROM " + START)
                .executeQuery()) {
            if (!row.next()) {
                throw new SQLDataException(START + " is empty");
            }
            return new Head(row.getLong(1), row.getLong(2), row.getBytes(3));
        }
    }

    static void setStart(DuckdbSession session, Head start) throws SQLException {
        session.execute("CREATE TABLE IF NOT EXISTS " + START
                + " (sequence BIGINT NOT NULL, time_micros BIGINT NOT NULL, hash BLOB NOT NULL)");
        session.execute("DELETE FROM " + START);
        PreparedStatement insert = session.prepared("INSERT INTO " + START + " VALUES (?, ?, ?)");
        insert.setLong(1, start.sequence());
        insert.setLong(2, start.timeMicros());
        insert.setBytes(3, start.hash());
        insert.execute();
    }

    /** The layouts of all stores by their numbers. */
    static Map<Integer, StoreLayout> layouts(DuckdbSession session) throws SQLException {
        Map<Integer, StoreLayout> layouts = new TreeMap<>();
        try (ResultSet row =
                session.prepared("SELECT layout FROM rowkeep_stores").executeQuery()) {
            while (row.next()) {
                try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row.getBytes(1)))) {
                    StoreLayout layout = LayoutCodec.read(in);
                    layouts.put(layout.id(), layout);
                } catch (IOException | IllegalArgumentException e) {
                    throw new SQLDataException("rowkeep_stores holds a layout that cannot be read", e);
                }
            }
        }
        return layouts;
    }

    static void setLayout(DuckdbSession session, StoreLayout layout) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            LayoutCodec.write(out, layout);
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be written to", e);
        }
        PreparedStatement delete = session.prepared("DELETE FROM rowkeep_stores WHERE id = ?");
        delete.setInt(1, layout.id());
        delete.execute();
        PreparedStatement insert = session.prepared("INSERT INTO rowkeep_stores VALUES (?, ?, ?)");
        insert.setInt(1, layout.id());
        insert.setString(2, layout.name());
        insert.setBytes(3, bytes.toByteArray());
        insert.execute();
    }

    /** The stored requests in the order in which they were stored. */
    static List<StoredRequest> requests(DuckdbSession session) throws SQLException {
        List<StoredRequest> requests = new ArrayList<>();
        try (ResultSet row = session.prepared(
                        "SELECT id, time_micros, sequence, fingerprint, outcome FROM rowkeep_requests ORDER BY place")
                .executeQuery()) {
            while (row.next()) {
                requests.add(new StoredRequest(
                        row.getString(1), row.getLong(2), row.getLong(3), row.getBytes(4), row.getBytes(5)));
            }
        }
        return requests;
    }
}
