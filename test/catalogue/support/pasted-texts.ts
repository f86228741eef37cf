/** Texts as users paste them, by the entry that must explain each. */
const client = {
  'client-too-many-connects': [
    'Caused by: org.apache.kafka.common.errors.SaslAuthenticationException: [5d1c7a10-1111-4111-8111-aaaaaaaaaaaa]: Too many connects',
    '[WARN] unable to initialize sasl; broker: 3, err: [5d1c7a10-1111-4111-8111-aaaaaaaaaaaa]: Too many connects: SASL_AUTHENTICATION_FAILED: SASL Authentication failed',
    'kafka: client has run out of available brokers to talk to: [5d1c7a10]: Too many connects',
    'KafkaJSSASLAuthenticationError: [5d1c7a10]: Too many connects',
    '%3|1699|FAIL|rdkafka#consumer-1| SASL authentication error: [5d1c7a10]: Too many connects (after 90ms in state AUTH_REQ)',
    "SaslAuthenticationFailedError('[5d1c7a10]: Too many connects')",
  ],
  'client-iam-denied': [
    'org.apache.kafka.common.errors.SaslAuthenticationException: [7d0ab893-9b16-4371-a8b2-1ae9b5ce73a5]: Access denied',
    '[Error 58] SaslAuthenticationFailedError: [cc8333d3-37a9-4bb8-9d5a-1b1127502cad]: Access denied',
    'SASL authentication error: [x]: Access denied (after 312ms in state AUTH_REQ)',
    'unable to initialize sasl: [x]: Access denied: SASL_AUTHENTICATION_FAILED: SASL Authentication failed',
  ],
  'client-no-credentials': [
    'Failed to find AWS IAM Credentials [Caused by com.amazonaws.SdkClientException: Unable to load AWS credentials from any provider in the chain]',
  ],
  'client-scram-credentials': [
    'SaslAuthenticationException: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512',
    'SASL authentication error: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512 (after 5ms)',
    'KafkaJSSASLAuthenticationError: SASL SCRAM SHA512 authentication failed: wrong user',
    'kafka: client has run out of available brokers to talk to: kafka server: SASL Authentication failed: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512',
  ],
  'client-unsupported-mechanism': [
    "UnsupportedSaslMechanismException: Client SASL mechanism 'SCRAM-SHA-256' not enabled in the server, enabled mechanisms are [SCRAM-SHA-512]",
    'KafkaJSSASLAuthenticationError: SASL PLAIN mechanism is not supported by the server',
    'kafka server: The broker does not support the requested SASL mechanism',
    '[33] Unsupported SASL Mechanism: the broker does not support this',
    'UNSUPPORTED_SASL_MECHANISM: The broker does not support the requested SASL mechanism.',
  ],
  'client-no-login': [
    'IllegalSaslStateException: Unexpected Kafka request of type METADATA during SASL handshake.',
    'ILLEGAL_SASL_STATE: Request is not valid given the current SASL state.',
  ],
  'client-wrong-protocol': [
    'org.apache.kafka.common.network.InvalidReceiveException: Invalid receive (size = 369296128 larger than 104857600)',
    '%7|PROTOUFLOW| Invalid response size 352518912 (0..100000000): increase receive.message.max.bytes',
    'kafka: message of length 352518912 too large or too small',
    'java.lang.OutOfMemoryError: Java heap space at org.apache.kafka.common.memory.MemoryPool$1.tryAllocate',
    'Disconnected while requesting ApiVersion: might be caused by incorrect security.protocol configuration (connecting to a SSL listener?)',
    'SSL handshake failed: error:wrong version number: (connecting to a PLAINTEXT broker listener?)',
    'dial tcp b-1.orders.kafka.eu-west-1.amazonaws.com:9092: tls: first record does not look like a TLS handshake',
    'Connection to node -1 (b-1/10.0.1.5:9098) terminated during authentication. This may happen due to any of the following reasons: (1) Authentication failed due to invalid credentials',
  ],
  'client-certificate-refused': [
    'javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate',
    'remote error: tls: certificate required',
    'error:0A000412:SSL routines::sslv3 alert bad certificate: SSL alert number 42',
    'org.apache.kafka.common.errors.SslAuthenticationException: SSL handshake failed Caused by: Received fatal alert: certificate_unknown',
    'KafkaJSConnectionError: Connection error: tlsv13 alert certificate required',
  ],
  'client-broker-untrusted': [
    'SslAuthenticationException: SSL handshake failed: PKIX path building failed: unable to find valid certification path to requested target',
    'ssl://b-1.orders.kafka.eu-west-1.amazonaws.com:9094/bootstrap: SSL handshake failed: certificate verify failed: broker certificate could not be verified',
    'kafka: x509: certificate signed by unknown authority',
    'KafkaJSConnectionError: unable to get local issuer certificate',
  ],
  'client-transactional-id-authorization': [
    'org.apache.kafka.common.errors.TransactionalIdAuthorizationException: Transactional Id authorization failed.',
    'TRANSACTIONAL_ID_AUTHORIZATION_FAILED: Transactional ID authorization failed.',
    'KafkaError{code=TRANSACTIONAL_ID_AUTHORIZATION_FAILED,val=53,str="Broker: Transactional Id authorization failed"}',
  ],
  'client-leader-not-available': [
    'WARN [Producer clientId=console-producer] Error while fetching metadata: {orders=LEADER_NOT_AVAILABLE}',
    'kafka server: In the middle of a leadership election, there is currently no leader for this partition',
    'Broker: Leader not available',
    'org.apache.kafka.common.errors.NotLeaderOrFollowerException',
    '{"error":"There is no leader for this topic-partition as we are in the middle of a leadership election"}',
  ],
  'client-coordinator-not-available': [
    'org.apache.kafka.common.errors.CoordinatorNotAvailableException: The coordinator is not available.',
    'Broker: Group coordinator not available',
    'COORDINATOR_NOT_AVAILABLE: The coordinator is not available.',
  ],
  'client-name-not-resolved': [
    'org.apache.kafka.common.config.ConfigException: No resolvable bootstrap urls given in bootstrap.servers',
    "b-1.orders.abc.c2.kafka.eu-west-1.amazonaws.com:9098: Failed to resolve 'b-1.orders.abc.c2.kafka.eu-west-1.amazonaws.com:9098': Name or service not known",
    'dial tcp: lookup b-1.orders.abc.c2.kafka.eu-west-1.amazonaws.com: no such host',
    'KafkaJSConnectionError: Connection error: getaddrinfo ENOTFOUND b-1.orders.kafka.amazonaws.com',
  ],
  'client-cannot-reach-brokers': [
    'org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node assignment. Call: listTopics',
    'TimeoutException: Topic orders not present in metadata after 60000 ms.',
    'Bootstrap broker b-1.orders:9098 (id: -1 rack: null) disconnected',
    'KafkaError{code=_TRANSPORT,val=-195,str="Local: Broker transport failure"}',
    'kafka: client has run out of available brokers to talk to: dial tcp 10.0.1.5:9098: i/o timeout',
    '{"level":"ERROR","logger":"kafkajs","message":"[Connection] Connection error: connect ETIMEDOUT 10.0.1.5:9098"}',
    'KafkaConnectionError: Unable to bootstrap from [("b-1.orders", 9098)]',
    'kafka.errors.NoBrokersAvailable: NoBrokersAvailable',
  ],
  'log-topic-authorization': [
    'kafka server: The client is not authorized to access this topic.',
    'TOPIC_AUTHORIZATION_FAILED: Not authorized to access topics: [Topic authorization failed.]',
    'KafkaError{code=TOPIC_AUTHORIZATION_FAILED,val=29,str="Subscribed topic not available: orders: Broker: Topic authorization failed"}',
    '[29] Topic Authorization Failed: the client is not authorized to access the requested topic',
    'KafkaJSProtocolError: Not authorized to access topics: [Topic authorization failed]',
    'aiokafka.errors.TopicAuthorizationFailedError: {orders}',
  ],
  'log-group-authorization': [
    'kafka server: The client is not authorized to access this group',
    'KafkaJSProtocolError: Not authorized to access group: Group authorization failed',
    'Broker: Group authorization failed',
    'GROUP_AUTHORIZATION_FAILED: Not authorized to access group: Group authorization failed.',
    'aiokafka.errors.GroupAuthorizationFailedError: [Error 30]',
    'org.apache.kafka.common.errors.GroupAuthorizationException: Not authorized to access group: readers',
  ],
  'log-cluster-authorization': [
    'kafka server: The client is not authorized to send this request type',
    'CLUSTER_AUTHORIZATION_FAILED: Cluster authorization failed.',
    'Broker: Cluster authorization failed',
  ],
  'log-sasl-authentication': [
    'SASL_AUTHENTICATION_FAILED: SASL Authentication failed.',
    'KafkaJSSASLAuthenticationError: SASL OAUTHBEARER authentication failed',
    'aiokafka.errors.SaslAuthenticationFailedError: [Error 58]',
  ],
  'log-unknown-topic': [
    'kafka server: Request was for a topic or partition that does not exist on this broker',
    'KafkaJSProtocolError: This server does not host this topic-partition',
    'KafkaError{code=_UNKNOWN_TOPIC,val=-188,str="Local: Unknown topic"}',
    'UNKNOWN_TOPIC_OR_PARTITION: This server does not host this topic-partition.',
  ],
};

