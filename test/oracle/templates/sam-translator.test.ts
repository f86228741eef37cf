/** SAM templates expanded by us and by AWS's own translator. `MSK_LAMBDA_SAM_PYTHON`: a Python that has aws-sam-translator. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { isObject, type Json, type JsonObject } from '../../../src/template/resource.js';
import { expandSam } from '../../../src/template/sam/expand.js';
import { faults } from '../../template/support/faults.js';
import { healthy, type Template } from '../../template/support/healthy.js';
import { toSam } from '../../template/support/sam.js';
import { leftOut } from '../left-out.js';

const python = process.env['MSK_LAMBDA_SAM_PYTHON'] ?? 'python3';
const isMissing = spawnSync(python, ['-c', 'import samtranslator']).status !== 0;
const script = fileURLToPath(new URL('translate.py', import.meta.url));

/** Templates of every kind, by name. */
function templates(): Record<string, Template> {
  const made: Record<string, Template> = {};
  for (const auth of ['iam', 'scram', 'mtls'] as const) made[auth] = toSam(healthy({ auth }));
  for (const { name, auth, network, change, notInSam } of faults)
    // The translator refuses what its own schema refuses, such as an event without StartingPosition.
    if (notInSam !== true && name !== 'no starting position' && name !== 'a policy without Effect') {
      const template = healthy({ auth: auth ?? 'iam', network: network ?? 'endpoints' });
      change(template);
      made[name] = toSam(template);
    }
  for (const [name, change] of Object.entries(connectors)) {
    const template = toSam(healthy());
    Object.assign(template.Resources, {
      Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
      Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    });
    change(template);
    made[name] = template;
  }
  return made;
}

const connector = (source: JsonObject, destination: Json, ...permissions: string[]) => ({
  Type: 'AWS::Serverless::Connector',
  Properties: { Source: source, Destination: destination, Permissions: permissions },
});
const add = (template: Template, resources: object): void => void Object.assign(template.Resources, resources);
const handler = { Id: 'Handler' };
const connectors: Record<string, (template: Template) => void> = {
  'a connector to a queue': (template) => add(template, { Link: connector(handler, { Id: 'Queue' }, 'Write') }),
  'a connector with both permissions': (template) =>
    add(template, { Link: connector(handler, { Id: 'Queue' }, 'Write', 'Read') }),
  'a connector to a bucket': (template) =>
    add(template, { Link: connector(handler, { Id: 'Bucket' }, 'Read', 'Write') }),
  'a connector to several resources': (template) =>
    add(template, { Link: connector(handler, [{ Id: 'Topic' }, { Id: 'Queue' }], 'Write') }),
  'a connector to the ARN of a queue': (template) =>
    add(template, {
      Link: connector(handler, { Type: 'AWS::SQS::Queue', Arn: 'arn:aws:sqs:eu-west-1:111122223333:failed' }, 'Write'),
    }),
  'a connector of a function elsewhere': (template) =>
    add(template, {
      Link: connector({ Type: 'AWS::Serverless::Function', RoleName: 'role' }, { Id: 'Topic' }, 'Write'),
    }),
  'a connector from a topic to a queue': (template) =>
    add(template, { Link: connector({ Id: 'Topic' }, { Id: 'Queue' }, 'Write') }),
  'a connector in the function': (template) =>
    add(template, {
      Handler: {
        ...template.Resources['Handler'],
        Connectors: { ToQueue: { Properties: { Destination: { Id: 'Queue' }, Permissions: ['Write'] } } },
      },
    }),
};

const expandedByUs = (template: Template): Record<string, JsonObject> => {
  const resources = new Map(
    Object.entries(template.Resources).map(([name, raw]) => [
      name,
      { raw: raw as unknown as JsonObject, path: ['Resources', name] },
    ]),
  );
  return Object.fromEntries(
    [...expandSam(template as unknown as JsonObject, resources)].map(([name, { raw }]) => [name, raw]),
  );
};

/** Types that SAM makes, and what of them counts. */
const compared: Record<string, readonly string[]> = {
  'AWS::IAM::Role': ['AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Policies'],
  'AWS::IAM::ManagedPolicy': ['PolicyDocument', 'Roles'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument', 'Queues'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument', 'Topics'],
  'AWS::Lambda::EventSourceMapping': [
    'EventSourceArn',
    'FunctionName',
    'Topics',
    'StartingPosition',
    'SourceAccessConfigurations',
    'DestinationConfig',
    'MaximumRetryAttempts',
    'MaximumBatchingWindowInSeconds',
    'ProvisionedPollerConfig',
  ],
};

/** The translator writes the partition of the region where we write a reference, and names policies by their number. */
function comparable(value: Json): Json {
  if (Array.isArray(value)) return value.map(comparable);
  if (!isObject(value))
    return typeof value === 'string'
      ? value.replaceAll('${AWS::Partition}', 'aws').replace(/^(HandlerRolePolicy)\d+$/, '$1')
      : value;
  const [[name, argument] = ['', null], second] = Object.entries(value);
  if (second === undefined && name === 'Fn::Sub' && typeof argument === 'string') {
    const text = argument.replaceAll('${AWS::Partition}', 'aws');
    if (!text.includes('${')) return text;
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, comparable(member)]));
}

const partsOf = (resources: Record<string, JsonObject>): JsonObject =>
  Object.fromEntries(
    Object.entries(resources).flatMap(([name, resource]) => {
      const members = compared[String(resource['Type'])];
      const properties = resource['Properties'];
      return members === undefined || !isObject(properties)
        ? []
        : [
            [
              name,
              Object.fromEntries(
                members.flatMap((member) =>
                  properties[member] === undefined ? [] : [[member, comparable(properties[member])]],
                ),
              ),
            ],
          ];
    }),
  );

describe.skipIf(
  leftOut('aws-sam-translator', isMissing ? 'it is not installed (pip install aws-sam-translator)' : null),
)('aws-sam-translator', () => {
  const all = templates();
  const { stdout, stderr } = isMissing
    ? { stdout: '{}', stderr: '' }
    : spawnSync(python, [script], { input: JSON.stringify(all), encoding: 'utf8', maxBuffer: 50_000_000 });
  const translated = JSON.parse(stdout === '' ? '{}' : stdout) as Record<
    string,
    { Resources: Record<string, JsonObject> }
  >;
  test('translates all', () => expect(Object.keys(translated), stderr.slice(-2000)).toEqual(Object.keys(all)));
  test.each(Object.keys(all))('%s: role, policies, mapping and connectors agree', (name) =>
    expect(partsOf(expandedByUs(all[name]!))).toEqual(partsOf(translated[name]!.Resources)),
  );
});
