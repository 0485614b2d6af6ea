package dev.rowkeep.schema.annotation;

import dev.rowkeep.schema.Coercion;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How far raw values of a component are bent; {@link Coercion#STRICT} without it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Coerce {
    /** The degree. */
    Coercion value();
}
