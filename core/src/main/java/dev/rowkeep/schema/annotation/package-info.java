/** What a record class says about its store: the store's name on the class, rules and merge rules on the components. */
@NullMarked
package dev.rowkeep.schema.annotation;

import org.jspecify.annotations.NullMarked;
