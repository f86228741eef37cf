import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;

/**
 * Apache Kafka brokers in this JVM, commanded by JSON lines: the first line on standard input describes the brokers
 * (folder, users, nodes with their properties, IAM keys, the administrator's client properties), every other one is
 * {"id", "do", …}. Answers are {"id", "is"} or {"id", "error"}. Ends with its standard input.
 */
public final class TestBroker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Integer, KafkaRaftServer> BROKERS = new TreeMap<>();
    private static final Map<String, LiveConsumer> CONSUMERS = new ConcurrentHashMap<>();
    private static final Records RECORDS = new Records(TestBroker::with);
    private static Properties client;
    private static Admin admin;

    public static void main(String[] arguments) throws Exception {
        OutputStream answers = System.out;
        System.setOut(System.err);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            start(JSON.readTree(lines.readLine()));
        } catch (Throwable error) {
            // Threads of a broker that has started in part would keep this process running.
            answer(answers, Map.of("id", 0, "error", reasons(error)));
            Runtime.getRuntime().halt(1);
        }
        answer(answers, Map.of("id", 0, "is", "ready"));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode command = JSON.readTree(line);
            int id = command.get("id").asInt();
            try {
                Object result = carryOut(command);
                answer(answers, Map.of("id", id, "is", result == null ? Map.of() : result));
            } catch (Throwable error) {
                answer(answers, Map.of("id", id, "error", reasons(error)));
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private static void answer(OutputStream answers, Map<String, ?> value) throws Exception {
        answers.write((JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8));
        answers.flush();
    }

    private static String reasons(Throwable error) {
        List<String> reasons = new ArrayList<>();
        for (Throwable cause = error; cause != null; cause = cause.getCause())
            reasons.add(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        return String.join(" < ", reasons);
    }

    private static void start(JsonNode wanted) throws Exception {
        Iam.know(wanted.get("iam"));
        client = properties(wanted.get("client"));
        Path folder = Path.of(wanted.get("folder").asText());
        String cluster = Uuid.randomUuid().toString();
        for (JsonNode node : wanted.get("nodes")) {
            Properties settings = properties(node);
            Path file = folder.resolve(settings.getProperty("node.id") + ".properties");
            settings.setProperty("log.dirs", folder.resolve("data-" + settings.getProperty("node.id")).toString());
            settings.setProperty("metric.reporters", Logins.class.getName());
            try (Writer writer = Files.newBufferedWriter(file)) {
                settings.store(writer, null);
            }
            List<String> format = new ArrayList<>(List.of("format", "-t", cluster, "-c", file.toString()));
            for (JsonNode user : wanted.get("users"))
                format.addAll(List.of("--add-scram", "SCRAM-SHA-512=[name=" + user.get("name").asText()
                    + ",password=" + user.get("password").asText() + "]"));
            if (StorageTool.execute(format.toArray(new String[0]), new PrintStream(OutputStream.nullOutputStream())) != 0)
                throw new IllegalStateException("the storage could not be formatted");
            BROKERS.put(Integer.valueOf(settings.getProperty("node.id")),
                new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM));
        }
        // Side by side, since a broker waits for the controller, and the controller's broker for nobody.
        List<CompletableFuture<Void>> starting = new ArrayList<>();
        for (KafkaRaftServer broker : BROKERS.values())
            starting.add(CompletableFuture.runAsync(broker::startup, command -> new Thread(command).start()));
        // The first failure ends the wait: the others may then wait for ever.
        CompletableFuture<Object> failed = new CompletableFuture<>();
        for (CompletableFuture<Void> broker : starting)
            broker.whenComplete((done, error) -> {
                if (error != null) failed.completeExceptionally(error);
            });
        CompletableFuture.anyOf(failed, CompletableFuture.allOf(starting.toArray(new CompletableFuture<?>[0]))).get();
        admin = Admin.create(client);
        until(() -> admin.describeCluster().nodes().get().size() == BROKERS.size());
    }

    private static Object carryOut(JsonNode command) throws Exception {
        switch (command.get("do").asText()) {
            case "topic": return topic(command);
            case "produce": return produce(command);
            case "write": return RECORDS.write(command);
            case "transaction": return RECORDS.transaction(command);
            case "read": return RECORDS.read(command);
            case "positions": return RECORDS.positions(command);
            case "truncate":
                admin.deleteRecords(Map.of(new TopicPartition(text(command, "topic"), command.get("partition").asInt()),
                    RecordsToDelete.beforeOffset(command.get("before").asLong()))).all().get();
                return null;
            case "leaders":
                return admin.describeTopics(List.of(text(command, "topic"))).allTopicNames().get().get(text(command, "topic"))
                    .partitions().stream().map(partition -> partition.leader() == null ? -1 : partition.leader().id()).toList();
            case "user": return user(command);
            case "acl": return acl(command);
            case "quota": return quota(command);
            case "consume": return consume(command);
            case "leave": CONSUMERS.remove(text(command, "group")).end(); return null;
            case "group": return group(text(command, "group"));
            case "groups": return admin.listConsumerGroups().all().get().stream().map(found -> found.groupId()).sorted().toList();
            case "commit": return commit(command);
            case "logins": return Logins.count();
            case "login": return login(command);
            case "stop":
                KafkaRaftServer broker = BROKERS.remove(command.get("node").asInt());
                broker.shutdown();
                broker.awaitShutdown();
                return null;
            default: throw new IllegalArgumentException("no such command");
        }
    }

    private static Object topic(JsonNode command) throws Exception {
        String name = text(command, "topic");
        Map<Integer, List<Integer>> replicas = new TreeMap<>();
        for (JsonNode ids : command.get("replicas")) {
            List<Integer> brokers = new ArrayList<>();
            ids.forEach(broker -> brokers.add(broker.asInt()));
            replicas.put(replicas.size(), brokers);
        }
        NewTopic topic = new NewTopic(name, replicas).configs(JSON.convertValue(command.get("config"), Map.class));
        admin.createTopics(List.of(topic)).all().get();
        until(() -> {
            TopicDescription found = admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
            return found.partitions().size() == replicas.size() && found.partitions().stream().allMatch(
                partition -> partition.leader() != null && partition.leader().id() >= 0);
        });
        return null;
    }

    /** Records are {key, value, headers}: texts, null, or the number of bytes of a value. */
    private static Object produce(JsonNode command) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                with(Map.of("max.request.size", "20000000", "buffer.memory", "60000000",
                    "compression.type", command.path("compression").asText("none"))),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            for (JsonNode record : command.get("records")) {
                ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(text(command, "topic"),
                    command.get("partition").asInt(), bytes(record.get("key")), bytes(record.get("value")));
                if (record.has("headers")) record.get("headers").fields().forEachRemaining(
                    header -> sent.headers().add(header.getKey(), bytes(header.getValue())));
                producer.send(sent).get();
            }
        }
        return null;
    }

    private static Object user(JsonNode command) throws Exception {
        String name = text(command, "name");
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(name,
            new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), text(command, "password")))).all().get();
        until(() -> admin.describeUserScramCredentials(List.of(name)).all().get().containsKey(name));
        return null;
    }

    private static Object acl(JsonNode command) throws Exception {
        AclBinding rule = new AclBinding(
            new ResourcePattern(ResourceType.fromString(text(command, "resource")), text(command, "name"),
                command.path("prefixed").asBoolean() ? PatternType.PREFIXED : PatternType.LITERAL),
            new AccessControlEntry(text(command, "principal"), "*", AclOperation.fromString(text(command, "operation")),
                AclPermissionType.fromString(text(command, "permission"))));
        boolean add = command.get("add").asBoolean();
        if (add) admin.createAcls(List.of(rule)).all().get();
        else admin.deleteAcls(List.of(rule.toFilter())).all().get();
        until(() -> admin.describeAcls(rule.toFilter()).values().get().isEmpty() != add);
        return null;
    }

    private static Object quota(JsonNode command) throws Exception {
        ClientQuotaEntity entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, text(command, "user")));
        Double value = command.get("value").isNull() ? null : command.get("value").asDouble();
        admin.alterClientQuotas(List.of(new ClientQuotaAlteration(entity,
            List.of(new ClientQuotaAlteration.Op(text(command, "quota"), value))))).all().get();
        return null;
    }

    private static Object consume(JsonNode command) throws Exception {
        LiveConsumer consumer = new LiveConsumer(
            with(Map.of("group.id", text(command, "group"), "group.protocol", text(command, "protocol"))),
            text(command, "topic"));
        CONSUMERS.put(text(command, "group"), consumer);
        until(consumer::holdsPartitions);
        return null;
    }

    private static Object commit(JsonNode command) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        int partition = 0;
        for (JsonNode offset : command.get("offsets"))
            offsets.put(new TopicPartition(text(command, "topic"), partition++), new OffsetAndMetadata(offset.asLong()));
        admin.alterConsumerGroupOffsets(text(command, "group"), offsets).all().get();
        return null;
    }

    /** The group by the broker's word; `written` counts all records of groups: joins, commits, removals. */
    private static Object group(String name) throws Exception {
        ConsumerGroupDescription found = admin.describeConsumerGroups(List.of(name)).all().get().get(name);
        Map<String, Object> members = new TreeMap<>();
        found.members().forEach(member -> members.put(member.consumerId(),
            member.assignment().topicPartitions().stream().map(TopicPartition::toString).sorted().toList()));
        Map<String, Long> committed = new TreeMap<>();
        admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata().get().forEach(
            (partition, offset) -> committed.put(partition.toString(), offset.offset()));
        Map<String, Object> result = new TreeMap<>(Map.of("state", found.state().toString(), "type",
            found.type().toString(), "protocol", found.partitionAssignor(), "members", members, "committed", committed));
        LiveConsumer consumer = CONSUMERS.get(name);
        if (consumer != null) result.put("generation", consumer.generation());
        if (consumer != null) result.put("rebalances", consumer.rebalances());
        if (admin.listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true)).names().get()
                .contains("__consumer_offsets")) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            admin.describeTopics(List.of("__consumer_offsets")).allTopicNames().get().get("__consumer_offsets")
                .partitions().forEach(partition -> ends.put(
                    new TopicPartition("__consumer_offsets", partition.partition()), OffsetSpec.latest()));
            result.put("written", admin.listOffsets(ends).all().get().values().stream().mapToLong(end -> end.offset()).sum());
        }
        return result;
    }

    /** The topics that Kafka's own client sees with these settings. */
    private static Object login(JsonNode command) throws Exception {
        JsonNode system = command.path("system");
        system.fields().forEachRemaining(entry -> System.setProperty(entry.getKey(), entry.getValue().asText()));
        try (Admin visitor = Admin.create(properties(command.get("config")))) {
            return new java.util.TreeSet<>(visitor.listTopics().names().get());
        } finally {
            system.fieldNames().forEachRemaining(System::clearProperty);
        }
    }

    private static String text(JsonNode command, String field) {
        return command.get(field).asText();
    }

    private static byte[] bytes(JsonNode value) {
        if (value == null || value.isNull()) return null;
        if (!value.isNumber()) return value.asText().getBytes(StandardCharsets.UTF_8);
        byte[] filled = new byte[value.asInt()];
        Arrays.fill(filled, (byte) 'x');
        return filled;
    }

    private static Properties properties(JsonNode values) {
        Properties properties = new Properties();
        values.fields().forEachRemaining(entry -> properties.setProperty(entry.getKey(), entry.getValue().asText()));
        return properties;
    }

    private static Properties with(Map<String, String> more) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.putAll(more);
        return properties;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits for what the controller has decided to arrive at the broker. */
    private static void until(Condition condition) throws Exception {
        for (long end = System.nanoTime() + 60_000_000_000L; ; Thread.sleep(20)) {
            try {
                if (condition.holds()) return;
            } catch (java.util.concurrent.ExecutionException tooEarly) {
                if (System.nanoTime() > end) throw tooEarly;
            }
            if (System.nanoTime() > end) throw new IllegalStateException("waited for a minute in vain");
        }
    }
}