const conflicts = {
  'request-function-busy': [
    'An error occurred: PaymentsLambdaFunction - The function could not be updated due to a concurrent update operation. (Service: AWSLambda; Status Code: 409; Error Code: ResourceConflictException; Request ID: 11111111-2222-4333-8444-555555555555; Proxy: null)',
    '{ ResourceConflictException: The function could not be updated due to a concurrent update operation.\n    at deserialize (x.js:1:1)\n  httpStatusCode: 409 }',
    'ResourceConflictException: The operation cannot be performed at this time. The function is currently in the following state: Pending',
  ],
  'request-function-exists': [
    'ResourceConflictException: Function already exist: order-handler',
    'Error: creating Lambda Function (order-handler): operation error Lambda: CreateFunction, https response error StatusCode: 409, ResourceConflictException: Function already exist: order-handler',
  ],
  'request-alias-exists': [
    'An error occurred (ResourceConflictException) when calling the CreateAlias operation: Alias already exists: arn:aws:lambda:eu-west-1:111122223333:function:order-handler:live',
  ],
  'request-statement-exists': [
    'An error occurred (ResourceConflictException) when calling the AddPermission operation: The statement id (AllowMsk) provided already exists. Please provide a new statement id, or remove the existing statement.',
  ],
  'request-mapping-exists': [
    'ResourceConflictException: An event source mapping with event source arn ("arn:aws:kafka:eu-west-1:111122223333:cluster/orders/6f0c0d5e-2222-4c1a-9a33-7c2d8f0e6b11-2"), function ("arn:aws:lambda:eu-west-1:111122223333:function:f") and topics ("orders") already exists. Please update or delete the existing mapping with UUID 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11',
  ],
  'request-conflict': ['ResourceConflictException: something new'],
  'request-mapping-missing': [
    'An error occurred (ResourceNotFoundException) when calling the GetEventSourceMapping operation: The resource you requested does not exist.',
    'Error: reading Lambda Event Source Mapping (5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11): couldn’t find resource',
  ],
  'request-cluster-missing': [
    'An error occurred (NotFoundException) when calling the DescribeClusterV2 operation: The cluster is not found.',
    'NotFoundException when calling the GetBootstrapBrokers operation',
  ],
  'request-secret-missing': [
    "An error occurred (ResourceNotFoundException) when calling the GetSecretValue operation: Secrets Manager can't find the specified secret.",
  ],
  'request-role-missing': [
    'An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name order-role cannot be found.',
  ],
  'request-function-missing': [
    'ResourceNotFoundException: Function not found: arn:aws:lambda:eu-west-1:111122223333:function:order-handler',
  ],
};

