import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/** Counts connections and logins for each broker and listener, as Kafka itself does. */
public final class Logins implements MetricsReporter {
    private static final Map<String, String> NAMES = Map.of("connection-creation-total", "connections", "connection-count", "open",
        "successful-authentication-total", "accepted", "failed-authentication-total", "refused");
    private static final Set<Logins> ALL = ConcurrentHashMap.newKeySet();
    private final Set<KafkaMetric> metrics = ConcurrentHashMap.newKeySet();
    private String node;

    static Map<String, Map<String, Long>> count() {
        Map<String, Map<String, Long>> result = new TreeMap<>();
        for (Logins logins : ALL)
            for (KafkaMetric metric : logins.metrics)
                result.computeIfAbsent(logins.node + " " + metric.metricName().tags().get("listener"), key -> new TreeMap<>())
                    .merge(NAMES.get(metric.metricName().name()), ((Number) metric.metricValue()).longValue(), Long::sum);
        return result;
    }

    @Override public void configure(Map<String, ?> settings) {
        node = String.valueOf(settings.get("node.id"));
        ALL.add(this);
    }

    @Override public void init(List<KafkaMetric> existing) {
        existing.forEach(this::metricChange);
    }

    @Override public void metricChange(KafkaMetric metric) {
        if (metric.metricName().group().equals("socket-server-metrics") && NAMES.containsKey(metric.metricName().name()))
            metrics.add(metric);
    }

    @Override public void metricRemoval(KafkaMetric metric) {
        metrics.remove(metric);
    }

    @Override public void close() {}
}
