package dev.rowkeep.evidence.kill;

/** What a process that begins a replica with a snapshot is doing when it is killed. */
enum BootstrapPhase implements Target {
    /** The replica's storage is made, gets its layouts and all records, and then the commits that follow. */
    BEGINNING(400);

    private final int most;

    BootstrapPhase(int most) {
        this.most = most;
    }

    @Override
    public String files(java.nio.file.Path directory) {
        return directory.resolve(ReplicaLoad.REPLICA) + "/*";
    }

    @Override
    public int most() {
        return most;
    }
}