const scram = {
  'scram-secret-name-prefix': [
    "ErrorCode: InvalidSecretArn, ErrorMessage The provided secret arn cannot be used with Amazon MSK. Secret names must have the prefix 'AmazonMSK_', SecretArn: arn:aws:secretsmanager:eu-west-1:111122223333:secret:payments-AbCdEf",
    '{"UnprocessedScramSecrets":[{"ErrorCode":"InvalidSecretArn","ErrorMessage":"The provided secret arn cannot be used with Amazon MSK. Secret names must have the prefix \'AmazonMSK_\'"}]}',
  ],
  'scram-secret-default-key': [
    'InvalidSecretArn: The provided secret is encrypted with the default key. You can’t use this secret with Amazon MSK.',
  ],
  'scram-secret-not-accessible': [
    "'UnprocessedScramSecrets.0.ErrorCode': 'InvalidSecretArn', 'UnprocessedScramSecrets.0.ErrorMessage': \"Amazon MSK wasn't able to access the provided secret.\"",
  ],
  'scram-secret-format': ['InvalidSecretArn: The provided secret has an invalid schema. SecretArn: arn:aws:x'],
  'scram-secret-already-associated': ['The provided secret ARN is already associated with this cluster.'],
  'scram-secret-refused': [
    'ErrorCode: InvalidSecretArn, ErrorMessage InvalidSecretArn, SecretArn: InvalidSecretArn',
    '{"UnprocessedScramSecrets":[{"ErrorCode":"SomethingNew","SecretArn":"arn:aws:x"}]}',
  ],
};

