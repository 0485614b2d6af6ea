package dev.rowkeep.evidence.fault;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Says to {@code faults.c}, preloaded into this process, what is to fail, through a file that both have mapped. */
final class FaultControl {
    static final int BYTES = 24;

    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final int CALL = 0;
    private static final int NUMBER = 4;
    private static final int ANSWER = 8;
    private static final int STICKY = 12;
    private static final int COUNTED = 16;
    private static final int INJECTED = 20;

    private final ByteBuffer control;

    /** What is done while nothing fails. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    FaultControl(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            control = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
        }
    }

    void arm(Fault fault) {
        set(CALL, 0);
        set(NUMBER, fault.number());
        set(ANSWER, fault.answer().code);
        set(STICKY, fault.isSticky() ? 1 : 0);
        set(COUNTED, 0);
        set(INJECTED, 0);
        set(CALL, fault.call().code);
    }

    void disarm() {
        set(CALL, 0);
    }

    /** Runs {@code work} with nothing failing and nothing counted, and goes on as before. */
    void spare(Work work) throws IOException {
        int armed = get(CALL);
        set(CALL, 0);
        try {
            work.run();
        } finally {
            set(CALL, armed);
        }
    }

    /** How many calls of the armed kind there were. */
    int counted() {
        return get(COUNTED);
    }

    /** How many of them failed. */
    int injected() {
        return get(INJECTED);
    }

    private void set(int offset, int value) {
        INTS.setVolatile(control, offset, value);
    }

    private int get(int offset) {
        return (int) INTS.getVolatile(control, offset);
    }
}
