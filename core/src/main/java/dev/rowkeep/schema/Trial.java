package dev.rowkeep.schema;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a predicate that may be an application's code. What such code throws is an answer too, so that it fails no more
 * than the write that it was asked about; only an error of the virtual machine goes through.
 *
 * @param passed whether the predicate returned true
 * @param thrown what it threw; null if it returned
 */
record Trial(boolean passed, @Nullable Throwable thrown) {
    private static final Trial PASSED = new Trial(true, null);
    private static final Trial FAILED = new Trial(false, null);

    static <V> Trial of(Predicate<? super V> test, V value) {
        try {
            return test.test(value) ? PASSED : FAILED;
        } catch (StackOverflowError e) {
            return new Trial(false, e);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            return new Trial(false, e);
        }
    }

    /** The answer's message: {@code failed} if the predicate returned false, else the class of what it threw. */
    String message(String failed, String what) {
        return thrown == null ? failed : threw(what, thrown);
    }

    /** What to do: {@code fix} if the predicate returned false. */
    String fix(String fix) {
        return thrown == null ? fix : "Repair the rule's code: it must return false, not throw.";
    }

    /** What {@code thrown} is, without its message, which may quote values. */
    static String threw(String what, Throwable thrown) {
        return what + " threw " + thrown.getClass().getName();
    }
}
