package dev.rowkeep.schema.annotation;

import dev.rowkeep.merge.MergeRule;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What becomes of a component that two writers changed; {@link MergeRule#REJECT} without it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Merge {
    /** The rule; not {@link MergeRule#CUSTOM}, for which there is {@link dev.rowkeep.schema.Column#mergeWith}. */
    MergeRule value();
}
