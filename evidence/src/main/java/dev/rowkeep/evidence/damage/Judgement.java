package dev.rowkeep.evidence.damage;

import dev.rowkeep.RowKeep;
import dev.rowkeep.error.RowKeepException;
import dev.rowkeep.evidence.Engine;
import dev.rowkeep.log.Anchor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the library makes of a damaged store.
 *
 * @param finding the class
 * @param detail the message, or what differs
 */
record Judgement(Finding finding, String detail) {
    /** Opens, verifies and reads the store at {@code database}, which should hold {@code truth} and be at {@code anchor}. */
    static Judgement of(Engine engine, Path database, Contents truth, Anchor anchor) {
        RowKeep keep;
        try {
            keep = RowKeep.open(engine.at(database));
        } catch (RowKeepException e) {
            return new Judgement(Finding.OPEN_REFUSED, e.toString());
        } catch (Throwable e) {
            return untyped("open", e);
        }
        try (keep) {
            return ofOpened(keep, truth, anchor).afterRebuild(database);
        } catch (Throwable e) {
            return untyped("close", e);
        }
    }

    private static Judgement ofOpened(RowKeep keep, Contents truth, Anchor anchor) {
        try {
            keep.store(SmallStore.PLAIN);
            keep.store(SmallStore.UNIQUE);
        } catch (RowKeepException | IllegalArgumentException e) {
            return new Judgement(Finding.OPEN_REFUSED, e.toString());
        } catch (Throwable e) {
            return untyped("open a store", e);
        }
        Optional<String> readFailure = Optional.empty();
        String difference = "";
        try {
            difference = Contents.of(keep).firstDifference(truth);
        } catch (RowKeepException e) {
            readFailure = Optional.of(e.toString());
        } catch (Throwable e) {
            return untyped("read", e);
        }
        try {
            Optional<String> anchored = againstAnchor(keep, anchor);
            if (anchored.isPresent()) {
                Optional<String> alone = keep.log().verify().problem();
                return new Judgement(
                        alone.isPresent() ? Finding.VERIFY_FOUND : Finding.ANCHOR_FOUND,
                        alone.or(() -> anchored).get());
            }
            if (readFailure.isPresent()) {
                // What a verification with an anchor is content with, one without is too.
                return new Judgement(Finding.READ_FAILED, readFailure.get());
            }
        } catch (RowKeepException e) {
            return new Judgement(Finding.VERIFY_FOUND, e.toString());
        } catch (Throwable e) {
            return untyped("verify", e);
        }
        return difference.isEmpty()
                ? new Judgement(Finding.HARMLESS, "")
                : new Judgement(Finding.BAD, "silently " + difference);
    }

    private static Optional<String> againstAnchor(RowKeep keep, Anchor anchor) {
        try {
            keep.log().start().requireSameLog(anchor.position());
        } catch (IllegalArgumentException e) {
            return Optional.of(e.toString());
        }
        return keep.log().verify(anchor).problem();
    }

    /** What was put right by making the database anew is told apart from what did no harm at all. */
    private Judgement afterRebuild(Path database) {
        boolean isAside = Files.exists(Path.of(database + ".aside-1"));
        return finding == Finding.HARMLESS && isAside ? new Judgement(Finding.REBUILT, detail) : this;
    }

    private static Judgement untyped(String action, Throwable e) {
        StackTraceElement[] stack = e.getStackTrace();
        return new Judgement(
                Finding.BAD,
                "untyped while trying to " + action + ": " + e + " at " + (stack.length > 0 ? stack[0] : "?"));
    }
}
