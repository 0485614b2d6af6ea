package dev.rowkeep.schema.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The size of a {@link java.math.BigDecimal} component, which must say it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Decimal {
    /** How many digits in all, 1 to {@value dev.rowkeep.schema.ColumnType#MAX_PRECISION}. */
    int precision();

    /** How many of them after the point, 0 to {@link #precision()}. */
    int scale();
}
