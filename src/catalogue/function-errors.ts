/** Texts about invocations of the function and about keys that Lambda itself uses, from logs and from the API. */
import type { KnownText } from './known-text.js';

export const functionErrors: readonly KnownText[] = [
  {
    id: 'function-timed-out',
    fragments: [['task timed out after', 'seconds']],
    text: 'Task timed out after 3.00 seconds',
    meaning:
      'The function did not finish within its timeout, so the invocation failed. Lambda retries the complete batch, and its partition waits until the batch succeeds, its limits end or its records leave the topic.',
    causes: [
      { check: 'function.timeout', because: 'the timeout is too short for a batch' },
      { check: 'mapping.batch', because: 'a batch has more records than the function processes in its timeout' },
      { check: 'function.errors', because: 'something that the function calls does not answer' },
    ],
    remedy:
      'Compare the duration of the invocations with the timeout (3 seconds unless you set it). Increase the timeout, or reduce BatchSize.',
  },
  {
    id: 'function-environment-not-decrypted',
    fragments: ['unable to decrypt the environment variables', 'unable to decrypt your environment variables'],
    text: 'KMSAccessDeniedException: Lambda was unable to decrypt the environment variables because KMS access was denied.',
    meaning:
      'Lambda cannot decrypt the environment variables of the function, so no invocation starts its code. It is not about the secret of the mapping.',
    causes: [{ check: 'function.state', because: 'the KMS key of the function is not usable' }],
    remedy:
      'Make sure that the KMS key of the function is enabled and that the execution role may call kms:Decrypt on it. If the role was recreated under its name, assign another role to the function and then this role again, so that Lambda renews its grant on the key.',
  },
  {
    id: 'filter-not-decrypted',
    fragments: [
      ['filtercriteriaerror', 'errorcode'],
      ['decrypt', 'filter criteria'],
      ['decrypt', 'filtercriteria'],
    ],
    text: 'FilterCriteriaError: ErrorCode: KMSAccessDeniedException, Message: Lambda could not decrypt the filter criteria',
    meaning:
      'The filter criteria of the mapping are encrypted with a customer managed key, and Lambda could not decrypt them.',
    causes: [
      { check: 'access.kms', because: 'the key policy does not allow Lambda to decrypt the filter criteria' },
      { check: 'mapping.filter', because: 'the filter cannot be read' },
    ],
  },
  {
    id: 'request-invalid-value',
    fragments: [
      'topics',
      'batchSize',
      'functionName',
      'eventSourceArn',
      'maximumBatchingWindowInSeconds',
      'maximumRetryAttempts',
      'maximumRecordAgeInSeconds',
      'functionResponseTypes',
      'provisionedPollerConfig.minimumPollers',
      'provisionedPollerConfig.maximumPollers',
      'provisionedPollerConfig.pollerGroupName',
      'amazonManagedKafkaEventSourceConfig.consumerGroupId',
      'sourceAccessConfigurations',
    ].map((parameter) => ['failed to satisfy constraint', `at '${parameter}`]),
    text: "1 validation error detected: Value 'VALUE' at 'batchSize' failed to satisfy constraint: Member must have value less than or equal to 10000",
    meaning:
      'Lambda does not accept the value of the named parameter, and changed nothing. The rest of the message is the rule: a range, a length or a pattern.',
    causes: [],
    remedy:
      'Correct the named parameter: Topics takes one topic name, BatchSize 1 to 10,000, MaximumBatchingWindowInSeconds 0 to 300, and the URI of a secret at most 200 characters. `msk-lambda create --dry-run` checks all parameters before the request.',
  },
];
