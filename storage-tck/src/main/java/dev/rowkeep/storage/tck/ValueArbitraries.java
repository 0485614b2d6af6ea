package dev.rowkeep.storage.tck;

import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Canonical values of every type: half from where storages go wrong, half from anywhere. */
final class ValueArbitraries {
    /** What a pattern, a quote, a code unit or a collation could stumble over. */
    private static final List<String> PIECES = List.of(
            "a",
            "A",
            "b",
            "%",
            "_",
            "*",
            "?",
            "'",
            "\"",
            "\\",
            "[",
            " ",
            "\n",
            "\u00e4",
            "a\u0308",
            "\u00df",
            "\u0130",
            "\ufffd",
            "\ue000",
            "\ud83d\ude00",
            "\udbff\udffd",
            "0",
            "1");

    private static final List<String> JSON_TEXTS = List.of(
            "null",
            "true",
            "0",
            "17",
            "-1.5",
            "\"\"",
            "\"a\"",
            "\"null\"",
            "[]",
            "{}",
            "[1,2]",
            "[2,1]",
            "{\"a\":1}",
            "{\"a\":2}",
            "{\"a\":\"1\"}",
            "{\"a\":{\"b\":[null,\"\ud83d\ude00'%_\"]}}");

    private ValueArbitraries() {}

    static Arbitrary<Object> of(ColumnType<?> type) {
        return switch (type.kind()) {
            case TEXT -> mixed(Ladder.texts(), texts());
            case INTEGER -> mixed(Ladder.integers(), Arbitraries.longs());
            case DECIMAL -> mixed(Ladder.decimals(type.precision(), type.scale()), decimals(type));
            case DOUBLE -> mixed(Ladder.doubles(), Arbitraries.doubles().map(number -> number + 0.0));
            case BOOLEAN -> Arbitraries.of(false, true).asGeneric();
            case DATE -> mixed(Ladder.dates(), dates());
            case TIMESTAMP -> mixed(Ladder.moments(), moments());
            case UUID -> mixed(Ladder.uuids(), uuids());
            case ENUM -> Arbitraries.of(type.names()).asGeneric();
            case BYTES -> mixed(Ladder.bytes(), bytes());
            case TEXT_SET ->
                texts().set()
                        .ofMaxSize(3)
                        .map(set -> Kinds.set(set.toArray(String[]::new)))
                        .asGeneric();
            case JSON -> Arbitraries.of(JSON_TEXTS).map(Json::parse).asGeneric();
        };
    }

    /** Short texts of awkward pieces. */
    static Arbitrary<String> texts() {
        return Arbitraries.of(PIECES).list().ofMaxSize(4).map(pieces -> String.join("", pieces));
    }

    private static Arbitrary<Object> mixed(Ladder picked, Arbitrary<?> anywhere) {
        return Arbitraries.oneOf(List.of(Arbitraries.of(picked.values()), anywhere.asGeneric()));
    }

    private static Arbitrary<BigDecimal> decimals(ColumnType<?> type) {
        long most = BigInteger.TEN.pow(type.precision()).longValueExact() - 1;
        return Arbitraries.longs().between(-most, most).map(digits -> BigDecimal.valueOf(digits, type.scale()));
    }

    private static Arbitrary<LocalDate> dates() {
        long first = LocalDate.of(0, 1, 1).toEpochDay();
        long last = LocalDate.of(9999, 12, 31).toEpochDay();
        return Arbitraries.longs().between(first, last).map(LocalDate::ofEpochDay);
    }

    private static Arbitrary<Instant> moments() {
        long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        return Arbitraries.longs()
                .between(first, last)
                .flatMap(second -> Arbitraries.integers()
                        .between(0, 999_999)
                        .map(micros -> Instant.ofEpochSecond(second, micros * 1_000L)));
    }

    private static Arbitrary<UUID> uuids() {
        return Arbitraries.longs().flatMap(high -> Arbitraries.longs().map(low -> new UUID(high, low)));
    }

    private static Arbitrary<Bytes> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(4).map(Bytes::of);
    }
}
