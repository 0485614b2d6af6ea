package dev.rowkeep.benchmarks.chart;

import java.io.Writer;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the elements of one SVG image in their order. */
final class Svg {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final XMLStreamWriter xml;

    /** Begins an image of {@code width} by {@code height} whose elements look as {@code style} says. */
    Svg(Writer out, int width, int height, String title, String style) throws XMLStreamException {
        this.xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
        xml.writeStartElement("svg");
        xml.writeDefaultNamespace(NAMESPACE);
        attributes("viewBox", "0 0 " + width + " " + height, "width", width, "height", height, "role", "img");
        element("title", title);
        element("style", style);
    }

    /** A line of text that begins, ends or has its middle at a place, as the class says. */
    void text(String style, double x, double y, String text) throws XMLStreamException {
        element("text", text, "class", style, "x", x, "y", y);
    }

    void line(String style, double x1, double y1, double x2, double y2) throws XMLStreamException {
        empty("line", "class", style, "x1", x1, "y1", y1, "x2", x2, "y2", y2);
    }

    /** A path over places, x and y in turn. */
    void path(String style, double... places) throws XMLStreamException {
        StringBuilder points = new StringBuilder();
        for (double place : places) {
            points.append(points.isEmpty() ? "" : " ").append(number(place));
        }
        empty("polyline", "class", style, "points", points);
    }

    /** A dot that shows {@code hint} to who points at it. */
    void dot(String style, double x, double y, double radius, String hint) throws XMLStreamException {
        begin("circle", "class", style, "cx", x, "cy", y, "r", radius);
        element("title", hint);
        xml.writeEndElement();
    }

    /** Ends the image. */
    void end() throws XMLStreamException {
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.close();
    }

    private void element(String name, String text, Object... attributes) throws XMLStreamException {
        begin(name, attributes);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void begin(String name, Object... attributes) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(name);
        attributes(attributes);
    }

    private void empty(String name, Object... attributes) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeEmptyElement(name);
        attributes(attributes);
    }

    /** Names and values in turn. */
    private void attributes(Object... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            xml.writeAttribute(
                    attributes[i].toString(), value instanceof Double place ? number(place) : value.toString());
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
