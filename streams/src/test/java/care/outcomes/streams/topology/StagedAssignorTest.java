package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ApplicationState;
import org.apache.kafka.streams.processor.assignment.AssignmentConfigs;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsState;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.apache.kafka.streams.processor.assignment.TaskAssignmentUtils;
import org.apache.kafka.streams.processor.assignment.TaskAssignor.AssignmentError;
import org.apache.kafka.streams.processor.assignment.TaskAssignor.TaskAssignment;
import org.apache.kafka.streams.processor.assignment.TaskInfo;
import org.apache.kafka.streams.processor.assignment.TaskTopicPartition;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

class StagedAssignorTest {

    private static final int PATIENTS = 4;
    private static final int TOTALS = 5;

    private final List<KafkaStreamsState> clients = new ArrayList<>();

    @Test
    void tasksOfAStageGoToItsClientsAloneAndTheOthersWait() {
        Client one = client(Stage.PATIENTS, 2);
        assertThat(assigned()).isEqualTo(Map.of(one.processId, tasks(PATIENTS)));

        Client two = client(Stage.TOTALS, 1);
        assertThat(assigned()).isEqualTo(Map.of(one.processId, tasks(PATIENTS), two.processId, tasks(TOTALS)));
    }

    @Test
    void clientsOfAStageShareItAndKeepWhatTheyHad() {
        Client one = client(Stage.PATIENTS, 1);
        Client two = client(Stage.PATIENTS, 1);
        client(Stage.TOTALS, 1);
        two.had.addAll(List.of(new TaskId(PATIENTS, 0), new TaskId(PATIENTS, 3)));
        Map<ProcessId, Set<TaskId>> assigned = assigned();
        assertThat(assigned.get(two.processId))
                .containsExactlyInAnyOrder(new TaskId(PATIENTS, 0), new TaskId(PATIENTS, 3));
        assertThat(assigned.get(one.processId))
                .containsExactlyInAnyOrder(new TaskId(PATIENTS, 1), new TaskId(PATIENTS, 2));
    }

    private Map<ProcessId, Set<TaskId>> assigned() {
        ApplicationState application = new Application();
        TaskAssignment assignment = new StagedAssignor().assign(application);
        assertThat(TaskAssignmentUtils.validateTaskAssignment(application, assignment))
                .isEqualTo(AssignmentError.NONE);
        return assignment.assignment().stream()
                .collect(Collectors.toMap(
                        KafkaStreamsAssignment::processId,
                        client -> client.tasks().keySet()));
    }

    private Client client(Stage stage, int threads) {
        Client client = new Client(new ProcessId(UUID.randomUUID()), stage, threads, new TreeSet<>());
        clients.add(client);
        return client;
    }

    private static Set<TaskId> tasks(int subtopology) {
        return Set.of(
                new TaskId(subtopology, 0),
                new TaskId(subtopology, 1),
                new TaskId(subtopology, 2),
                new TaskId(subtopology, 3));
    }

    private final class Application implements ApplicationState {
        @Override
        public Map<ProcessId, KafkaStreamsState> kafkaStreamsStates(boolean computeTaskLags) {
            return clients.stream().collect(Collectors.toMap(KafkaStreamsState::processId, Function.identity()));
        }

        @Override
        public AssignmentConfigs assignmentConfigs() {
            return new AssignmentConfigs(0L, 1, 0, 60_000L, List.of());
        }

        @Override
        public Map<TaskId, TaskInfo> allTasks() {
            Map<TaskId, TaskInfo> all = new TreeMap<>();
            tasks(PATIENTS).forEach(id -> all.put(id, new Task(id, Topics.SCORE)));
            tasks(TOTALS).forEach(id -> all.put(id, new Task(id, OutcomesTopology.DIFFERENCES)));
            return all;
        }
    }

    private record Task(TaskId id, String topic) implements TaskInfo {
        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public Set<String> stateStoreNames() {
            return Set.of();
        }

        @Override
        public Set<TaskTopicPartition> topicPartitions() {
            return Set.of(new Source(new TopicPartition(topic, id.partition())));
        }
    }

    private record Source(TopicPartition topicPartition) implements TaskTopicPartition {
        @Override
        public boolean isSource() {
            return true;
        }

        @Override
        public boolean isChangelog() {
            return false;
        }

        @Override
        public Optional<Set<String>> rackIds() {
            return Optional.empty();
        }
    }

    private record Client(ProcessId processId, Stage stage, int numProcessingThreads, SortedSet<TaskId> had)
            implements KafkaStreamsState {
        @Override
        public SortedSet<String> consumerClientIds() {
            return Collections.emptySortedSet();
        }

        @Override
        public SortedSet<TaskId> previousActiveTasks() {
            return had;
        }

        @Override
        public SortedSet<TaskId> previousStandbyTasks() {
            return Collections.emptySortedSet();
        }

        @Override
        public long lagFor(TaskId task) {
            return 0;
        }

        @Override
        public SortedSet<TaskId> prevTasksByLag(String consumerClientId) {
            return had;
        }

        @Override
        public Map<TaskId, Long> statefulTasksToLagSums() {
            return Map.of();
        }

        @Override
        public Optional<HostInfo> hostInfo() {
            return Optional.empty();
        }

        @Override
        public Map<String, String> clientTags() {
            return stage.settings().entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().substring("client.tag.".length()),
                            entry -> entry.getValue().toString()));
        }

        @Override
        public Optional<String> rackId() {
            return Optional.empty();
        }
    }
}
