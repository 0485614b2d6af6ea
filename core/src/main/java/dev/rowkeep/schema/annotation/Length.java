package dev.rowkeep.schema.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The length of a component's values: code points of text, bytes, elements of a set, characters of JSON.
 *
 * @see dev.rowkeep.schema.Column#length(int, int)
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Length {
    /** The smallest length. */
    int min() default 0;

    /** The largest length. */
    int max() default Integer.MAX_VALUE;
}
