package dev.rowkeep.internal.codec;

import dev.rowkeep.schema.CellVerdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What one edit of a request was answered, as it is kept: versions and names, no cell values. What the answer held beyond that is in
 * the record's history.
 */
public sealed interface KeptOutcome {
    /** It was written as this version. */
    record Written(long version) implements KeptOutcome {}

    /** It was merged and written as this version; a rule decided the columns. */
    record Merged(long version, List<String> columns) implements KeptOutcome {}

    /** The record already was as wanted, at this version. */
    record Unchanged(long version) implements KeptOutcome {}

    /** Another writer's version stood in the way, 0 if the key was never used; no rule could decide the columns. */
    record Conflicted(String reason, long version, List<String> columns) implements KeptOutcome {}

    /** Rules stood in the way. */
    record Rejected(List<CellVerdict.Rejected> violations) implements KeptOutcome {}

    /** Nothing stood in its own way, but in that of another edit of the request. */
    record Spared() implements KeptOutcome {}

    /** The bytes to keep. */
    static byte[] encode(List<KeptOutcome> outcomes) {
        ByteSink sink = ByteSink.ofThread();
        sink.varint(outcomes.size());
        for (KeptOutcome outcome : outcomes) {
            encode(sink, outcome);
        }
        return sink.toByteArray();
    }

    private static void encode(ByteSink sink, KeptOutcome outcome) {
        if (outcome instanceof Written written) {
            sink.octet(1);
            sink.varint(written.version());
        } else if (outcome instanceof Merged merged) {
            sink.octet(2);
            sink.varint(merged.version());
            texts(sink, merged.columns());
        } else if (outcome instanceof Unchanged unchanged) {
            sink.octet(3);
            sink.varint(unchanged.version());
        } else if (outcome instanceof Conflicted conflicted) {
            sink.octet(4);
            sink.text(conflicted.reason());
            sink.varint(conflicted.version());
            texts(sink, conflicted.columns());
        } else if (outcome instanceof Rejected rejected) {
            sink.octet(5);
            sink.varint(rejected.violations().size());
            for (CellVerdict.Rejected violation : rejected.violations()) {
                sink.text(violation.column());
                sink.text(violation.rule());
                sink.text(violation.message());
                sink.text(violation.fix());
            }
        } else {
            sink.octet(6);
        }
    }

    private static void texts(ByteSink sink, List<String> texts) {
        sink.varint(texts.size());
        texts.forEach(sink::text);
    }

    /**
     * What {@code bytes} hold.
     *
     * @throws dev.rowkeep.spi.StorageException {@code PERMANENT} if that is nothing that {@link #encode} gives
     */
    static List<KeptOutcome> decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes, "the outcome of a request");
        int count = source.count(1);
        List<KeptOutcome> outcomes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            outcomes.add(decode(source));
        }
        source.end();
        return outcomes;
    }

    private static KeptOutcome decode(ByteSource source) {
        int kind = source.octet();
        return switch (kind) {
            case 1 -> new Written(source.varint());
            case 2 -> new Merged(source.varint(), texts(source));
            case 3 -> new Unchanged(source.varint());
            case 4 -> new Conflicted(source.text(), source.varint(), texts(source));
            case 5 -> new Rejected(violations(source));
            case 6 -> new Spared();
            default -> throw source.malformed("there is no kind of outcome " + kind);
        };
    }

    private static List<String> texts(ByteSource source) {
        int count = source.count(1);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(source.text());
        }
        return texts;
    }

    private static List<CellVerdict.Rejected> violations(ByteSource source) {
        int count = source.count(4);
        List<CellVerdict.Rejected> violations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            violations.add(new CellVerdict.Rejected(source.text(), source.text(), source.text(), source.text()));
        }
        return violations;
    }
}
