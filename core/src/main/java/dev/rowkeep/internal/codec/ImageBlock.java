package dev.rowkeep.internal.codec;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Image.Liveness;
import dev.rowkeep.spi.StoreLayout;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Images of one store as bytes, in the form that {@code docs/snapshot-format.md} describes. Cells are known by column id, so what was written
 * under one layout is read under every later one. A block that is being filled has one owner.
 */
public final class ImageBlock {
    private static final int LIVE = 1;
    private static final int TOMBSTONE = 2;

    private static final int NO_USER = 0;
    private static final int SAME_USER = 1;
    private static final int OTHER_USER = 2;

    private static final @Nullable Object[] NO_CELLS = new Object[0];

    private final StoreLayout layout;
    private final ByteSink sink = ByteSink.own();

    /** An empty block for images of {@code layout}. */
    public ImageBlock(StoreLayout layout) {
        this.layout = layout;
    }

    /** The store, in the form that its images have. */
    public StoreLayout layout() {
        return layout;
    }

    /** How many bytes there are. */
    public int size() {
        return sink.size();
    }

    /** Adds an image. */
    public void add(Image image) {
        sink.octet(image.isLive() ? LIVE : TOMBSTONE);
        Values.writeKey(sink, image.key());
        sink.varint(image.version());
        sink.varint(image.changeId());
        sink.octet(tag(image.author().origin()));
        sink.text(image.author().name());
        sink.zigZag(image.timeMicros());
        writeUser(image);
        if (image.isLive()) {
            byte[] cells = DeltaCodec.encodeImage(layout, image.cells());
            sink.varint(cells.length);
            sink.octets(cells);
        }
    }

    private void writeUser(Image image) {
        String user = image.userAuthor();
        if (user == null) {
            sink.octet(NO_USER);
        } else if (user.equals(image.author().name()) && image.userTimeMicros() == image.timeMicros()) {
            sink.octet(SAME_USER);
        } else {
            sink.octet(OTHER_USER);
            sink.text(user);
            sink.zigZag(image.userTimeMicros());
        }
    }

    /** The block's bytes; afterwards it is empty. */
    public byte[] take() {
        byte[] bytes = sink.toByteArray();
        sink.clear();
        return bytes;
    }

    /**
     * Gives the images in {@code bytes} to {@code consumer}, in the form of {@code layout}, which may be a later one than that in which they
     * were written.
     *
     * @throws dev.rowkeep.spi.StorageException {@code PERMANENT} if the bytes are not a block of this store
     */
    public static void decode(StoreLayout layout, byte[] bytes, Consumer<Image> consumer) {
        ByteSource source = new ByteSource(bytes, "a block of store " + layout.name());
        while (!source.isAtEnd()) {
            consumer.accept(image(layout, source));
        }
    }

    private static Image image(StoreLayout layout, ByteSource source) {
        int kind = source.octet();
        if (kind != LIVE && kind != TOMBSTONE) {
            throw source.malformed("there is no kind of image " + kind);
        }
        Object key = Values.read(source, layout.key().type());
        long version = source.varint();
        long changeId = source.varint();
        Origin origin = origin(source);
        Author author = new Author(source.text(), origin);
        long timeMicros = source.zigZag();
        if (key == null || version < 1 || changeId < 1) {
            throw source.malformed("an image has no key, version or change");
        }
        int user = source.octet();
        if (user > OTHER_USER) {
            throw source.malformed("there is no way " + user + " to tell a user");
        }
        String userAuthor = user == NO_USER ? null : user == SAME_USER ? author.name() : source.text();
        long userTimeMicros = user == NO_USER ? 0 : user == SAME_USER ? timeMicros : source.zigZag();
        Liveness liveness = kind == LIVE ? Liveness.LIVE : Liveness.TOMBSTONE;
        @Nullable Object[] cells = kind == LIVE ? DeltaCodec.decodeImage(layout, source.octets()) : NO_CELLS;
        return new Image(key, version, changeId, liveness, cells, author, timeMicros, userAuthor, userTimeMicros);
    }

    private static Origin origin(ByteSource source) {
        int tag = source.octet();
        return switch (tag) {
            case 1 -> Origin.USER;
            case 2 -> Origin.JOB;
            case 3 -> Origin.SYSTEM;
            default -> throw source.malformed("there is no origin " + tag);
        };
    }

    private static int tag(Origin origin) {
        return switch (origin) {
            case USER -> 1;
            case JOB -> 2;
            case SYSTEM -> 3;
        };
    }
}
