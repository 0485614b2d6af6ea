package dev.rowkeep.evidence.fuzz;

import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Position;

/** A text is refused, or is the text form of what was read from it. */
final class PositionsTarget implements FuzzTarget {
    @Override
    public void accept(byte[] input) {
        String text = Fields.of(input).text(0);
        try {
            Expect.equal(Position.parse(text).toString(), text, "the text of a position");
        } catch (IllegalArgumentException e) {
            Refusal.check(e);
        }
        try {
            Expect.equal(new ChainHash(text).toString(), text, "the text of a hash");
        } catch (IllegalArgumentException e) {
            Refusal.check(e);
        }
    }
}
