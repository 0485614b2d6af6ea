package dev.rowkeep.internal.codec;

import dev.rowkeep.schema.Bytes;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.schema.Json;
import dev.rowkeep.schema.Kind;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A layout with a column of every kind, and canonical values for it. */
final class Samples {
    static final ColumnType<BigDecimal> PRICE = ColumnType.decimal(18, 4);

    private static final List<ColumnType<?>> TYPES = List.of(
            ColumnType.TEXT,
            ColumnType.INTEGER,
            PRICE,
            ColumnType.DOUBLE,
            ColumnType.BOOLEAN,
            ColumnType.DATE,
            ColumnType.TIMESTAMP,
            ColumnType.UUID,
            ColumnType.enumeration(List.of("NEW", "OLD", "ÄLT")),
            ColumnType.BYTES,
            ColumnType.TEXT_SET,
            ColumnType.JSON);

    static final StoreLayout EVERY_KIND = layout(columns());

    private Samples() {}

    static StoreLayout layout(List<LayoutColumn> columns) {
        return new StoreLayout(7, "things", new LayoutColumn(0, "id", ColumnType.TEXT), columns, List.of());
    }

    static StoreLayout layout(LayoutColumn... columns) {
        return layout(List.of(columns));
    }

    static SortedSet<String> set(String... elements) {
        return set(List.of(elements));
    }

    static SortedSet<String> set(Collection<String> elements) {
        SortedSet<String> set = new TreeSet<>(ColumnType.TEXT::compare);
        set.addAll(elements);
        return Collections.unmodifiableSortedSet(set);
    }

    static Arbitrary<Object[]> cells() {
        return Combinators.combine(TYPES.stream().map(Samples::cell).toList()).as(List::toArray);
    }

    static Arbitrary<String> text() {
        Arbitrary<Integer> codePoint = Arbitraries.oneOf(
                        Arbitraries.integers().between(1, 0x7F),
                        Arbitraries.integers().between(1, Character.MAX_CODE_POINT),
                        Arbitraries.of(0x80, 0x7FF, 0x800, 0xFFFD, 0xFFFF, 0x10000, Character.MAX_CODE_POINT))
                .filter(it -> it < Character.MIN_SURROGATE || it > Character.MAX_SURROGATE);
        return codePoint.list().ofMaxSize(60).map(points -> {
            StringBuilder text = new StringBuilder();
            points.forEach(text::appendCodePoint);
            return text.toString();
        });
    }

    private static List<LayoutColumn> columns() {
        List<LayoutColumn> columns = new ArrayList<>();
        for (ColumnType<?> type : TYPES) {
            int id = columns.size() + 1;
            columns.add(new LayoutColumn(id, "c" + id, type));
        }
        return columns;
    }

    private static Arbitrary<Object> cell(ColumnType<?> type) {
        return value(type.kind()).injectNull(0.2);
    }

    private static Arbitrary<Object> value(Kind kind) {
        return switch (kind) {
            case TEXT -> text().asGeneric();
            case INTEGER -> Arbitraries.longs().asGeneric();
            case DECIMAL ->
                Arbitraries.longs()
                        .between(-999_999_999_999_999_999L, 999_999_999_999_999_999L)
                        .map(it -> BigDecimal.valueOf(it, PRICE.scale()))
                        .asGeneric();
            case DOUBLE ->
                Arbitraries.longs()
                        .map(Double::longBitsToDouble)
                        .filter(Double::isFinite)
                        .map(it -> it + 0.0)
                        .asGeneric();
            case BOOLEAN -> Arbitraries.of(true, false).asGeneric();
            case DATE ->
                Arbitraries.longs()
                        .between(
                                LocalDate.of(0, 1, 1).toEpochDay(),
                                LocalDate.of(9999, 12, 31).toEpochDay())
                        .map(LocalDate::ofEpochDay)
                        .asGeneric();
            case TIMESTAMP ->
                Arbitraries.longs()
                        .between(-62_167_219_200_000_000L, 253_402_300_799_999_999L)
                        .map(it -> Instant.EPOCH.plus(it, ChronoUnit.MICROS))
                        .asGeneric();
            case UUID ->
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                        .as(UUID::new)
                        .asGeneric();
            case ENUM -> Arbitraries.of("NEW", "OLD", "ÄLT").asGeneric();
            case BYTES ->
                Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMaxSize(300)
                        .map(Bytes::of)
                        .asGeneric();
            case TEXT_SET -> text().set().ofMaxSize(6).map(Samples::set).asGeneric();
            case JSON ->
                Arbitraries.of("{}", "[1,2]", "{\"a\":\"ü\"}", "null", "17")
                        .map(Json::parse)
                        .asGeneric();
        };
    }
}
