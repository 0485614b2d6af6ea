package dev.rowkeep.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads JSON documents into canonical text. Jackson splits them into tokens; nothing of it leaves this class. */
final class JsonReader {
    private static final int PLAIN_DIGITS = 18;

    // Key names are not kept in tables: they come from outside and would fill them.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2 * Limits.JSON_DEPTH)
                    .maxNumberLength(Limits.JSON_NUMBER)
                    .maxStringLength(Limits.CELL)
                    .maxNameLength(Limits.CELL)
                    .maxDocumentLength(Limits.CELL)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final JsonText out;

    private JsonReader(JsonParser parser, JsonText out) {
        this.parser = parser;
        this.out = out;
    }

    /** Appends the value of {@code document} to {@code out}, in which it stands within {@code depth} levels. */
    static void append(String document, JsonText out, int depth) {
        if (document.length() > Limits.CELL) {
            throw JsonText.tooLong();
        }
        try (JsonParser parser = FACTORY.createParser(document)) {
            JsonReader reader = new JsonReader(parser, out);
            reader.value(parser.nextToken(), depth);
            if (parser.nextToken() != null) {
                throw reader.notJson("something follows the value", parser.currentTokenLocation());
            }
        } catch (JsonProcessingException e) {
            // Not chained: its message quotes the document.
            throw new InvalidJsonException("it breaks the grammar" + at(e.getLocation()), "Give one JSON value.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void value(@Nullable JsonToken token, int depth) throws IOException {
        if (token == null) {
            throw new InvalidJsonException("it is empty", "Give one JSON value, such as null.");
        }
        if (depth == Limits.JSON_DEPTH && token.isStructStart()) {
            throw JsonText.tooDeep();
        }
        switch (token) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> out.string(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token, parser.getText());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> out.literal(token.asString());
            default -> throw notJson("it breaks the grammar", parser.currentTokenLocation());
        }
    }

    private void object(int depth) throws IOException {
        JsonText.Members members = out.beginObject();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            int start = out.position();
            out.key(key);
            value(parser.nextToken(), depth + 1);
            out.endMember(members, key, start);
        }
        out.endObject(members);
    }

    private void array(int depth) throws IOException {
        out.beginArray();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            value(token, depth + 1);
            out.endElement();
        }
        out.endArray();
    }

    private void number(JsonToken token, String digits) {
        if (token == JsonToken.VALUE_NUMBER_INT && digits.length() <= PLAIN_DIGITS && !digits.equals("-0")) {
            out.literal(digits);
            return;
        }
        try {
            out.number(new BigDecimal(digits));
        } catch (NumberFormatException e) {
            // The exponent does not even fit an int.
            throw notJson("a number's exponent is too large", parser.currentTokenLocation());
        }
    }

    private InvalidJsonException notJson(String problem, JsonLocation location) {
        return new InvalidJsonException(problem + at(location), "Give one JSON value.");
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
