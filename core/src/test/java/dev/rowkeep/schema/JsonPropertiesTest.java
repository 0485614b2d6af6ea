package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The canonical text against another JSON library. */
final class JsonPropertiesTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void canonicalTextIsAFixedPoint(@ForAll("trees") Object tree) {
        Json json = Json.ofTree(tree);
        assertThat(Json.parse(json.text()).text()).isEqualTo(json.text());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void everySpellingOfOneContentIsEqual(@ForAll("trees") Object tree, @ForAll Random random) throws Exception {
        String pretty = JACKSON.writerWithDefaultPrettyPrinter().writeValueAsString(shuffled(tree, random));
        assertThat(Json.parse(pretty)).isEqualTo(Json.ofTree(tree));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theContentIsKept(@ForAll("trees") Object tree) throws Exception {
        assertThat(JACKSON.readTree(Json.ofTree(tree).text()))
                .isEqualTo(JACKSON.readTree(JACKSON.writeValueAsString(tree)));
    }

    @Provide
    Arbitrary<Object> trees() {
        return trees(3);
    }

    private static Arbitrary<Object> trees(int levels) {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                texts().map(it -> it),
                Arbitraries.integers().map(it -> it),
                Arbitraries.of(true, false, 0.5, 1.25e-3),
                Arbitraries.just(null));
        if (levels == 0) {
            return leaves;
        }
        Arbitrary<Object> inner = trees(levels - 1);
        return Arbitraries.oneOf(
                leaves,
                inner.list().ofMaxSize(4).map(it -> it),
                Arbitraries.maps(texts(), inner).ofMaxSize(4).map(it -> it));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "\"", "\\", "\n", "\u001f", "é", "\ue000", "\uffff", "😀")
                .list()
                .ofMaxSize(5)
                .map(it -> String.join("", it));
    }

    private static Object shuffled(Object tree, Random random) {
        if (tree instanceof Map<?, ?> map) {
            List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
            Collections.shuffle(entries, random);
            Map<Object, Object> shuffled = new LinkedHashMap<>();
            entries.forEach(entry -> shuffled.put(entry.getKey(), shuffled(entry.getValue(), random)));
            return shuffled;
        }
        if (tree instanceof List<?> list) {
            List<Object> same = new ArrayList<>();
            list.forEach(element -> same.add(shuffled(element, random)));
            return same;
        }
        return tree;
    }
}
