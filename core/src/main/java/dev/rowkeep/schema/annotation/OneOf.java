package dev.rowkeep.schema.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The closed list of a component's values.
 *
 * @see dev.rowkeep.schema.Column#oneOf(Object[])
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface OneOf {
    /** The values as text, each read once as leniently as {@link dev.rowkeep.schema.Coercion#LENIENT} allows. */
    String[] value();
}
