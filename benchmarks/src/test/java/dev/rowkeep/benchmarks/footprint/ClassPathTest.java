package dev.rowkeep.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassPathTest {
    @TempDir
    private Path directory;

    private Path one;
    private Path two;

    @BeforeEach
    void makeJars() throws IOException {
        one = Files.write(directory.resolve("one 1.jar"), new byte[3]);
        two = Files.write(directory.resolve("two.jar"), new byte[4]);
    }

    @Test
    void severalEntriesAreTakenAsTheyAre() throws IOException {
        ClassPath classPath = ClassPath.of(String.join(
                File.pathSeparator,
                one.toString(),
                directory.resolve("not-there.jar").toString(),
                two.toString()));

        assertThat(classPath.entries()).containsExactly(one, two);
        assertThat(classPath.bytes()).isEqualTo(7);
        assertThat(classPath.names()).isEqualTo("one 1.jar, two.jar");
    }

    @Test
    void aJarThatHoldsEverythingIsReplacedByWhatTheOneBesideItNames() throws IOException {
        Path everything = Files.write(directory.resolve("all.jar"), new byte[9]);
        Path three = Files.write(directory.resolve("three.jar"), new byte[5]);
        Path binding = Files.write(directory.resolve("slf4j-simple-2.jar"), new byte[9]);
        Path plain = Files.write(directory.resolve("all-1.0.jar"), new byte[9]);
        Path thin = directory.resolve("all-1.0-thin.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, two + " three.jar " + binding);
        new JarOutputStream(Files.newOutputStream(thin), manifest).close();

        assertThat(ClassPath.of(everything.toString()).entries()).containsExactly(plain, two, three);
    }

    @Test
    void withoutAJarBesideItTheMessageSaysHowToMakeOne() {
        assertThatThrownBy(() -> ClassPath.of(two.toString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("two-<version>-thin.jar");
    }

    @Test
    void theLogOfLoadedClassesNamesWhatIsNeeded() {
        ClassPath all = new ClassPath(List.of(one, two));

        ClassPath loaded = all.loadedIn(List.of(
                "[0.010s][info][class,load] java.lang.Object source: shared objects file",
                "[0.020s][info][class,load] a.B source: "
                        + one.toUri().toString().replace("file:///", "file:/"),
                "[0.021s][info][class,load] a.B$$Lambda/0x01 source: a.B"));

        assertThat(loaded.entries()).containsExactly(one);
        assertThat(all.without(loaded).entries()).containsExactly(two);
        assertThat(all.without(two).entries()).containsExactly(one);
    }
}