const records = {
  'record-retries-exhausted': [
    '{"requestContext":{"requestId":"316aa6d0","functionArn":"arn:aws:lambda:eu-west-1:111122223333:function:f","condition":"RetriesExhausted","approximateInvokeCount":1},"KafkaBatchInfo":{"batchSize":500}}',
    '"condition": "RetryAttemptsExhausted"',
    'RetriesExhausted',
  ],
  'record-payload-too-large': [
    '{"requestContext":{"condition":"MaximumPayloadSizeExceeded"},"responseContext":null,"KafkaBatchInfo":{}}',
    'MaximumPayloadSizeExceeded',
  ],
  'record-schema-not-found': ['SCHEMA_NOT_FOUND', '{"requestContext":{"condition":"SCHEMA_NOT_FOUND"}}'],
  'record-deserialization-error': ['DESERIALIZATION_ERROR'],
};

const others = {
  'other-event-source': [
    'PROBLEM: Queue visibility timeout: 30 seconds is less than Function timeout: 900 seconds',
    'The function execution role does not have permissions to call ReceiveMessage on SQS',
    'An event source mapping with SQS arn (" arn:aws:sqs:eu-west-1:111122223333:q ") and function (" f ") already exists. Please update or delete the existing mapping with UUID 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11',
    'The event source arn (" arn:aws:kinesis:eu-west-1:111122223333:stream/s ") and function (" f ") provided mapping already exists. Please update or delete the existing mapping with UUID 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11',
    'Cannot access stream arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/2026. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.',
    '{"EventSourceArn": "arn:aws:kinesis:eu-west-1:111122223333:stream/s", "LastProcessingResult": "PROBLEM: Function call failed"}',
    '{"requestContext":{"condition":"RetryAttemptsExhausted"},"KinesisBatchInfo":{"shardId":"shardId-000000000001"}}',
    '{"requestContext":{"condition":"RetryAttemptsExhausted"},"DDBStreamBatchInfo":{}}',
    'The function execution role does not have permissions to call DescribeStream on DYNAMODB',
  ],
};

