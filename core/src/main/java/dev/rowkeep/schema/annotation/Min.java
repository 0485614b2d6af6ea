package dev.rowkeep.schema.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The smallest value of a component.
 *
 * @see dev.rowkeep.schema.Column#min(Object)
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Min {
    /** The value as text, read once as leniently as {@link dev.rowkeep.schema.Coercion#LENIENT} allows. */
    String value();
}
