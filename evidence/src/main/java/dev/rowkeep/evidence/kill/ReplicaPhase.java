package dev.rowkeep.evidence.kill;

/** What a process that makes a replica is doing when it is killed. */
enum ReplicaPhase implements Target {
    /** The replica takes the log from its start. */
    BOOTSTRAP(150),
    /** The replica has all, and becomes a primary. */
    PROMOTION(10);

    private final int most;

    ReplicaPhase(int most) {
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
