package dev.rowkeep.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.commit.Origin;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class HashChainPropertiesTest {
    @Property
    void equalCommitsHaveEqualHashes(@ForAll("commits") Commit commit) {
        assertThat(commit.hash()).isEqualTo(commit.copy().hash()).hasSize(64);
    }

    @Property
    void anyChangedFieldChangesTheHash(@ForAll("commits") Commit commit) {
        List<Commit> variants = commit.variants();

        assertThat(variants)
                .extracting(Commit::hash)
                .doesNotContain(commit.hash())
                .doesNotHaveDuplicates();
    }

    @Property
    void differentCommitsHaveDifferentHashes(@ForAll("commits") Commit one, @ForAll("commits") Commit other) {
        assertThat(one.hash().equals(other.hash())).isEqualTo(one.describe().equals(other.describe()));
    }

    @Property
    void aCommitKeepsItsHashWhateverContentsAreDropped(@ForAll("commits") Commit commit, @ForAll long which) {
        List<LoggedChange> left = new ArrayList<>(commit.changes());
        for (int i = 0; i < left.size(); i++) {
            if ((which >> i & 1) == 1) {
                left.set(i, DroppedContents.drop(DroppedContents.drop(left.get(i))));
            }
        }
        assertThat(new Commit(commit.previous(), commit.header(), left).hash()).isEqualTo(commit.hash());
    }

    @Provide
    Arbitrary<Commit> commits() {
        Arbitrary<byte[]> content = Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(20)
                .filter(bytes -> !PersonalCells.isIn(bytes) && !DroppedContents.isIn(bytes));
        Arbitrary<Object> key = Arbitraries.oneOf(
                Samples.text().asGeneric(),
                Arbitraries.longs().asGeneric(),
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                        .as(UUID::new)
                        .asGeneric());
        Arbitrary<LoggedChange> change = Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        key,
                        Arbitraries.longs().between(1, 5),
                        Arbitraries.of(ChangeKind.class),
                        Arbitraries.longs().between(1, 5),
                        Arbitraries.longs().between(0, 5),
                        content,
                        content.injectNull(0.5))
                .as(LoggedChange::new);
        Arbitrary<String> text = Arbitraries.of("a", "b", "ab", "", "é").injectNull(0.3);
        Arbitrary<LoggedHeader> header = Combinators.combine(
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.longs().between(0, 3),
                        Combinators.combine(Arbitraries.of("a", "ab"), Arbitraries.of(Origin.class))
                                .as(Author::new),
                        text,
                        text)
                .as(LoggedHeader::new);
        Arbitrary<byte[]> hash = Arbitraries.bytes().array(byte[].class).ofSize(32);
        return Combinators.combine(hash, header, change.list().ofMinSize(1).ofMaxSize(3))
                .as(Commit::new);
    }

    record Commit(byte[] previous, LoggedHeader header, List<LoggedChange> changes) {
        String hash() {
            return HexFormat.of().formatHex(HashChain.next(previous, header, changes));
        }

        Commit copy() {
            return new Commit(previous.clone(), header, new ArrayList<>(changes));
        }

        String describe() {
            StringBuilder text = new StringBuilder(Arrays.toString(previous))
                    .append(header.author().origin());
            text.append(header);
            changes.forEach(it -> text.append(it.key().getClass())
                    .append(it.toString().replaceAll("\\[B@[0-9a-f]+", "[]"))
                    .append(Arrays.toString(it.delta()))
                    .append(Arrays.toString(it.image())));
            return text.toString();
        }

        /** One commit for each field that there is, with that field alone changed. */
        List<Commit> variants() {
            List<Commit> all = new ArrayList<>();
            byte[] flipped = previous.clone();
            flipped[31] ^= 1;
            all.add(new Commit(flipped, header, changes));
            headers().forEach(it -> all.add(new Commit(previous, it, changes)));
            for (int i = 0; i < changes.size(); i++) {
                for (LoggedChange variant : changes(changes.get(i))) {
                    List<LoggedChange> changed = new ArrayList<>(changes);
                    changed.set(i, variant);
                    all.add(new Commit(previous, header, changed));
                }
            }
            List<LoggedChange> one = new ArrayList<>(changes);
            one.add(new LoggedChange(99, "more", 1, ChangeKind.INSERT, 1, 0, new byte[0], null));
            all.add(new Commit(previous, header, one));
            all.add(new Commit(previous, header, changes.subList(0, changes.size() - 1)));
            return all;
        }

        private List<LoggedHeader> headers() {
            LoggedHeader h = header;
            Author a = h.author();
            Origin other = a.origin() == Origin.USER ? Origin.JOB : Origin.USER;
            List<LoggedHeader> all = new ArrayList<>(List.of(
                    new LoggedHeader(h.sequence() + 10, h.timeMicros(), a, h.reason(), h.correlationId()),
                    new LoggedHeader(h.sequence(), h.timeMicros() + 10, a, h.reason(), h.correlationId()),
                    new LoggedHeader(
                            h.sequence(),
                            h.timeMicros(),
                            new Author(a.name() + "!", a.origin()),
                            h.reason(),
                            h.correlationId()),
                    new LoggedHeader(
                            h.sequence(), h.timeMicros(), new Author(a.name(), other), h.reason(), h.correlationId()),
                    new LoggedHeader(h.sequence(), h.timeMicros(), a, h.reason() + "!", h.correlationId()),
                    new LoggedHeader(h.sequence(), h.timeMicros(), a, h.reason(), h.correlationId() + "!")));
            if (h.reason() != null) {
                all.add(new LoggedHeader(h.sequence(), h.timeMicros(), a, null, h.correlationId()));
            }
            if (h.correlationId() != null) {
                all.add(new LoggedHeader(h.sequence(), h.timeMicros(), a, h.reason(), null));
            }
            return all;
        }

        private static List<LoggedChange> changes(LoggedChange c) {
            ChangeKind kind = c.kind() == ChangeKind.INSERT ? ChangeKind.DELETE : ChangeKind.INSERT;
            byte[] image = c.image() == null ? new byte[0] : null;
            byte[] delta = Arrays.copyOf(c.delta(), c.delta().length + 1);
            return List.of(
                    new LoggedChange(
                            c.storeId() + 10,
                            c.key(),
                            c.version(),
                            c.kind(),
                            c.id(),
                            c.previousId(),
                            c.delta(),
                            c.image()),
                    new LoggedChange(
                            c.storeId(),
                            "another " + c.key(),
                            c.version(),
                            c.kind(),
                            c.id(),
                            c.previousId(),
                            c.delta(),
                            c.image()),
                    new LoggedChange(
                            c.storeId(),
                            c.key(),
                            c.version() + 10,
                            c.kind(),
                            c.id(),
                            c.previousId(),
                            c.delta(),
                            c.image()),
                    new LoggedChange(
                            c.storeId(), c.key(), c.version(), kind, c.id(), c.previousId(), c.delta(), c.image()),
                    new LoggedChange(
                            c.storeId(),
                            c.key(),
                            c.version(),
                            c.kind(),
                            c.id() + 10,
                            c.previousId(),
                            c.delta(),
                            c.image()),
                    new LoggedChange(
                            c.storeId(),
                            c.key(),
                            c.version(),
                            c.kind(),
                            c.id(),
                            c.previousId() + 10,
                            c.delta(),
                            c.image()),
                    new LoggedChange(
                            c.storeId(), c.key(), c.version(), c.kind(), c.id(), c.previousId(), delta, c.image()),
                    new LoggedChange(
                            c.storeId(), c.key(), c.version(), c.kind(), c.id(), c.previousId(), c.delta(), image));
        }
    }
}
