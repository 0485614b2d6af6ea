package dev.rowkeep.internal.engine;

import dev.rowkeep.query.ExportedFile;
import dev.rowkeep.query.SqlExport;
import dev.rowkeep.spi.ExportFormat;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A folder that results of SELECTs are written into, by the storage. */
record EngineExport(ExportFolder folder, EngineSql sql) implements SqlExport {
    @Override
    public SqlExport timeout(Duration longest) {
        return new EngineExport(folder, sql.timeout(longest));
    }

    @Override
    public ExportedFile write(String name, String select, @Nullable Object... parameters) {
        sql.entry().check("export");
        ExportFormat format = format(name);
        return folder.write(name, file -> sql.source().export(sql.query(select, parameters), format, file));
    }

    private static ExportFormat format(String name) {
        for (ExportFormat format : ExportFormat.values()) {
            if (name.endsWith(format.suffix())) {
                return format;
            }
        }
        throw ExportFolder.unfit(
                name,
                "its end says no format. It must be one of "
                        + Arrays.stream(ExportFormat.values())
                                .map(ExportFormat::suffix)
                                .toList() + ".");
    }
}
