package dev.rowkeep.benchmarks.chart;

import dev.rowkeep.benchmarks.report.Numbers;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Several charts over one logarithmic x axis in one SVG image, a panel each: medians as dots, the least and the most as a bar through them. */
public final class SmallMultiples {
    private static final int COLUMNS = 2;
    private static final int PANEL_WIDTH = 440;
    private static final int PANEL_HEIGHT = 250;
    private static final int HEAD = 56;
    private static final int HEAD_LINE = 18;

    /** Grey and blue of a middle lightness, which can be read on white and on black; no background. */
    private static final String STYLE = """

            text{font-family:system-ui,sans-serif;font-size:11px;fill:#717b86}
            .head{font-size:15px;font-weight:600} .title{font-size:13px;font-weight:600}
            .middle,.value{text-anchor:middle} .value{fill:#3581e0} .right{text-anchor:end}
            .grid{stroke:#717b86;stroke-opacity:.25} .axis{stroke:#717b86}
            .curve{fill:none;stroke:#3581e0;stroke-width:2} .spread{stroke:#3581e0;stroke-opacity:.5;stroke-width:5}
            .dot{fill:#3581e0}
            """;

    private static final String NOTE = "dots are medians, bars go from the least to the most of the rounds";

    private SmallMultiples() {}

    /**
     * Writes the image to {@code file}, which is replaced if it is there; its directory is made if it is not.
     *
     * @param title of the whole image
     * @param places what the x axes show
     */
    public static void write(Path file, String title, String places, List<Panel> panels) throws IOException {
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try (Writer out = Files.newBufferedWriter(file)) {
            Svg svg = new Svg(out, COLUMNS * PANEL_WIDTH, HEAD + rows * PANEL_HEIGHT, title, STYLE);
            svg.text("head", Plot.LEFT, HEAD - 1.75 * HEAD_LINE, title);
            svg.text("note", Plot.LEFT, HEAD - 0.75 * HEAD_LINE, NOTE);
            for (int i = 0; i < panels.size(); i++) {
                int x = i % COLUMNS * PANEL_WIDTH;
                int y = HEAD + i / COLUMNS * PANEL_HEIGHT;
                new Plot(svg, panels.get(i), x, y, PANEL_WIDTH, PANEL_HEIGHT).draw(places);
            }
            svg.end();
        } catch (XMLStreamException e) {
            throw new IOException("The chart " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** A number as the charts show it, powers of ten from ten thousand on as such. */
    static String shown(double value) {
        double exponent = Math.log10(value);
        return value >= 10_000 && exponent == Math.rint(exponent)
                ? "10" + superscript((int) exponent)
                : Numbers.plain(value);
    }

    private static String superscript(int number) {
        StringBuilder raised = new StringBuilder();
        Integer.toString(number).chars().forEach(digit -> raised.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0')));
        return raised.toString();
    }
}
