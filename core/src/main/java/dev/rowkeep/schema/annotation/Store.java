package dev.rowkeep.schema.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name of a record class's store. Without it the store has the class's simple name in snake case: {@code OrderLine} is
 * {@code order_line}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Store {
    /** A letter followed by up to 62 letters, digits or underscores. */
    String value();
}
