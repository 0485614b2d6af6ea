package dev.rowkeep.storage.sqlite;

import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** Another JVM that opens a storage. */
final class OtherProcess {
    private OtherProcess() {}

    /** Opens and closes the storage at {@code file}; what came of it. */
    static String open(Path file, Access access) throws IOException, InterruptedException {
        return run(file, access.name());
    }

    /** Opens and closes it for itself alone; what came of it. */
    static String openExclusively(Path file) throws IOException, InterruptedException {
        return run(file, "EXCLUSIVE");
    }

    /** Commits some records, never closes, and is killed; the sequence of the last acknowledged commit. */
    static long writeAndDie(Path file) throws IOException, InterruptedException {
        return Long.parseLong(run(file, "WRITE_AND_DIE").trim());
    }

    /** Drops the contents of the products' changes through a commit, never closes, and is killed; through which it was done. */
    static long dropContentsAndDie(Path file, long through) throws IOException, InterruptedException {
        return Long.parseLong(run(file, "DROP_CONTENTS_AND_DIE " + through).trim());
    }

    /** Counts the commits through SQLite alone, as any program may; closing takes the log away if nobody else holds the file. */
    static long look(Path file) throws IOException, InterruptedException {
        return Long.parseLong(run(file, "LOOK").trim());
    }

    private static String run(Path file, String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        file.toString(),
                        what)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return output;
    }

    public static void main(String[] arguments) throws SQLException {
        if (arguments[1].equals("LOOK")) {
            try (Connection plain = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                    ResultSet count = plain.createStatement().executeQuery("SELECT count(*) FROM rowkeep_commits")) {
                System.out.println(count.getLong(1));
            }
            return;
        }
        SqliteStorage provider = SqliteStorage.at(Path.of(arguments[0]));
        if (arguments[1].equals("WRITE_AND_DIE")) {
            Storage storage = provider.open(Access.READ_WRITE);
            storage.install(TestLayouts.PRODUCTS);
            for (int i = 0; i < 20; i++) {
                TestPlans.put(storage, TestLayouts.PRODUCTS, "K" + i, "name " + i, (long) i);
            }
            System.out.println(storage.head().sequence());
            Runtime.getRuntime().halt(137);
        }
        if (arguments[1].startsWith("DROP_CONTENTS_AND_DIE ")) {
            long through = Long.parseLong(arguments[1].substring(arguments[1].indexOf(' ') + 1));
            Storage storage = provider.open(Access.READ_WRITE);
            storage.dropContents(WithoutContents.of(storage, TestLayouts.PRODUCTS, through));
            System.out.println(storage.contentsDroppedThrough(TestLayouts.PRODUCTS));
            Runtime.getRuntime().halt(137);
        }
        boolean isExclusive = arguments[1].equals("EXCLUSIVE");
        try (Storage storage = isExclusive
                ? provider.exclusive().open(Access.READ_WRITE)
                : provider.open(Access.valueOf(arguments[1]))) {
            System.out.println("OPENED " + storage.head().sequence());
        } catch (StorageException e) {
            System.out.println(e.kind() + " " + e.getMessage());
        }
    }
}
