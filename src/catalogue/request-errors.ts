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
      'The function is being created or updated by something else, a deployment for example, and takes no other change meanwhile. This is not about a mapping: delete nothing.',
    causes: [
      { check: 'function.state', because: 'the function is in a passing state, or stays in one that it cannot leave' },
    ],
    remedy:
      'Wait until the function is Active and its LastUpdateStatus is Successful (`aws lambda wait function-updated-v2`), then try again. Where it comes back, let only one pipeline deploy the function at a time.',
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
      'Lambda keeps one mapping for each cluster, function and topic, and this one exists. It comes from a tool that creates before it deletes, from a second stack, or from a mapping made by hand.',
    causes: [
      {
        check: 'mapping.conflict',
        because: 'the mapping that the text names has the same cluster, function and topic',
      },
    ],
    remedy:
      'Change the mapping that the text names, or delete it first. A mapping that is made anew without a consumer group of its own starts again from its StartingPosition.',
  },
  {
    id: 'request-source-rights',
    fragments: ['ensure the role can perform'],
    unless: ['cannot access secret manager value'],
    text: 'Please ensure the role can perform the ACTION actions on your broker in IAM.',
    meaning: 'Lambda tried a call on the event source or its secret with the execution role, and it was refused.',
    causes: [
      { check: 'access.secret', because: 'the execution role may not read the secret' },
      { check: 'access.msk-api', because: 'the execution role may not ask MSK for the cluster and its brokers' },
    ],
    remedy: waitForRights,
  },
  {
    id: 'request-secret-format',
    fragments: ['does not have the expected format of'],
    text: 'The secret value with ARN ARN does not have the expected format of: {"certificate": "…", "privateKey": "…", (OPTIONAL) "privateKeyPassword": "…"}',
    meaning:
      'Lambda read the secret, and its members are not those that the mapping’s authentication asks for: the text shows their names.',
    causes: [
      { check: 'secret.certificate', because: 'the secret has no certificate under that name' },
      { check: 'secret.private-key', because: 'the secret has no private key under that name' },
      { check: 'secret.scram', because: 'the secret has no user name or password under those names' },
      {
        check: 'mapping.source-access',
        because: 'the type of the authentication is not the one that the secret is made for',
      },
    ],
    remedy:
      'Store the secret as JSON with the members that the text names, or name the type that fits it. `msk-lambda secret check` says what it lacks.',
  },
  {
    id: 'request-group-not-updatable',
    fragments: ["consumergroupid' parameter"],
    text: "Unsupported 'amazonManagedKafkaEventSourceConfig.consumerGroupId' parameter for given event source mapping type.",
    meaning:
      'An update carried a consumer group id. It is set once, when the mapping is made; even the same value is refused afterwards.',
    causes: [{ check: 'mapping.consumer-group', because: 'the group of a mapping cannot be changed' }],
    remedy: 'Leave ConsumerGroupId out of the update. To change it, make the mapping anew.',
  },
  {
    id: 'request-on-success-destination',
    fragments: ['unsupported destinationconfig parameter'],
    text: 'Unsupported DestinationConfig parameter for given event source mapping type.',
    meaning: 'The request names an OnSuccess destination, which Kafka mappings do not have.',
    causes: [{ check: 'mapping.destination', because: 'only an on-failure destination exists' }],
    remedy: 'Leave OnSuccess out.',
  },
  {
    id: 'request-unsupported-parameter',
    fragments: ['parameter for given event source mapping type'],
    unless: ["consumerGroupId' parameter", 'unsupported DestinationConfig parameter'],
    text: "Unsupported 'PARAMETER' parameter for given event source mapping type.",
    meaning:
      'The parameter is not one of Kafka mappings on MSK, or not in this mode: retries, record age, bisecting, a Kafka topic as destination, a schema registry and poller logs need provisioned pollers.',
    causes: [
      { check: 'mapping.provisioned-pollers', because: 'the parameter needs provisioned pollers' },
      { check: 'mapping.destination', because: 'retries and a Kafka destination need provisioned pollers' },
    ],
    remedy: 'Leave the parameter out, or give the mapping a ProvisionedPollerConfig.',
  },
  {
    id: 'request-empty-on-failure',
    fragments: ['destination field is required for an onfailure configuration'],
    text: 'The Destination field is required for an OnFailure configuration.',
    meaning: 'The request holds an OnFailure block without a destination.',
    causes: [{ check: 'mapping.destination', because: 'the block names no destination' }],
    remedy: 'Leave the block out; to take a destination away, send an empty DestinationConfig.',
  },
  {
    id: 'request-malformed-destination',
    fragments: ["'destinationconfig.onfailure.destination' failed to satisfy"],
    text: "1 validation error detected: Value 'VALUE' at 'destinationConfig.onFailure.destination' failed to satisfy constraint",
    meaning: 'The on-failure destination is neither an ARN nor of the form kafka://TOPIC.',
    causes: [{ check: 'mapping.destination', because: 'the destination is of no kind that Lambda knows' }],
    remedy: 'Give the ARN of a queue, an SNS topic or a bucket; or kafka://TOPIC with provisioned pollers.',
  },
  {
    id: 'request-timestamp-missing',
    fragments: ['need to specify a timestamp'],
    text: 'Need to specify a timestamp',
    meaning: 'The starting position is AT_TIMESTAMP, and no StartingPositionTimestamp is given.',
    causes: [{ check: 'mapping.starting-position', because: 'AT_TIMESTAMP goes with a timestamp' }],
    remedy: 'Give StartingPositionTimestamp: an instant that is not in the future.',
  },
  {
    id: 'request-starting-position',
    fragments: ["at 'startingposition' failed to satisfy", 'unsupported starting position for arn type'],
    text: "1 validation error detected: Value VALUE at 'startingPosition' failed to satisfy constraint",
    meaning: 'The starting position is missing or not one of LATEST, TRIM_HORIZON and AT_TIMESTAMP.',
    causes: [{ check: 'mapping.starting-position', because: 'a Kafka mapping must be told where to start' }],
    remedy: 'Give StartingPosition: TRIM_HORIZON misses no record.',
  },
  {
    id: 'request-source-access-missing',
    fragments: ["required 'sourceaccessconfigurations' parameter is missing"],
    text: "Required 'sourceAccessConfigurations' parameter is missing.",
    meaning:
      'A mapping on self-managed Kafka needs credentials or a VPC. On MSK this comes from a request that names broker addresses where the cluster’s ARN is meant.',
    causes: [{ check: 'mapping.source-access', because: 'SourceAccessConfigurations is not there' }],
    remedy: 'Name the cluster by EventSourceArn.',
  },
  {
    id: 'request-unrecognized-source',
    fragments: ['unrecognized event source', 'unsupported source arn'],
    text: 'Unrecognized event source.',
    meaning:
      'The event source’s ARN is not one that Lambda polls: look at its partition, the word kafka, and the cluster’s UUID at its end.',
    causes: [{ check: 'cluster.state', because: 'there is no cluster of that ARN' }],
    remedy: 'Take the ARN as `aws kafka list-clusters-v2` gives it.',
  },
  {
    id: 'request-filter-pattern',
    fragments: ['invalid filter pattern definition'],
    text: 'Invalid filter pattern definition.',
    meaning: 'A filter’s Pattern is not the JSON of a filter rule.',
    causes: [{ check: 'mapping.filter', because: 'the pattern is not valid' }],
  },
  {
    id: 'request-function-missing',
    fragments: ['function does not exist', 'function not found'],
    text: 'Function does not exist',
    meaning: 'There is no function, version or alias of that name in the region.',
    causes: [{ check: 'function.state', because: 'the function, its version or its alias is not there' }],
  },
  {
    id: 'request-in-use',
    fragments: [
      ['resourceinuseexception', 'event source mapping'],
      'event source mapping because it is in use',
      'event source mapping is currently being',
    ],
    text: 'ResourceInUseException: Cannot update the event source mapping because it is in use.',
    meaning: 'The mapping is still Creating, Updating or Deleting, and takes no other change meanwhile.',
    causes: [{ check: 'mapping.state', because: 'the mapping is in a passing state' }],
    remedy: 'Wait until its state is Enabled or Disabled, then try again.',
  },
  {
    id: 'request-throttled',
    fragments: ['toomanyrequestsexception', 'callerratelimitexceeded', 'rate exceeded'],
    text: 'TooManyRequestsException: Rate exceeded',
    meaning:
      'AWS’s control plane got more requests than it allows in a second. It says nothing about the mapping or the function’s own calls.',
    causes: [],
    remedy: 'Wait some seconds and try again, with growing pauses.',
  },
];
