package dev.rowkeep.benchmarks.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.benchmarks.harness.Spread;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class SmallMultiplesTest {
    private static final List<Panel> PANELS = List.of(
            new Panel(
                    "flat",
                    "µs",
                    List.of(
                            new Point(10_000, new Spread(20, 18, 25)),
                            new Point(30_000, Spread.of(21)),
                            new Point(10_000_000, Spread.of(22)))),
            new Panel("far <apart> & \"quoted\"", "MB", List.of(at(10_000, 3), at(10_000_000, 900))),
            new Panel("nothing", "ms", List.of(at(1, 0), at(1, 0))),
            new Panel("alone", "bytes", List.of(at(12_345, 0.001))));

    @TempDir
    private Path directory;

    @Test
    void theImageIsXmlWithADotAFigureAndTheTextsAsTheyWere() throws Exception {
        Document image = written(PANELS);

        assertThat(image.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(elements(image, "circle"))
                .hasSize(
                        PANELS.stream().mapToInt(panel -> panel.points().size()).sum());
        assertThat(elements(image, "text"))
                .extracting(Element::getTextContent)
                .contains("a & b", "far <apart> & \"quoted\", MB", "log rows", "10⁷", "900", "0.001");
    }

    @Test
    void everythingLiesInsideTheImage() throws Exception {
        Document image = written(PANELS);

        double width = Double.parseDouble(image.getDocumentElement().getAttribute("width"));
        double height = Double.parseDouble(image.getDocumentElement().getAttribute("height"));
        for (String name : List.of("text", "line", "circle")) {
            for (Element element : elements(image, name)) {
                assertThat(places(element, "x", "cx", "x1", "x2"))
                        .isNotEmpty()
                        .allSatisfy(x -> assertThat(x).isBetween(0.0, width));
                assertThat(places(element, "y", "cy", "y1", "y2"))
                        .isNotEmpty()
                        .allSatisfy(y -> assertThat(y).isBetween(0.0, height));
            }
        }
    }

    @Test
    void moreLiesHigherAndLaterLiesFurtherRight() throws Exception {
        List<Element> dots = elements(written(PANELS.subList(0, 1)), "circle");

        assertThat(dots).extracting(dot -> places(dot, "cx").get(0)).isSorted().doesNotHaveDuplicates();
        assertThat(dots).extracting(dot -> -places(dot, "cy").get(0)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatThrownBy(() -> at(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> at(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> at(1, Double.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> at(1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Panel("empty", "ms", List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private Document written(List<Panel> panels) throws Exception {
        Path file = directory.resolve("new").resolve("chart.svg");
        SmallMultiples.write(file, "a & b", "log rows", panels);
        String text = Files.readString(file);
        assertThat(text).doesNotContain("NaN", "Infinity");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static Point at(double place, double value) {
        return new Point(place, Spread.of(value));
    }

    private static List<Element> elements(Document image, String name) {
        NodeList nodes = image.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static List<Double> places(Element element, String... attributes) {
        List<Double> places = new ArrayList<>();
        for (String attribute : attributes) {
            if (element.hasAttribute(attribute)) {
                places.add(Double.parseDouble(element.getAttribute(attribute)));
            }
        }
        return places;
    }
}
