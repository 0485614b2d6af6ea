package dev.rowkeep.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PositionTest {
    private static final String LOG = "5c4bd5a6-7d0b-4b3c-9a5e-2f3e0f6a1c2d";

    @Test
    void textFormIsReadBackEqual() {
        Position position = new Position(UUID.fromString(LOG), 3, 2, Long.MAX_VALUE);
        assertThat(Position.parse(position.toString())).isEqualTo(position);
    }

    /** {@link UUID#fromString} cuts a group that is too long, so that another log's position would come out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1" + LOG + ":0:1:1",
                "1-2-3-4-5:0:1:1",
                "5C4BD5A6-7d0b-4b3c-9a5e-2f3e0f6a1c2d:0:1:1",
                LOG + ":+0:1:1",
                LOG + ":-0:1:1",
                LOG + ":0:1:01",
                LOG + ":0:1:\u0661",
                LOG + ":0:1",
                LOG + ":0:1:1:1",
                LOG + ":0:1:9223372036854775808",
                LOG + ":0:0:1",
                "",
                ":::"
            })
    void whatIsNotTheTextFormIsRefusedWithoutQuotingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Position.parse(text))
                .withMessage("Not a position: expected incarnation:partition:epoch:sequence, got a text of "
                        + text.length() + " characters");
    }
}
