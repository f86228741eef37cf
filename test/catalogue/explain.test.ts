/** `explain` for every text, as AWS writes it and as tools wrap it: its meaning, causes in order, how to tell them apart, fixes. */
import { describe, expect, test } from 'vitest';
import { errorTextIds } from '../../src/catalogue/texts.js';
import { knownTexts } from '../../src/catalogue/match.js';
import { checks } from '../../src/checks/index.js';
import { checkIds } from '../../src/catalogue/check-ids.js';
import { templateCheckIds } from '../../src/catalogue/template-checks.js';
import { runInProcess } from '../cli/in-process.js';

interface Explained {
  error: string | null;
  meaning: string;
  causes: { check: string; because: string; tell: string }[];
  fixes: (string | { check: string; fix: string })[];
}
const explain = async (text: string): Promise<Explained> => {
  const ran = await runInProcess(['explain', text, '--output', 'json']);
  expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
  return JSON.parse(ran.stdout) as Explained;
};

test('ids are used once, and the ones of a mapping’s texts stay what they were', () => {
  const ids = knownTexts.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining([...errorTextIds]));
});

test.each(knownTexts.map((entry) => [entry.id, entry] as const))('%s', async (id, entry) => {
  for (const text of [entry.id, entry.text, entry.text.toUpperCase()]) {
    const explained = await explain(text);
    expect(explained.error, text).toBe(id);
    expect(explained.meaning.length).toBeGreaterThan(20);
    for (const { check, because, tell } of explained.causes) {
      expect(checkIds).toContain(check);
      expect(because).not.toBe('');
      expect(tell).toBe(checks.find(({ id }) => id === check)!.indicator);
    }
    expect(new Set(explained.causes.map(({ check }) => check)).size, 'a cause once').toBe(explained.causes.length);
    expect(explained.fixes.length, 'something to do').toBeGreaterThan(0);
  }
});