const keys = {
  'secret-key-denied': [
    'An error occurred (AccessDeniedException) when calling the GetSecretValue operation: Access to KMS is not allowed',
  ],
  'key-not-usable': [
    'AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  ],
  'access-denied-encoded': [
    'An error occurred (UnauthorizedOperation) when calling the CreateNetworkInterface operation: You are not authorized to perform this operation. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6X',
  ],
  'access-denied-unnamed': [
    'An error occurred (AccessDeniedException) when calling the ListClustersV2 operation: None',
  ],
  'request-function-throttled': [
    'TooManyRequestsException: Rate Exceeded. Reason: ReservedFunctionConcurrentInvocationLimitExceeded',
  ],
};

const translations = {
  'cluster-failed-to-authorize': [
    '集群未能授权 Lambda',
    'クラスターが Lambda の認可に失敗しました',
    'Cluster konnte Lambda nicht autorisieren',
    'Le cluster n’a pas pu autoriser Lambda',
    "Le cluster n'a pas pu autoriser Lambda",
  ],
  'sasl-authentication-failed': [
    'SASL 身份验证失败',
    'SASL 認証に失敗した',
    'SASL-Authentifizierung fehlgeschlagen',
    'Échec de l’authentification SASL',
  ],
  'server-failed-to-authenticate-lambda': ['サーバーが Lambda の認証に失敗しました'],
  'lambda-failed-to-authenticate-server': ['Lambda がサーバーの認証に失敗しました', 'Lambda 未能对服务器进行身份验证'],
  'invalid-certificate-or-key': ['提供的证书或私有密钥无效'],
};

/** Answers about values, busy mappings and invocations, by other SDKs and languages too. */
const values = {
  'request-invalid-value': [
    "1 validation error detected: Value '[Orders Topic]' at 'topics' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 249, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [^.]([a-zA-Z0-9\\-_.]+)]",
    "An error occurred (ValidationException) when calling the CreateEventSourceMapping operation: 1 validation error detected: Value '10001' at 'batchSize' failed to satisfy constraint: Member must have value less than or equal to 10000",
    "api error ValidationException: 2 validation errors detected: Value '0' at 'provisionedPollerConfig.minimumPollers' failed to satisfy constraint: Member must have value greater than or equal to 1",
    "Value '[SourceAccessConfiguration(type=SASL, uRI=x)]' at 'sourceAccessConfigurations.1.member.type' failed to satisfy constraint: Member must satisfy enum value set",
  ],
  'request-in-use': [
    'software.amazon.awssdk.services.lambda.model.ResourceInUseException: The operation cannot be performed because the resource is in use. (Service: Lambda, Status Code: 400, Request ID: 0)',
    'Aws::Lambda::Errors::ResourceInUseException on UpdateEventSourceMapping',
  ],
  'function-timed-out': [
    '2026-11-24T10:00:03.004Z 6f3c Task timed out after 3.00 seconds',
    '{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: 6f3c Error: Task timed out after 30.00 seconds"}',
  ],
  'function-environment-not-decrypted': [
    "KMSAccessDeniedException: Lambda was unable to decrypt the environment variables because KMS access was denied. Please check the function's KMS key settings.",
  ],
  'filter-not-decrypted': [
    '{"FilterCriteriaError": {"ErrorCode": "KMSAccessDeniedException", "Message": "Access to the key was denied"}}',
  ],
  'other-event-source': [
    'InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
  ],
};

/** Beginnings of Lambda's texts, as a narrow column shows them: they are nothing more than that. */
export const cutTexts: Record<string, readonly string[]> = {
  'cluster-failed-to-authorize': ['PROBLEM: Cluster failed to auth', '| PROBLEM: Cluster failed to author…'],
  'connection-error': ['PROBLEM: Connection error. Please check your event sou...'],
  'vpc-cannot-reach-aws': ['Connection error. Your VPC must be a…'],
  'cannot-assume-role': ['PROBLEM: Lambda failed to assume your func'],
  'server-failed-to-authenticate-lambda': ['PROBLEM: Server failed to aut'],
};

export const pastedTexts: readonly (readonly [id: string, text: string])[] = [
  client,
  conflicts,
  scram,
  records,
  others,
  keys,
  translations,
  values,
].flatMap((group: Record<string, readonly string[]>) =>
  Object.entries(group).flatMap(([id, texts]) => texts.map((text) => [id, text] as const)),
);

/** Texts of other programs, or of nobody: the catalogue may not claim them. */
export const foreignTexts: readonly string[] = [
  'Lambda failed to',
  'Cluster',
  'psql: connection error: could not connect to server',
  'ERROR 2003: connection error',
  'Connection error: the printer is out of paper',
  'remote: Repository already exists',
  'topics: already exists',
  'dial tcp 10.0.0.1:5432: i/o timeout',
  'certificate verify failed',
  'java.lang.OutOfMemoryError: Java heap space',
  'lookup db.internal: no such host',
  'The secret of success is already associated with work.',
  '{"UnprocessedScramSecrets": []}',
  'wrong version number',
  'mechanism',
  'Rate your experience',
  'an update is available',
];
