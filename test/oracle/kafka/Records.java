import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records as Kafka's own clients write and read them, byte for byte: producers with transactions, a consumer without a group. */
final class Records {
    /** Bytes that are shown whole; of more, the length and the digest. */
    private static final int SHOWN = 32;

    private final Map<String, KafkaProducer<byte[], byte[]>> producers = new ConcurrentHashMap<>();
    private final Function<Map<String, String>, Properties> settings;

    /** `settings`: the administrator's, with more. */
    Records(Function<Map<String, String>, Properties> settings) {
        this.settings = settings;
    }

    /**
     * Sends records without waiting between them, so that they share batches; all of them as many `times`. Records are
     * {key, value, headers, timestamp}: Base64 or null, a list of [name, Base64 or null], milliseconds. A named producer
     * stays open.
     */
    Object write(JsonNode command) throws Exception {
        String name = command.path("producer").asText("");
        Map<String, String> config = new TreeMap<>(Map.of("max.request.size", "20000000", "buffer.memory", "60000000"));
        command.get("config").fields().forEachRemaining(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        KafkaProducer<byte[], byte[]> producer = producers.get(name);
        if (producer == null) producer = open(name, config);
        try {
            for (int time = 0; time < command.path("times").asInt(1); time++) {
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (JsonNode record : command.get("records"))
                    sent.add(producer.send(recordOf(command.get("topic").asText(), command.get("partition").asInt(), record)));
                producer.flush();
                for (Future<RecordMetadata> each : sent) each.get();
            }
        } finally {
            if (name.isEmpty()) producer.close();
        }
        return null;
    }

    private KafkaProducer<byte[], byte[]> open(String name, Map<String, String> config) {
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(settings.apply(config), new ByteArraySerializer(), new ByteArraySerializer());
        if (name.isEmpty()) return producer;
        producers.put(name, producer);
        if (config.containsKey("transactional.id")) {
            producer.initTransactions();
            producer.beginTransaction();
        }
        return producer;
    }

    private static ProducerRecord<byte[], byte[]> recordOf(String topic, int partition, JsonNode record) throws Exception {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topic, partition,
            record.hasNonNull("timestamp") ? record.get("timestamp").asLong() : null, bytes(record.get("key")), bytes(record.get("value")));
        for (JsonNode header : record.path("headers"))
            sent.headers().add(header.get(0).asText(), bytes(header.get(1)));
        return sent;
    }

    private static byte[] bytes(JsonNode base64) {
        return base64 == null || base64.isNull() ? null : Base64.getDecoder().decode(base64.asText());
    }

    /** Ends the transaction of a producer; after it the next one begins. */
    Object transaction(JsonNode command) {
        KafkaProducer<byte[], byte[]> producer = producers.get(command.get("producer").asText());
        if (command.get("commit").asBoolean()) producer.commitTransaction();
        else producer.abortTransaction();
        producer.beginTransaction();
        return null;
    }

    /** All records from the offsets on (a list by partition) that a consumer of committed records is given now. */
    Object read(JsonNode command) throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitionsOf(consumer, command.get("topic").asText());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (TopicPartition partition : partitions)
                if (command.path("from").has(partition.partition()))
                    consumer.seek(partition, Math.max(consumer.position(partition), command.get("from").get(partition.partition()).asLong()));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Object> found = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition)))
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) found.add(shown(record));
            return found;
        }
    }

    /** What a consumer finds of the topic by partition: first offset, end of the decided records, first offset from a time on. */
    Object positions(JsonNode command) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitionsOf(consumer, command.get("topic").asText());
            long time = command.get("time").asLong();
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            var from = consumer.offsetsForTimes(partitions.stream().collect(Collectors.toMap(each -> each, each -> time)));
            return partitions.stream().map(partition -> Arrays.asList(first.get(partition), end.get(partition),
                from.get(partition) == null ? null : from.get(partition).offset())).toList();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(settings.apply(Map.of("isolation.level", "read_committed", "enable.auto.commit", "false",
            "auto.offset.reset", "none")), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitionsOf(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream().map(found -> new TopicPartition(topic, found.partition()))
            .sorted((a, b) -> a.partition() - b.partition()).toList();
    }

    private static Object shown(ConsumerRecord<byte[], byte[]> record) throws Exception {
        List<Object> headers = new ArrayList<>();
        for (Header header : record.headers()) headers.add(Arrays.asList(header.key(), shown(header.value())));
        Map<String, Object> result = new TreeMap<>(Map.of("topic", record.topic(), "partition", record.partition(), "offset",
            record.offset(), "timestamp", record.timestamp(), "timestampType", record.timestampType().toString(), "headers", headers));
        result.put("key", shown(record.key()));
        result.put("value", shown(record.value()));
        return result;
    }

    private static String shown(byte[] bytes) throws Exception {
        if (bytes == null) return null;
        if (bytes.length <= SHOWN) return Base64.getEncoder().encodeToString(bytes);
        return bytes.length + " bytes, SHA-256 " + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
