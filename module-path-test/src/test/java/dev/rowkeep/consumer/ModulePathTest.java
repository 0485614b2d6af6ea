package dev.rowkeep.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ModulePathTest {
    @Test
    void consumerAndLibraryResolveAsNamedModules() {
        assertThat(ModulePathTest.class.getModule().getName()).isEqualTo("dev.rowkeep.consumer");
        assertThat(ModuleReport.libraryModules())
                .containsExactly(
                        "dev.rowkeep.consumer",
                        "dev.rowkeep.core",
                        "dev.rowkeep.storage.jdbc",
                        "dev.rowkeep.storage.sqlite");
    }

    @Test
    void internalPackagesAreExportedToNobody() {
        Module core = ModuleLayer.boot().findModule("dev.rowkeep.core").orElseThrow();
        assertThat(core.getDescriptor().exports())
                .noneMatch(export -> export.source().startsWith("dev.rowkeep.internal"));
    }
}
