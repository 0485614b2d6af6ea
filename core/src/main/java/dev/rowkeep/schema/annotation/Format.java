package dev.rowkeep.schema.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The form that text for a date or timestamp component may have beside the ISO form.
 *
 * @see dev.rowkeep.schema.Column#format(String)
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Format {
    /** The form, as {@link java.time.format.DateTimeFormatter} reads it, in English, with a year of four digits. */
    String value();
}
