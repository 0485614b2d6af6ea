package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is kept by content, not by spelling. */
final class JsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ \"b\" : [ ] , \"a\" : { } } | {\"a\":{},\"b\":[]}",
                "[1.0, 1e0, 10E-1, -0, -0.0, 0e99999] | [1,1,1,0,0,0]",
                "1e20 | 100000000000000000000",
                "1e21 | 1E+21",
                "0.000001 | 0.000001",
                "0.0000001 | 1E-7",
                "12345678901234567890.123 | 12345678901234567890.123",
                "\"\\u0041\\/\\u000a\\u001f\" | \"A/\\n\\u001f\"",
                "\"😀\" | \"😀\"",
                "\"\\ud83d\\ude00\" | \"😀\"",
                "{\"\uffff\":1,\"😀\":2} | {\"\uffff\":1,\"😀\":2}",
                "{\"z\":{\"d\":1,\"c\":2},\"y\":[{\"b\":1,\"a\":2}]} | {\"y\":[{\"a\":2,\"b\":1}],\"z\":{\"c\":2,\"d\":1}}",
                " null | null"
            })
    void theCanonicalTextIsOnePerContent(String document, String canonical) {
        assertThat(Json.parse(document).text()).isEqualTo(canonical);
        assertThat(Json.parse(canonical)).isEqualTo(Json.parse(document)).hasSameHashCodeAs(Json.parse(document));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1,]",
                "[1 2]",
                "{\"a\"}",
                "{a:1}",
                "'a'",
                "01",
                "+1",
                ".5",
                "1.",
                "NaN",
                "-Infinity",
                "tru",
                "\"a",
                "// x\n1",
                "1;",
                "[]]",
                "\ufeff1",
                "\"\t\""
            })
    void whatIsNoJsonIsRefused(String document) {
        assertThatThrownBy(() -> Json.parse(document))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageStartingWith("Not a JSON value: ")
                .hasNoCause();
    }

    @Test
    void theMessageTellsThePlaceAndNotTheContent() {
        assertThatThrownBy(() -> Json.parse("{\"a\": topsecret}"))
                .hasMessageContaining("line 1, column")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Json.parse("{\"topsecret\": 1, \"topsecret\": 1}"))
                .hasMessageContaining("a key twice")
                .hasMessageNotContaining("secret");
    }

    @Test
    void twoHundredLevelsAreKeptAndNoMore() {
        assertThat(Json.parse("[".repeat(200) + "]".repeat(200)).text()).hasSize(400);
        assertThatThrownBy(() -> Json.parse("[".repeat(201) + "]".repeat(201)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("200 levels");
        Json deep = Json.parse("[".repeat(150) + "]".repeat(150));
        Object deeper = deep;
        for (int i = 0; i < 100; i++) {
            deeper = List.of(deeper);
        }
        Object tree = deeper;
        assertThatThrownBy(() -> Json.ofTree(tree)).hasMessageContaining("200 levels");
        assertThat(Json.parse("[".repeat(200) + "1" + "]".repeat(200)).text()).hasSize(401);
        Object widest = Json.parse("[".repeat(199) + "]".repeat(199));
        assertThat(Json.ofTree(List.of(widest)).text()).hasSize(400);
        assertThatThrownBy(() -> Json.ofTree(List.of(List.of(widest)))).hasMessageContaining("200 levels");
    }

    @Test
    void aTreeIsTheSameAsItsDocument() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("b", Arrays.asList(1, 2L, 3.0, 4.5f, new BigDecimal("6.10"), null, true));
        tree.put("a", Json.parse("{\"y\":1,\"x\":2}"));

        assertThat(Json.ofTree(tree))
                .isEqualTo(Json.parse("{\"a\":{\"x\":2,\"y\":1},\"b\":[1,2,3,4.5,6.1,null,true]}"));
        assertThat(Json.ofTree("{}")).isEqualTo(Json.parse("\"{}\""));
        assertThat(Json.ofTree(null)).isEqualTo(Json.parse("null"));
    }

    @Test
    void aDocumentLongerThanACellIsRefusedHoweverItIsWritten() {
        assertThatThrownBy(() -> Json.parse(" ".repeat(Limits.CELL) + "1")).hasMessageContaining("characters");
        String growing = "[" + "1e20,".repeat(Limits.CELL / 6) + "1]";
        assertThatThrownBy(() -> Json.parse(growing)).hasMessageContaining("characters");
        assertThat(Json.parse("\"" + "x".repeat(Limits.CELL - 2) + "\"").text()).hasSize(Limits.CELL);
    }

    @Test
    void theStringFormHidesTheContent() {
        assertThat(Json.parse("\"secret\"")).hasToString("Json[8]");
    }
}
