import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.spi.LoginModule;
import javax.security.sasl.SaslServer;
import javax.security.sasl.SaslServerFactory;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallback;

/**
 * The login of MSK's IAM listener: verifies a request for kafka-cluster:Connect that was presigned with Signature
 * Version 4, as a token of OAUTHBEARER and as a message of AWS_MSK_IAM, with the keys that the test made up.
 */
public final class Iam {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static String region;
    private static JsonNode keys;

    /** {region, keys: {accessKeyId: {secret, token (null: none), arn}}} */
    static void know(JsonNode wanted) {
        region = wanted.get("region").asText();
        keys = wanted.get("keys");
    }

    /** The ARN of whoever signed. The parameters of the presigned request in lower case; names that are not signed left out. */
    private static String verify(Map<String, String> signed, String host) throws Exception {
        String signature = need(signed, "X-Amz-Signature");
        signed.remove("X-Amz-Signature");
        String[] scope = need(signed, "X-Amz-Credential").split("/");
        String date = need(signed, "X-Amz-Date");
        if (scope.length != 5 || !scope[1].equals(date.substring(0, 8)) || !scope[2].equals(region)
            || !scope[3].equals("kafka-cluster") || !scope[4].equals("aws4_request")) throw denied("the scope");
        JsonNode key = keys.get(scope[0]);
        if (key == null) throw denied("the key");
        String token = key.get("token").isNull() ? null : key.get("token").asText();
        if (token != null && !token.equals(signed.get("X-Amz-Security-Token"))) throw denied("the session token");
        Instant from = TIME.parse(date, Instant::from);
        if (Instant.now().isAfter(from.plusSeconds(Long.parseLong(need(signed, "X-Amz-Expires"))))
            || Instant.now().plusSeconds(300).isBefore(from)) throw denied("the time");
        if (!"kafka-cluster:Connect".equals(signed.get("Action")) || !"AWS4-HMAC-SHA256".equals(signed.get("X-Amz-Algorithm"))
            || !"host".equals(signed.get("X-Amz-SignedHeaders"))) throw denied("the request");
        String query = signed.entrySet().stream().map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
        String request = "GET\n/\n" + query + "\nhost:" + host + "\n\nhost\n" + hash("");
        String stated = "AWS4-HMAC-SHA256\n" + date + "\n" + scope[1] + "/" + region + "/kafka-cluster/aws4_request\n" + hash(request);
        byte[] derived = ("AWS4" + key.get("secret").asText()).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(scope[1], region, "kafka-cluster", "aws4_request", stated)) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(derived, "HmacSHA256"));
            derived = mac.doFinal(part.getBytes(StandardCharsets.UTF_8));
        }
        if (!hex(derived).equals(signature)) throw denied("the signature");
        return key.get("arn").asText();
    }

    private static String need(Map<String, String> signed, String name) throws DeniedException {
        String value = signed.get(name);
        if (value == null) throw denied(name);
        return value;
    }

    private static DeniedException denied(String because) {
        return new DeniedException(because);
    }

    /** Its message stays in this process: MSK says no more than that access is denied. */
    private static final class DeniedException extends Exception {
        DeniedException(String because) {
            super(because);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static String hash(String text) throws Exception {
        return hex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) text.append(String.format("%02x", value));
        return text.toString();
    }

    private abstract static class Handler implements AuthenticateCallbackHandler {
        Map<String, ?> options = Map.of();

        @Override public void configure(Map<String, ?> settings, String mechanism, List<AppConfigurationEntry> entries) {
            if (!entries.isEmpty()) options = entries.get(0).getOptions();
        }

        @Override public void close() {}
    }

    /** OAUTHBEARER at the broker: the token is the presigned URL in base64url. */
    public static final class Tokens extends Handler {
        @Override public void handle(Callback[] callbacks) {
            for (Callback callback : callbacks)
                if (callback instanceof OAuthBearerValidatorCallback asked) {
                    try {
                        URI url = URI.create(new String(Base64.getUrlDecoder().decode(asked.tokenValue()), StandardCharsets.UTF_8));
                        Map<String, String> signed = new TreeMap<>();
                        for (String pair : url.getRawQuery().split("&")) {
                            String[] parts = pair.split("=", 2);
                            signed.put(decode(parts[0]), decode(parts[1]));
                        }
                        signed.remove("User-Agent");
                        if (!url.getHost().equals("kafka." + region + ".amazonaws.com")) throw denied("the host");
                        asked.token(new Token(asked.tokenValue(), verify(signed, url.getHost())));
                    } catch (Exception error) {
                        asked.error("invalid_token", null, null);
                    }
                }
        }

        private static String decode(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }

    /** OAUTHBEARER at a client: the token that the option `given` holds. */
    public static final class GivenToken extends Handler {
        @Override public void handle(Callback[] callbacks) {
            for (Callback callback : callbacks)
                if (callback instanceof OAuthBearerTokenCallback asked)
                    asked.token(new Token(String.valueOf(options.get("given")), "given"));
        }
    }

    private record Token(String value, String principalName) implements OAuthBearerToken {
        @Override public Set<String> scope() {
            return Set.of();
        }

        @Override public long lifetimeMs() {
            return System.currentTimeMillis() + 900_000;
        }

        @Override public Long startTimeMs() {
            return null;
        }
    }

    /** AWS_MSK_IAM needs no login of the broker itself, but its server has to be registered. */
    public static final class Login implements LoginModule {
        static {
            Security.addProvider(new Provider("TestIam", "1", "AWS_MSK_IAM for test brokers") {
                {
                    put("SaslServerFactory.AWS_MSK_IAM", Factory.class.getName());
                }
            });
        }

        @Override public void initialize(Subject subject, CallbackHandler handler, Map<String, ?> state, Map<String, ?> options) {}

        @Override public boolean login() {
            return true;
        }

        @Override public boolean commit() {
            return true;
        }

        @Override public boolean abort() {
            return false;
        }

        @Override public boolean logout() {
            return true;
        }
    }

    /** AWS_MSK_IAM asks its handler nothing. */
    public static final class Nothing extends Handler {
        @Override public void handle(Callback[] callbacks) {}
    }

    public static final class Factory implements SaslServerFactory {
        @Override public SaslServer createSaslServer(String mechanism, String protocol, String server, Map<String, ?> settings, CallbackHandler handler) {
            return new Server();
        }

        @Override public String[] getMechanismNames(Map<String, ?> settings) {
            return new String[] {"AWS_MSK_IAM"};
        }
    }

    /** One message: the presigned request as JSON with names in lower case; the answer names a request id. */
    private static final class Server implements SaslServer {
        private static final ObjectMapper JSON = new ObjectMapper();
        private static final Map<String, String> NAMES = Map.of("action", "Action", "x-amz-algorithm", "X-Amz-Algorithm",
            "x-amz-credential", "X-Amz-Credential", "x-amz-date", "X-Amz-Date", "x-amz-expires", "X-Amz-Expires",
            "x-amz-signedheaders", "X-Amz-SignedHeaders", "x-amz-security-token", "X-Amz-Security-Token",
            "x-amz-signature", "X-Amz-Signature");
        private String arn;

        @Override public byte[] evaluateResponse(byte[] response) {
            String id = java.util.UUID.randomUUID().toString();
            try {
                JsonNode message = JSON.readTree(response);
                if (!"2020_10_22".equals(message.get("version").asText())) throw denied("the version");
                Map<String, String> signed = new TreeMap<>();
                NAMES.forEach((name, query) -> {
                    if (message.has(name)) signed.put(query, message.get(name).asText());
                });
                arn = verify(signed, message.get("host").asText());
                return JSON.writeValueAsBytes(Map.of("version", "2020_10_22", "request-id", id));
            } catch (Exception error) {
                throw new SaslAuthenticationException("[" + id + "]: Access denied");
            }
        }

        @Override public String getMechanismName() {
            return "AWS_MSK_IAM";
        }

        @Override public boolean isComplete() {
            return arn != null;
        }

        @Override public String getAuthorizationID() {
            return arn;
        }

        @Override public Object getNegotiatedProperty(String name) {
            return null;
        }

        @Override public byte[] unwrap(byte[] incoming, int offset, int length) {
            throw new IllegalStateException();
        }

        @Override public byte[] wrap(byte[] outgoing, int offset, int length) {
            throw new IllegalStateException();
        }

        @Override public void dispose() {}
    }
}
