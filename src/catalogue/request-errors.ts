/** Lambda's answers to a refused creation, update or deletion of a mapping; tools add their own words. */
import { waitForRights, type KnownText } from './known-text.js';

export const requestErrors: readonly KnownText[] = [
  {
    id: 'request-function-busy',
    fragments: [
      'an update is in progress for resource',
      'the function is currently in the following state',
      'could not be updated due to a concurrent update',
      'due to a concurrent update operation',
    ],
    text: 'ResourceConflictException: The operation cannot be performed at this time. An update is in progress for resource: ARN',
    meaning:
      'The function is being created or updated, for example by a deployment, and accepts no other change until then. The error is not about a mapping: do not delete anything.',
    causes: [{ check: 'function.state', because: 'the function is in a transitional state or is stuck in one' }],
    remedy:
      'Wait until the function is Active and its LastUpdateStatus is Successful (`aws lambda wait function-updated-v2`), then try again. If the error returns, make sure that only one pipeline deploys the function at a time.',
  },
  {
    id: 'request-mapping-exists',
    fragments: [
      'existing mapping with uuid',
      'provided mapping already exists',
      ['an event source mapping with', 'already exists'],
    ],
    text: 'An event source mapping with event source arn ("ARN"), function ("ARN") and topics ("TOPIC") already exists. Please update or delete the existing mapping with UUID UUID',
    meaning:
      'Lambda allows one mapping for each combination of cluster, function and topic, and this one exists. Common reasons: a tool that creates before it deletes, a second stack, or a mapping that was created manually.',
    causes: [
      {
        check: 'mapping.conflict',
        because: 'the mapping in the message has the same cluster, function and topic',
      },
    ],
    remedy:
      'Change the mapping in the message, or delete it first. A new mapping without its own ConsumerGroupId begins at its StartingPosition again.',
  },
  {
    id: 'request-source-rights',
    fragments: ['ensure the role can perform'],
    unless: ['cannot access secret manager value'],
    text: 'Please ensure the role can perform the ACTION actions on your broker in IAM.',
    meaning: 'Lambda called the event source or its secret with the execution role, and the call was denied.',
    causes: [
      { check: 'access.secret', because: 'the execution role may not read the secret' },
      {
        check: 'access.msk-api',
        because: 'the execution role may not describe the cluster or get its bootstrap brokers',
      },
    ],
    remedy: waitForRights,
  },
  {
    id: 'request-secret-format',
    fragments: ['does not have the expected format of'],
    text: 'The secret value with ARN ARN does not have the expected format of: {"certificate": "…", "privateKey": "…", (OPTIONAL) "privateKeyPassword": "…"}',
    meaning:
      'Lambda read the secret, but its fields are not those that the mapping’s authentication requires. The message shows the required names.',
    causes: [
      { check: 'secret.certificate', because: 'the secret has no field “certificate”' },
      { check: 'secret.private-key', because: 'the secret has no field “privateKey”' },
      { check: 'secret.scram', because: 'the secret has no fields “username” and “password”' },
      {
        check: 'mapping.source-access',
        because: 'the authentication type of the mapping does not match the secret',
      },
    ],
    remedy:
      'Store the secret as JSON with the fields in the message, or use the type that matches the secret. `msk-lambda secret check` shows what is missing.',
  },
  {
    id: 'request-group-not-updatable',
    fragments: ["consumergroupid' parameter"],
    text: "Unsupported 'amazonManagedKafkaEventSourceConfig.consumerGroupId' parameter for given event source mapping type.",
    meaning:
      'An update contained a consumer group ID. It can be set only when the mapping is created; even the same value is rejected later.',
    causes: [{ check: 'mapping.consumer-group', because: 'the consumer group of a mapping cannot be changed' }],
    remedy: 'Remove ConsumerGroupId from the update. To change it, recreate the mapping (msk-lambda recreate).',
  },
  {
    id: 'request-on-success-destination',
    fragments: ['unsupported destinationconfig parameter'],
    text: 'Unsupported DestinationConfig parameter for given event source mapping type.',
    meaning: 'The request contains an OnSuccess destination, which Kafka event source mappings do not support.',
    causes: [{ check: 'mapping.destination', because: 'only on-failure destinations are supported' }],
    remedy: 'Remove OnSuccess.',
  },
  {
    id: 'request-unsupported-parameter',
    fragments: ['parameter for given event source mapping type'],
    unless: ["consumerGroupId' parameter", 'unsupported DestinationConfig parameter'],
    text: "Unsupported 'PARAMETER' parameter for given event source mapping type.",
    meaning:
      'Event source mappings on MSK do not support this parameter, or only in provisioned mode. Retries, record age, bisecting, a Kafka topic as destination, a schema registry and poller logs require provisioned mode.',
    causes: [
      { check: 'mapping.provisioned-pollers', because: 'the parameter requires provisioned mode' },
      {
        check: 'mapping.destination',
        because: 'retry limits and a Kafka topic as destination require provisioned mode',
      },
    ],
    remedy: 'Remove the parameter, or set ProvisionedPollerConfig (provisioned mode).',
  },
  {
    id: 'request-empty-on-failure',
    fragments: ['destination field is required for an onfailure configuration'],
    text: 'The Destination field is required for an OnFailure configuration.',
    meaning: 'The request contains an OnFailure block without a destination.',
    causes: [{ check: 'mapping.destination', because: 'the block has no destination' }],
    remedy: 'Remove the block. To remove a destination, send an empty DestinationConfig.',
  },
  {
    id: 'request-malformed-destination',
    fragments: ["'destinationconfig.onfailure.destination' failed to satisfy"],
    text: "1 validation error detected: Value 'VALUE' at 'destinationConfig.onFailure.destination' failed to satisfy constraint",
    meaning: 'The on-failure destination is neither an ARN nor kafka://TOPIC.',
    causes: [{ check: 'mapping.destination', because: 'Lambda does not support this type of destination' }],
    remedy: 'Use the ARN of an SQS queue, an SNS topic or an S3 bucket, or kafka://TOPIC in provisioned mode.',
  },
  {
    id: 'request-timestamp-missing',
    fragments: ['need to specify a timestamp'],
    text: 'Need to specify a timestamp',
    meaning: 'The starting position is AT_TIMESTAMP, but StartingPositionTimestamp is missing.',
    causes: [{ check: 'mapping.starting-position', because: 'AT_TIMESTAMP requires a timestamp' }],
    remedy: 'Set StartingPositionTimestamp to a time that is not in the future.',
  },
  {
    id: 'request-starting-position',
    fragments: ["at 'startingposition' failed to satisfy", 'unsupported starting position for arn type'],
    text: "1 validation error detected: Value VALUE at 'startingPosition' failed to satisfy constraint",
    meaning: 'The starting position is missing or is not LATEST, TRIM_HORIZON or AT_TIMESTAMP.',
    causes: [
      { check: 'mapping.starting-position', because: 'a Kafka event source mapping requires a starting position' },
    ],
    remedy: 'Set StartingPosition. TRIM_HORIZON begins at the oldest record and skips nothing.',
  },
  {
    id: 'request-source-access-missing',
    fragments: ["required 'sourceaccessconfigurations' parameter is missing"],
    text: "Required 'sourceAccessConfigurations' parameter is missing.",
    meaning:
      'A mapping on self-managed Kafka requires credentials or a VPC. With MSK, the reason is a request with broker addresses instead of the cluster’s ARN.',
    causes: [{ check: 'mapping.source-access', because: 'SourceAccessConfigurations is missing' }],
    remedy: 'Set EventSourceArn to the cluster’s ARN.',
  },
  {
    id: 'request-unrecognized-source',
    fragments: ['unrecognized event source', 'unsupported source arn'],
    text: 'Unrecognized event source.',
    meaning:
      'Lambda does not support the event source ARN. Check its partition, the service kafka, and the cluster UUID at its end.',
    causes: [{ check: 'cluster.state', because: 'no cluster has this ARN' }],
    remedy: 'Copy the ARN from `aws kafka list-clusters-v2`.',
  },
  {
    id: 'request-filter-pattern',
    fragments: ['invalid filter pattern definition'],
    text: 'Invalid filter pattern definition.',
    meaning: 'A filter pattern is not a valid JSON filter rule.',
    causes: [{ check: 'mapping.filter', because: 'the pattern is not valid' }],
  },
  {
    id: 'request-function-missing',
    fragments: ['function does not exist', 'function not found'],
    text: 'Function does not exist',
    meaning: 'No function, version or alias has this name in the region.',
    causes: [{ check: 'function.state', because: 'the function, version or alias does not exist' }],
  },
  {
    id: 'request-in-use',
    fragments: [
      ['resourceinuseexception', 'event source mapping'],
      ['resourceinuseexception', 'service: lambda'],
      'lambda.model.resourceinuseexception',
      'event source mapping because it is in use',
      'event source mapping is currently being',
    ],
    text: 'ResourceInUseException: Cannot update the event source mapping because it is in use.',
    meaning: 'The mapping is Creating, Updating or Deleting and accepts no other change until then.',
    causes: [{ check: 'mapping.state', because: 'the mapping is in a transitional state' }],
    remedy: 'Wait until its state is Enabled or Disabled, then try again.',
  },
  {
    id: 'request-throttled',
    fragments: ['toomanyrequestsexception', 'callerratelimitexceeded', 'rate exceeded'],
    text: 'TooManyRequestsException: Rate exceeded',
    meaning:
      'An AWS API received more requests per second than it allows. The error is not about the mapping or invocations of the function.',
    causes: [],
    remedy: 'Wait a few seconds and retry with exponential backoff.',
  },
];