describe('as people paste them', () => {
  const cloudFormation = (message: string) =>
    `Resource handler returned message: "Invalid request provided: ${message} (Service: Lambda, Status Code: 400, Request ID: 0)" (RequestToken: 0, HandlerErrorCode: InvalidRequest)`;
  const cli = (name: string, operation: string, message: string) =>
    `An error occurred (${name}) when calling the ${operation} operation: ${message}`;

  test.each([
    {
      text: 'PROBLEM: Connection error. Please check your event source connection configuration. If your event source lives in a VPC, try setting up a new Lambda function',
      id: 'connection-error',
    },
    {
      text: 'Connection error. Your event source VPC must be able to connect to Lambda and STS, Secrets Manager (if event source authentication is required), and the OnFailure Destination (if one is configured).',
      id: 'vpc-cannot-reach-aws',
    },
    { text: 'Connection error. Your VPC must be able to connect to pipes.', id: 'vpc-cannot-reach-aws' },
    {
      text: 'Pipes does not have enough permission to process your event source. Please add ec2:DescribeSecurityGroups permission to role.',
      id: 'not-enough-permission',
    },
    { text: 'Lambda failed to assume your function execution role.', id: 'cannot-assume-role' },
    { text: 'Certificate and/or private key must be in PEM format.', id: 'invalid-certificate-or-key' },
    { text: 'MSK cluster does not have security groups associated with it', id: 'no-security-groups' },
    { text: 'The provided Kafka broker endpoints cannot be resolved.', id: 'brokers-not-resolved' },
    { text: 'internal Lambda error. Please contact Lambda customer support.', id: 'internal-error' },
    {
      text: cli(
        'InvalidParameterValueException',
        'CreateEventSourceMapping',
        "Cannot access secret manager value arn:aws:secretsmanager:eu-west-1:111122223333:secret:x. Please ensure the role can perform the 'secretsmanager:GetSecretValue' action on your broker in IAM.",
      ),
      id: 'cannot-access-secret',
    },
    {
      text: cloudFormation('The role defined for the function cannot be assumed by Lambda.'),
      id: 'cannot-assume-role',
    },
    {
      text: cloudFormation('The function execution role does not have permissions to call DescribeClusterV2 on MSK'),
      id: 'not-enough-permission',
    },
    {
      text: cli(
        'ResourceConflictException',
        'CreateEventSourceMapping',
        'An event source mapping with event source arn ("a"), function ("f") and topics ("t") already exists. Please update or delete the existing mapping with UUID 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11',
      ),
      id: 'request-mapping-exists',
    },
    {
      text: 'The event source arn (" arn:aws:kafka:x ") and function (" f ") provided mapping already exists. Please update or delete the existing mapping with UUID 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11',
      id: 'request-mapping-exists',
    },
    {
      text: "Unsupported 'maximumRetryAttempts' parameter for given event source mapping type.",
      id: 'request-unsupported-parameter',
    },
    {
      text: "Unsupported 'amazonManagedKafkaEventSourceConfig.consumerGroupId' parameter for given event source mapping type.",
      id: 'request-group-not-updatable',
    },
    {
      text: 'Unsupported DestinationConfig parameter for given event source mapping type.',
      id: 'request-on-success-destination',
    },
    { text: 'The Destination field is required for an OnFailure configuration.', id: 'request-empty-on-failure' },
    {
      text: "1 validation error detected: Value 'orders' at 'destinationConfig.onFailure.destination' failed to satisfy constraint: Member must satisfy regular expression pattern: x",
      id: 'request-malformed-destination',
    },
    { text: 'Need to specify a timestamp', id: 'request-timestamp-missing' },
    {
      text: "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
      id: 'request-starting-position',
    },
    { text: 'Unsupported starting position for arn type: arn:aws:kafka:x', id: 'request-starting-position' },
    { text: "Required 'sourceAccessConfigurations' parameter is missing.", id: 'request-source-access-missing' },
    { text: 'Unrecognized event source.', id: 'request-unrecognized-source' },
    { text: 'Invalid filter pattern definition.', id: 'request-filter-pattern' },
    { text: 'Function does not exist', id: 'request-function-missing' },
    { text: cli('ResourceInUseException', 'UpdateEventSourceMapping', 'Cannot update'), id: 'request-in-use' },
    { text: cloudFormation('Cannot delete the event source mapping because it is in use.'), id: 'request-in-use' },
    {
      text: 'ResourceConflictException: The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:eu-west-1:111122223333:function:order-handler',
      id: 'request-function-busy',
    },
    {
      text: cloudFormation(
        'The secret value with ARN arn:aws:secretsmanager:eu-west-1:111122223333:secret:x-Ab12Cd does not have the expected format of: {"certificate": "someCertificate", "privateKey": "somePrivateKey"}',
      ),
      id: 'request-secret-format',
    },
    {
      text: 'The provided customer role does not have permissions to call DescribeClusterV2 on KAFKA',
      id: 'not-enough-permission',
    },
    { text: 'Please add Lambda as a Trusted Entity for arn:aws:iam::111122223333:role/x', id: 'cannot-assume-role' },
    { text: 'Unsupported source arn : null', id: 'request-unrecognized-source' },
    {
      text: '│ Error: creating Lambda Event Source Mapping: InvalidParameterValueException: Cannot access secret\n│ manager value arn:aws:secretsmanager:eu-west-1:111122223333:secret:x.\n│ \n│   with aws_lambda_event_source_mapping.this,',
      id: 'cannot-access-secret',
    },
    { text: '> PROBLEM: SASL authentication\n> failed.', id: 'sasl-authentication-failed' },
    {
      text: 'Value null at &#39;startingPosition&#39; failed to satisfy constraint: Member must not be null.',
      id: 'request-starting-position',
    },
    { text: 'Value null at ‘startingPosition’ failed to satisfy constraint', id: 'request-starting-position' },
    { text: 'Cluster&nbsp;failed to authorize&nbsp;Lambda.', id: 'cluster-failed-to-authorize' },
    { text: cli('TooManyRequestsException', 'CreateEventSourceMapping', 'Rate exceeded'), id: 'request-throttled' },
    {
      text: 'User: arn:aws:iam::111122223333:user/me is not authorized to perform: lambda:CreateEventSourceMapping on resource: x',
      id: 'request-denied',
    },
    { text: 'org.apache.kafka.common.errors.TopicAuthorizationException', id: 'log-topic-authorization' },
    { text: 'Not authorized to access topics: [my-topic]', id: 'log-topic-authorization' },
    { text: 'org.apache.kafka.common.errors.GroupAuthorizationException', id: 'log-group-authorization' },
    {
      text: 'org.apache.kafka.common.errors.SaslAuthenticationException: Access denied',
      id: 'log-sasl-authentication',
    },
    {
      text: 'org.apache.kafka.common.errors.SslAuthenticationException: SSL handshake failed',
      id: 'log-ssl-authentication',
    },
    { text: 'org.apache.kafka.common.errors.UnknownTopicOrPartitionException', id: 'log-unknown-topic' },
    { text: 'org.apache.kafka.common.errors.TimeoutException', id: 'log-timeout' },
    { text: 'Timeout expired while fetching topic metadata', id: 'log-timeout' },
    { text: 'ESM_CONFIG_NOT_VALID', id: 'stopped-mapping-not-valid' },
    { text: 'EVENT_SOURCE_AUTHN_ERROR', id: 'stopped-not-authenticated' },
    { text: 'event_source_authz_error', id: 'stopped-not-authorized' },
    { text: 'FUNCTION_CONFIG_NOT_VALID', id: 'stopped-function-not-valid' },
    { text: 'User action', id: 'changed-by-user' },
    {
      text: '{ "State": "Enabled", "StateTransitionReason": "USER_INITIATED", "LastProcessingResult": "PROBLEM: SASL authentication failed." }',
      id: 'sasl-authentication-failed',
    },
  ])('$text', async ({ text, id }) => expect((await explain(text)).error).toBe(id));

  test.each([
    ['Please add ec2:CreateNetworkInterface permission to role.', 'access.network-interfaces'],
    ['Please add kafka:GetBootstrapBrokers permission to role.', 'access.msk-api'],
    ['Please add kafka:DescribeClusterV2 permission to role.', 'access.msk-api'],
    ['Please add kafka-cluster:AlterGroup permission to role.', 'access.kafka-group'],
    ['Please add sqs:SendMessage permission to role.', 'access.destination'],
  ])('the action that the text names comes first: %s', async (tail, check) =>
    expect(
      (await explain(`PROBLEM: Lambda does not have enough permission to process your event source. ${tail}`))
        .causes[0]!.check,
    ).toBe(check),
  );

  test('healthy and unknown texts are said to be so', async () => {
    expect(await explain('no records processed.')).toMatchObject({
      error: null,
      text: 'No records processed',
      meaning: expect.stringContaining('It is not an error') as string,
    });
    expect(await explain('OK')).toMatchObject({ error: null, text: 'OK' });
    expect(await explain('User initiated')).toMatchObject({ error: 'changed-by-user' });
    for (const text of ['PROBLEM: The moon is in the way.', 'moonlight', 'in-the-way', 'java.lang.MoonException'])
      expect(await explain(text)).toMatchObject({ error: 'unknown', causes: [] });
  });
});

