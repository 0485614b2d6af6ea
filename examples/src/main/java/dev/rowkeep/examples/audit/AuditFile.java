package dev.rowkeep.examples.audit;

import dev.rowkeep.log.Anchor;
import dev.rowkeep.log.ExportedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The day as a file for the auditor, whose lines can be held against an anchor that is kept elsewhere. */
final class AuditFile implements Step {
    private static final int SHOWN = 100;

    @Override
    public String title() {
        return "The auditor's file";
    }

    @Override
    public void show(Walk walk) throws IOException {
        Anchor anchor = walk.keep().log().anchor();
        ExportedLog file =
                walk.keep().log().exportTo(walk.folder()).after(walk.imported()).write("day.jsonl");
        List<String> lines = Files.readAllLines(file.path());
        String last = lines.get(lines.size() - 1);
        walk.say(
                "%d changes of %d commits in %s; the last line ends",
                file.changes(), file.commits(), file.path().getFileName());
        walk.say("…%s", last.substring(last.length() - SHOWN));
        walk.say("its hash is the anchor's: %s", last.contains(anchor.hash().hex()) ? "yes" : "NO");
    }
}
