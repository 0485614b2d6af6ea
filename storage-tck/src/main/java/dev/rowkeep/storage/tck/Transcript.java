package dev.rowkeep.storage.tck;

import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Json;
import dev.rowkeep.spi.CommitWork.RecordRef;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoredRequest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What a storage holds, as lines that are equal exactly when the content is, to the type and bit of every value. */
final class Transcript {
    private static final int LONG_ARRAY = 64;

    private Transcript() {}

    /** Everything that can be read from {@code storage}: identity, layouts, log, images by each way to read them, histories. */
    static List<String> of(Storage storage) {
        List<String> lines = new ArrayList<>();
        lines.add("incarnation " + storage.incarnation());
        lines.add("log begins behind " + of(storage.start()));
        lines.add(of(storage.head()));
        List<LoggedCommit> log = storage.commitsAfter(0, Integer.MAX_VALUE);
        log.forEach(commit -> lines.add(of(commit)));
        List<StoreLayout> layouts = layouts(storage);
        for (StoreLayout layout : layouts) {
            lines.add(layout.toString());
            Set<Object> keys = keys(log, layout);
            images(storage, layout, keys).forEach(image -> lines.add("read " + of(image)));
            drain(storage.scan(layout, everything(layout))).forEach(image -> lines.add("scan " + of(image)));
            lines.add("count " + storage.count(layout, Condition.everything()));
            for (Object key : keys) {
                storage.versions(layout, key, Long.MAX_VALUE, 1).forEach(version -> lines.add(of(version)));
            }
        }
        lines.add("wrong: " + storage.check());
        return lines;
    }

    /** The records that the log ever mentions, by their layout as it is now. */
    static List<RecordRef> records(Storage storage) {
        List<LoggedCommit> log = storage.commitsAfter(0, Integer.MAX_VALUE);
        return layouts(storage).stream()
                .flatMap(layout -> keys(log, layout).stream().map(key -> new RecordRef(layout, key)))
                .toList();
    }

    static String of(Head head) {
        return "head " + head.sequence() + " at " + head.timeMicros() + " " + bytes(head.hash());
    }

    static String of(@Nullable Image image) {
        if (image == null) {
            return "no image";
        }
        List<String> cells = new ArrayList<>();
        for (Object cell : image.cells()) {
            cells.add(value(cell));
        }
        return value(image.key()) + " v" + image.version() + " change " + image.changeId() + " " + image.liveness()
                + " "
                + cells + " by " + image.author().origin() + " "
                + image.author().name() + " at " + image.timeMicros()
                + ", user " + image.userAuthor() + " at " + image.userTimeMicros();
    }

    static String of(@Nullable StoredRequest request) {
        return request == null
                ? "no request"
                : "request " + value(request.id()) + " at " + request.timeMicros() + " on " + request.sequence() + " "
                        + bytes(request.fingerprint()) + " " + bytes(request.outcome());
    }

    static String of(LoggedCommit commit) {
        return of(commit.header()) + " " + bytes(commit.hash()) + " "
                + commit.changes().stream().map(Transcript::of).toList();
    }

    static String of(LoggedVersion version) {
        return of(version.header()) + " " + of(version.change());
    }

    private static String of(LoggedHeader header) {
        return "commit " + header.sequence() + " at " + header.timeMicros() + " by "
                + header.author().origin() + " "
                + header.author().name() + " because " + value(header.reason()) + " for "
                + value(header.correlationId());
    }

    static String of(LoggedChange change) {
        byte[] image = change.image();
        return change.kind() + " of " + change.storeId() + "/" + value(change.key()) + " v" + change.version()
                + " change "
                + change.id() + " after " + change.previousId() + " delta " + bytes(change.delta()) + " image "
                + (image == null ? "none" : bytes(image));
    }

    /** A canonical value, its type included. */
    static String value(@Nullable Object value) {
        if (value == null) {
            return "missing";
        } else if (value instanceof SortedSet<?> set) {
            return "Set" + set.stream().map(Transcript::value).toList();
        } else if (value instanceof Bytes bytes) {
            return "Bytes " + bytes(bytes.toArray());
        } else if (value instanceof Json json) {
            return "Json " + escaped(json.text());
        } else if (value instanceof Double number) {
            return "Double " + number + "/" + Long.toHexString(Double.doubleToRawLongBits(number));
        } else if (value instanceof String text) {
            return '"' + escaped(text) + '"';
        }
        return value.getClass().getSimpleName() + " " + value;
    }

    /** All of {@code layout}'s live records by key, with all cells. */
    static QuerySpec everything(StoreLayout layout) {
        return new QuerySpec(
                Condition.everything(), List.of(byKey(layout)), Optional.empty(), Integer.MAX_VALUE, allCells(layout));
    }

    static Order byKey(StoreLayout layout) {
        return Order.ascending(Column.of(layout.key().name(), layout.key().type()));
    }

    static BitSet allCells(StoreLayout layout) {
        BitSet all = new BitSet();
        all.set(0, layout.columns().size());
        return all;
    }

    /** The rest of {@code scan}, which is closed. */
    static List<Image> drain(ImageScan scan) {
        try (scan) {
            List<Image> images = new ArrayList<>();
            for (Image image = scan.next(); image != null; image = scan.next()) {
                images.add(image);
            }
            return images;
        }
    }

    private static List<StoreLayout> layouts(Storage storage) {
        return storage.layouts().stream()
                .sorted(Comparator.comparingInt(StoreLayout::id))
                .toList();
    }

    private static Set<Object> keys(List<LoggedCommit> log, StoreLayout layout) {
        Set<Object> keys = new LinkedHashSet<>();
        log.forEach(commit -> commit.changes().stream()
                .filter(change -> change.storeId() == layout.id())
                .forEach(change -> keys.add(change.key())));
        return keys;
    }

    private static List<Image> images(Storage storage, StoreLayout layout, Set<Object> keys) {
        return keys.stream()
                .map(key -> storage.read(layout, key))
                .filter(Objects::nonNull)
                .toList();
    }

    private static String bytes(byte[] content) {
        String hex = HexFormat.of().formatHex(content, 0, Math.min(content.length, LONG_ARRAY));
        return content.length <= LONG_ARRAY
                ? "x" + hex
                : "x" + hex + "…" + content.length + "#" + java.util.Arrays.hashCode(content);
    }

    private static String escaped(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c >= ' ' && c < 127) {
                plain.appendCodePoint(c);
            } else {
                plain.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return plain.toString();
    }
}