test('what Lambda is silent about under a healthy text is told', async () => {
  expect((await explain('No records processed')).causes.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['lag.traffic', 'mapping.starting-position', 'mapping.filter']),
  );
  expect((await explain('OK')).causes.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['lag.trend', 'mapping.consumer-group', 'function.errors']),
  );
});

test('for people: what to look at under each cause', async () => {
  const { stdout } = await runInProcess(['explain', 'Cluster failed to authorize Lambda.']);
  expect(stdout).toMatch(/1\. access\.kafka-connect: .*\n\s+Look: .*kafka-cluster:Connect/);
});

test('a check lists the texts that it produces', async () => {
  const { stdout } = await runInProcess(['explain', 'cluster.topic', '--output', 'json']);
  expect((JSON.parse(stdout) as { shownBy: { error: string }[] }).shownBy.map(({ error }) => error)).toEqual(
    expect.arrayContaining(['connection-error', 'log-unknown-topic']),
  );
});

test('--list shows them all', async () => {
  const { stdout } = await runInProcess(['explain', '--list', '--output', 'json']);
  const { errors, checks } = JSON.parse(stdout) as Record<'errors' | 'checks', { id: string }[]>;
  expect(errors.map(({ id }) => id)).toEqual(knownTexts.map(({ id }) => id));
  expect(checks.map(({ id }) => id)).toEqual([...checkIds, ...templateCheckIds]);
});

test('what a disabled mapping shows is the reason of its stop', async () => {
  const { stdout } = await runInProcess([
    'explain',
    '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11',
    '--sandbox',
    'disabled',
    '--output',
    'json',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ error: 'changed-by-user' });
});
