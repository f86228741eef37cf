import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A member of a consumer group that polls until it is told to end, and commits nothing. */
final class LiveConsumer implements ConsumerRebalanceListener {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean ended;
    private volatile int generation;
    private volatile int rebalances;
    private volatile int held;

    LiveConsumer(Properties settings, String topic) {
        settings.setProperty("enable.auto.commit", "false");
        settings.setProperty("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic), this);
        thread = new Thread(this::poll, "consumer of " + topic);
        thread.start();
    }

    private void poll() {
        while (!ended) {
            consumer.poll(Duration.ofMillis(100));
            generation = consumer.groupMetadata().generationId();
        }
        consumer.close();
    }

    @Override public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        held += partitions.size();
        rebalances++;
    }

    @Override public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        held -= partitions.size();
        rebalances++;
    }

    /** The epoch of the new protocol is 0 until the broker's answer with the assignment has been read. */
    boolean holdsPartitions() {
        return held > 0 && generation > 0;
    }

    /** The generation of the classic protocol, or the member's epoch. */
    int generation() {
        return generation;
    }

    /** How often partitions were given or taken. */
    int rebalances() {
        return rebalances;
    }

    void end() throws InterruptedException {
        ended = true;
        thread.join();
    }
}
