package dev.rowkeep.internal.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rowkeep.backup.BackupException.Damage;
import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Position;
import dev.rowkeep.internal.backup.FileSums.DamagedFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list of a backup as JSON. Its last entry is the SHA-256 of all bytes before that entry, so that every byte of the file counts: what
 * stands before it is in the sum, and it and what stands behind can only be one text.
 */
final class ManifestCodec {
    private static final int FORMAT = 1;
    private static final int SUM_DIGITS = 64;
    private static final String BEFORE_SUM = ",\n  \"checksum\" : \"";
    private static final String AFTER_SUM = "\"\n}\n";
    private static final Pattern SUM = Pattern.compile("[0-9a-f]{" + SUM_DIGITS + "}");
    private static final Pattern FILE_NAME =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final ObjectMapper READER = new ObjectMapper();

    private ManifestCodec() {}

    /** Whether a file may be in a backup under this name. */
    static boolean isFileName(String name) {
        return FILE_NAME.matcher(name).matches() && !name.equals(Manifest.NAME);
    }

    static byte[] encode(Manifest manifest) throws IOException {
        StringWriter text = new StringWriter();
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(printer);
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("storage", manifest.storage());
            json.writeStringField(
                    "incarnation", manifest.position().incarnation().toString());
            json.writeStringField("position", manifest.position().toString());
            json.writeStringField("hash", manifest.hash().hex());
            json.writeStringField("made", manifest.made().toString());
            json.writeNumberField("blockBytes", FileSums.BLOCK_BYTES);
            json.writeArrayFieldStart("files");
            for (FileSums file : manifest.files()) {
                json.writeStartObject();
                json.writeStringField("name", file.name());
                json.writeNumberField("bytes", file.bytes());
                json.writeArrayFieldStart("sha256");
                for (String block : file.blocks()) {
                    json.writeString(block);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        String whole = text.toString();
        String summed = whole.substring(0, whole.length() - "\n}".length()) + BEFORE_SUM;
        return (summed + sum(summed.getBytes(StandardCharsets.UTF_8)) + AFTER_SUM).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads it back.
     *
     * @throws DamagedFile if it is not what was written, or of a version of the format that is not known
     */
    static Manifest decode(byte[] bytes) throws DamagedFile {
        requireSum(bytes);
        try {
            JsonNode root = READER.readTree(bytes);
            if (number(root, "format") != FORMAT || number(root, "blockBytes") != FileSums.BLOCK_BYTES) {
                throw damaged(bytes, "it is of a format that this RowKeep does not know, but a newer one may", null);
            }
            List<FileSums> files = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (JsonNode file : root.path("files")) {
                FileSums sums = file(bytes, file);
                if (!names.add(sums.name())) {
                    throw damaged(bytes, "a file is in it twice", null);
                }
                files.add(sums);
            }
            return new Manifest(
                    text(root, "storage"),
                    Position.parse(text(root, "position")),
                    new ChainHash(text(root, "hash")),
                    Instant.parse(text(root, "made")),
                    files);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
            throw damaged(bytes, "its sum holds, but it is no list of a backup's files", e);
        } catch (DamagedFile e) {
            throw e;
        } catch (IOException e) {
            throw damaged(bytes, "it cannot be read", e);
        }
    }

    private static void requireSum(byte[] bytes) throws DamagedFile {
        byte[] end = AFTER_SUM.getBytes(StandardCharsets.UTF_8);
        int sumAt = bytes.length - end.length - SUM_DIGITS;
        if (sumAt < 0 || !Arrays.equals(bytes, bytes.length - end.length, bytes.length, end, 0, end.length)) {
            throw damaged(bytes, "it does not end as the list of a backup does", null);
        }
        String expected = new String(bytes, sumAt, SUM_DIGITS, StandardCharsets.ISO_8859_1);
        if (!expected.equals(sum(Arrays.copyOf(bytes, sumAt)))) {
            throw damaged(bytes, "it does not have the sum that it names", null);
        }
    }

    private static FileSums file(byte[] bytes, JsonNode file) throws DamagedFile {
        List<String> blocks = new ArrayList<>();
        for (JsonNode block : file.path("sha256")) {
            blocks.add(block.asText());
        }
        FileSums sums = new FileSums(text(file, "name"), number(file, "bytes"), blocks);
        long wanted = (sums.bytes() + FileSums.BLOCK_BYTES - 1) / FileSums.BLOCK_BYTES;
        boolean isSound = isFileName(sums.name())
                && sums.bytes() >= 0
                && blocks.size() == wanted
                && blocks.stream().allMatch(block -> SUM.matcher(block).matches());
        if (!isSound) {
            throw damaged(bytes, "what it says of a file cannot be", null);
        }
        return sums;
    }

    private static String text(JsonNode node, String field) {
        if (!node.path(field).isTextual()) {
            throw new IllegalArgumentException("There is no text " + field);
        }
        return node.path(field).textValue();
    }

    private static long number(JsonNode node, String field) {
        if (!node.path(field).canConvertToLong()) {
            throw new IllegalArgumentException("There is no number " + field);
        }
        return node.path(field).longValue();
    }

    private static String sum(byte[] bytes) {
        return HexFormat.of().formatHex(FileSums.sha256().digest(bytes));
    }

    private static DamagedFile damaged(byte[] bytes, String found, @Nullable Throwable cause) {
        DamagedFile damaged = new DamagedFile(new Damage(Manifest.NAME, 0, bytes.length), found);
        damaged.initCause(cause);
        return damaged;
    }
}
