package care.outcomes.streams.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ApplicationState;
import org.apache.kafka.streams.processor.assignment.AssignmentConfigs;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsState;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.apache.kafka.streams.processor.assignment.TaskAssignor;
import org.apache.kafka.streams.processor.assignment.TaskInfo;
import org.apache.kafka.streams.processor.assignment.assignors.StickyTaskAssignor;

/**
 * Gives tasks to clients of their {@link Stage}, among these as Kafka Streams does it. While no client of a stage is there,
 * its tasks wait for one: a worker brings both, one right after the other.
 */
public final class StagedAssignor implements TaskAssignor {

    private final TaskAssignor among = new StickyTaskAssignor();

    @Override
    public TaskAssignment assign(ApplicationState application) {
        List<KafkaStreamsAssignment> all = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            ApplicationState part = new Part(application, stage);
            if (!part.kafkaStreamsStates(false).isEmpty()) {
                all.addAll(among.assign(part).assignment());
            }
        }
        return new TaskAssignment(all);
    }

    /** What of an application belongs to a stage. */
    private record Part(ApplicationState whole, Stage stage) implements ApplicationState {

        @Override
        public Map<ProcessId, KafkaStreamsState> kafkaStreamsStates(boolean computeTaskLags) {
            return filtered(whole.kafkaStreamsStates(computeTaskLags), stage::isOf);
        }

        @Override
        public AssignmentConfigs assignmentConfigs() {
            return whole.assignmentConfigs();
        }

        @Override
        public Map<TaskId, TaskInfo> allTasks() {
            return filtered(whole.allTasks(), task -> Stage.of(task) == stage);
        }

        private static <K, V> Map<K, V> filtered(Map<K, V> all, Predicate<V> which) {
            return all.entrySet().stream()
                    .filter(entry -> which.test(entry.getValue()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }
}
