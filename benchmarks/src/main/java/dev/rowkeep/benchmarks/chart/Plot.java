package dev.rowkeep.benchmarks.chart;

import dev.rowkeep.benchmarks.harness.Spread;
import java.util.stream.DoubleStream;
import javax.xml.stream.XMLStreamException;

/** Draws one panel into a part of an image. */
final class Plot {
    /** From the left edge of the panel to its y axis. */
    static final int LEFT = 58;

    private static final int RIGHT = 26;
    private static final int TOP = 40;
    private static final int BOTTOM = 46;

    /** From the ends of the x axis to the first and the last place, so that what is written there has room. */
    private static final int INSET = 16;

    private static final double RADIUS = 3.5;

    /** How far texts are from what they belong to. */
    private static final int GAP = 8;

    private final Svg svg;
    private final Panel panel;
    private final Axis places;
    private final Axis values;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;

    Plot(Svg svg, Panel panel, int x, int y, int width, int height) {
        this.svg = svg;
        this.panel = panel;
        this.places = panel.places();
        this.values = panel.values();
        this.left = x + LEFT;
        this.right = x + width - RIGHT;
        this.top = y + TOP;
        this.bottom = y + height - BOTTOM;
    }

    void draw(String placesTitle) throws XMLStreamException {
        svg.text("title", left, top - 2.5 * GAP, panel.title() + ", " + panel.unit());
        for (double tick : values.ticks()) {
            svg.line("grid", left, y(tick), right, y(tick));
            svg.text("right", left - GAP, y(tick) + GAP / 2, SmallMultiples.shown(tick));
        }
        for (double tick : places.ticks()) {
            svg.line("grid", x(tick), top, x(tick), bottom);
            svg.text("middle", x(tick), bottom + 2 * GAP, SmallMultiples.shown(tick));
        }
        svg.line("axis", left, bottom, right, bottom);
        svg.text("middle", (left + right) / 2, bottom + 4 * GAP, placesTitle);
        curve();
    }

    private void curve() throws XMLStreamException {
        svg.path(
                "curve",
                panel.points().stream()
                        .flatMapToDouble(point ->
                                DoubleStream.of(x(point.at()), y(point.value().median())))
                        .toArray());
        for (Point point : panel.points()) {
            Spread value = point.value();
            double x = x(point.at());
            String median = SmallMultiples.shown(value.median());
            svg.line("spread", x, y(value.least()), x, y(value.most()));
            svg.dot("dot", x, y(value.median()), RADIUS, SmallMultiples.shown(point.at()) + ": " + median);
            svg.text("value", x, y(value.most()) - GAP, median);
        }
    }

    private double x(double place) {
        return left + INSET + places.share(place) * (right - left - 2 * INSET);
    }

    private double y(double value) {
        return bottom - values.share(value) * (bottom - top);
    }
}
