package dev.rowkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The order that storages must give, against what they compare: UTF-8 bytes and text forms. */
final class CanonicalOrderPropertiesTest {
    @Property
    void textOrdersAsItsUtf8Bytes(@ForAll("texts") String a, @ForAll("texts") String b) {
        int bytes = Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(CanonicalOrder.compareText(a, b))).isEqualTo(Integer.signum(bytes));
        assertThat(Unicode.utf8Length(a)).isEqualTo(a.getBytes(StandardCharsets.UTF_8).length);
    }

    @Property
    void uuidsOrderAsTheirText(@ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d) {
        UUID one = new UUID(a, b);
        UUID other = new UUID(c, d);
        assertThat(Integer.signum(CanonicalOrder.compare(Kind.UUID, one, other)))
                .isEqualTo(Integer.signum(one.toString().compareTo(other.toString())));
    }

    @Property
    void bytesOrderUnsigned(@ForAll byte[] a, @ForAll byte[] b) {
        assertThat(CanonicalOrder.compare(Kind.BYTES, Bytes.of(a), Bytes.of(b)))
                .isEqualTo(Arrays.compareUnsigned(a, b));
    }

    @Property
    void aTextSetIsASortedSetLikeAnyOther(
            @ForAll("textLists") List<String> texts, @ForAll("texts") String from, @ForAll("texts") String to) {
        TextSet set = TextSet.of(texts);
        TreeSet<String> model = new TreeSet<>(CanonicalOrder::compareText);
        model.addAll(texts);

        // Not isEqualTo, which compares sorted sets element by element.
        assertThat(set.equals(new HashSet<>(texts))).isTrue();
        assertThat(new HashSet<>(texts).equals(set)).isTrue();
        assertThat(set.hashCode()).isEqualTo(new HashSet<>(texts).hashCode());
        assertThat((Collection<String>) set).containsExactlyElementsOf(model);
        assertThat(set.contains(from)).isEqualTo(model.contains(from));
        assertThat((Collection<String>) set.headSet(to)).containsExactlyElementsOf(model.headSet(to));
        assertThat((Collection<String>) set.tailSet(from)).containsExactlyElementsOf(model.tailSet(from));
        if (CanonicalOrder.compareText(from, to) <= 0) {
            SortedSet<String> range = set.subSet(from, to);
            assertThat((Collection<String>) range).containsExactlyElementsOf(model.subSet(from, to));
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> characters = Arbitraries.of(
                "a",
                "b",
                "\u007f",
                "\u0080",
                "\u07ff",
                "\u0800",
                "\ud7ff",
                "\ue000",
                "\uffff",
                "𐀀",
                "😀",
                "\udbff\udfff");
        return characters.list().ofMaxSize(4).map(it -> String.join("", it));
    }

    @Provide
    Arbitrary<List<String>> textLists() {
        return texts().list().ofMaxSize(8);
    }
}
