import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Loads PEM key stores as a Kafka client does. A case a line, fields in base64 between tabs: id, certificate chain,
 * private key, and the key's password or "-" for none. Answers a line each: id, "taken" or "refused", and the
 * principal of the first certificate or the reason.
 */
public final class LoadPem {
    public static void main(String[] args) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        StringBuilder answers = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] fields = line.split("\t", -1);
            answers.append(fields[0]).append('\t').append(load(fields)).append('\n');
        }
        System.out.write(answers.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static String load(String[] fields) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("ssl.protocol", "TLSv1.3");
        settings.put("ssl.keystore.type", "PEM");
        settings.put("ssl.keystore.certificate.chain", new Password(decode(fields[1])));
        settings.put("ssl.keystore.key", new Password(decode(fields[2])));
        if (!fields[3].equals("-")) settings.put("ssl.key.password", new Password(decode(fields[3])));
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(settings);
            X509Certificate first = (X509Certificate) factory.keystore().getCertificate("kafka");
            return "taken\t" + encode(first.getSubjectX500Principal().getName());
        } catch (Throwable error) {
            Throwable cause = error;
            while (cause.getCause() != null) cause = cause.getCause();
            return "refused\t" + encode(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        }
    }

    private static String decode(String field) {
        return new String(Base64.getDecoder().decode(field), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
