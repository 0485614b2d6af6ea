package dev.rowkeep.schema;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a record class's canonical constructor does nothing but set the fields. Reflection does not tell, so the class file is
 * read (Java Virtual Machine Specification, chapters 4 and 6); where it cannot be, the answer is no.
 *
 * <p>A constructor that is plain cannot refuse cells and is no code of the application, so a record need not be made to know
 * that it can be, and the commit may judge it.
 */
final class PlainConstructor {
    private static final int ALOAD_0 = 0x2a;
    private static final int INVOKESPECIAL = 0xb7;
    private static final int PUTFIELD = 0xb5;
    private static final int RETURN = 0xb1;

    private PlainConstructor() {}

    static boolean isIn(Class<? extends java.lang.Record> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        Class<?>[] components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try (InputStream bytes = type.getResourceAsStream(file)) {
            if (bytes == null) {
                return false;
            }
            String descriptor = MethodType.methodType(void.class, components).toMethodDescriptorString();
            byte[] code = ClassFile.constructorCode(bytes.readAllBytes(), descriptor);
            return code != null && setsFieldsOnly(code, components);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether {@code code} is {@code super(); this.a = a; this.b = b; …}, instruction by instruction. */
    private static boolean setsFieldsOnly(byte[] code, Class<?>[] components) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(code));
        if (in.readUnsignedByte() != ALOAD_0 || in.readUnsignedByte() != INVOKESPECIAL) {
            return false;
        }
        in.readUnsignedShort();
        int slot = 1;
        for (Class<?> component : components) {
            if (in.readUnsignedByte() != ALOAD_0 || !loads(in, component, slot) || in.readUnsignedByte() != PUTFIELD) {
                return false;
            }
            in.readUnsignedShort();
            slot += component == long.class || component == double.class ? 2 : 1;
        }
        return in.readUnsignedByte() == RETURN && in.read() < 0;
    }

    /** Whether the next instruction loads the local variable {@code slot}; each type has a short form for slots 0 to 3. */
    private static boolean loads(DataInputStream in, Class<?> type, int slot) throws IOException {
        int order = type == long.class
                ? 1
                : type == float.class ? 2 : type == double.class ? 3 : type.isPrimitive() ? 0 : 4;
        int instruction = in.readUnsignedByte();
        int shortForm = 0x1a + 4 * order + slot;
        int longForm = 0x15 + order;
        return slot <= 3 ? instruction == shortForm : instruction == longForm && in.readUnsignedByte() == slot;
    }

    /** The little of a class file that is needed here. */
    private static final class ClassFile {
        private static final int FIXED_HEADER = 8;

        private ClassFile() {}

        /** The instructions of the constructor with {@code descriptor}; null if there are none, or it catches exceptions. */
        static byte @Nullable [] constructorCode(byte[] file, String descriptor) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
            in.skipNBytes(FIXED_HEADER);
            @Nullable String[] names = constantNames(in);
            in.skipNBytes(6);
            in.skipNBytes(2L * in.readUnsignedShort());
            for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
                in.skipNBytes(6);
                attribute(in, names, "");
            }
            for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
                in.skipNBytes(2);
                String name = names[in.readUnsignedShort()];
                String found = names[in.readUnsignedShort()];
                byte[] code = attribute(in, names, "Code");
                if ("<init>".equals(name) && descriptor.equals(found)) {
                    return code == null ? null : instructions(code);
                }
            }
            return null;
        }

        private static @Nullable String[] constantNames(DataInputStream in) throws IOException {
            @Nullable String[] names = new String[in.readUnsignedShort()];
            for (int i = 1; i < names.length; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> names[i] = in.readUTF();
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++; // These take two places.
                    }
                    case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    default -> in.skipNBytes(4);
                }
            }
            return names;
        }

        /** Reads all attributes of a field or method; gives the content of the one called {@code wanted}. */
        private static byte @Nullable [] attribute(DataInputStream in, @Nullable String[] names, String wanted)
                throws IOException {
            byte[] content = null;
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                String name = names[in.readUnsignedShort()];
                byte[] bytes = in.readNBytes(in.readInt());
                if (wanted.equals(name)) {
                    content = bytes;
                }
            }
            return content;
        }

        private static byte @Nullable [] instructions(byte[] code) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(code));
            in.skipNBytes(4);
            byte[] instructions = in.readNBytes(in.readInt());
            boolean catches = in.readUnsignedShort() > 0;
            return catches ? null : instructions;
        }
    }
}
