package care.outcomes.streams.alert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule has several versions, each watches by its own numbers; a ground that stands when another version comes
 * into force is not told a second time by that one.
 */
final class Versions {

    private Versions() {}

    private record Strand(
            String rule, String anchor, @Nullable Object instrument) {
        Strand(Ground ground) {
            this(ground.rule().id(), ground.anchor(), ground.instrument());
        }
    }

    /** The grounds of a course, each told once: by the version in force when it arose first. */
    static List<Ground> once(List<Ground> grounds) {
        List<Ground> inOrder = new ArrayList<>(grounds);
        inOrder.sort(Comparator.comparingLong(Ground::openedAt));
        Map<Strand, Ground> last = new HashMap<>();
        List<Ground> told = new ArrayList<>();
        for (Ground ground : inOrder) {
            Ground before = last.get(new Strand(ground));
            if (before == null || !goesOn(before, ground)) {
                told.add(ground);
                last.put(new Strand(ground), ground);
            }
        }
        return told;
    }

    private static boolean goesOn(Ground before, Ground ground) {
        if (before.rule().version().equals(ground.rule().version())) {
            return false;
        }
        Ground.End end = before.end();
        return before.occurrence().equals(ground.occurrence()) || end == null || end.at() > ground.openedAt();
    }
}
