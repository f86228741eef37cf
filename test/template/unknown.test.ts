/** A part that is not known never becomes a fault: every part of working templates in turn, in place of a parameter. */
import { expect, test } from 'vitest';
import { isObject, type Json, type JsonObject } from '../../src/template/resource.js';
import { oneIn } from '../random/seed.js';
import { allow, get, healthy, lintTemplate, policy, problems, ref, sub, type Template } from './support/healthy.js';

type Path = (string | number)[];

/** The paths of all values in the properties, lists and objects included; not those inside an intrinsic function. */
function pathsIn(value: Json, path: Path = []): Path[] {
  const inside = Array.isArray(value)
    ? value.flatMap((item, index) => pathsIn(item, [...path, index]))
    : isObject(value) && !Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))
      ? Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]))
      : [];
  return path.length === 0 ? inside : [path, ...inside];
}

function replaced(value: Json, [first, ...rest]: Path, by: Json): Json {
  if (first === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? replaced(item, rest, by) : item));
  const object = value as JsonObject;
  return { ...object, [first]: replaced(object[first]!, rest, by) };
}

const kinds = (['iam', 'scram', 'mtls'] as const).flatMap((auth) =>
  (['endpoints', 'nat'] as const).map((network) => ({ auth, network })),
);
const unknowns: Record<string, Json> = {
  'a parameter': ref('Unknown'),
  'a condition': { 'Fn::If': ['Perhaps', ref('Unknown'), ref('AWS::NoValue')] },
};

/** A mapping with every setting, and what it needs. */
function rich(): Template {
  const template = healthy({ network: 'nat' });
  Object.assign(template.Resources, {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'discarded' } },
  });
  (template.Resources['Role']!.Properties['Policies'] as Json[]).push({
    PolicyName: 'discard',
    PolicyDocument: policy(
      allow(['sqs:SendMessage'], get('Queue')),
      allow(['glue:GetRegistry', 'glue:GetSchemaVersion'], '*'),
    ),
  });
  Object.assign(template.Resources['Mapping']!.Properties, {
    BatchSize: 500,
    MaximumBatchingWindowInSeconds: 5,
    MaximumRetryAttempts: 3,
    MaximumRecordAgeInSeconds: 3600,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3 },
    DestinationConfig: { OnFailure: { Destination: get('Queue') } },
    FilterCriteria: { Filters: [{ Pattern: '{"value":{"kind":["order"]}}' }] },
    AmazonManagedKafkaEventSourceConfig: {
      ConsumerGroupId: 'order-handler',
      SchemaRegistryConfig: {
        SchemaRegistryURI: sub('arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:registry/orders'),
        EventRecordFormat: 'JSON',
        SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
      },
    },
  });
  return template;
}

const templates: Record<string, () => Template> = {
  ...Object.fromEntries(kinds.map((kind) => [`${kind.auth}, ${kind.network}`, () => healthy(kind)])),
  'every setting': rich,
};

const cases = Object.entries(templates).flatMap(([kind, make]) =>
  Object.entries(make().Resources).flatMap(([name, { Properties: properties }]) =>
    pathsIn(properties).flatMap((path) =>
      Object.entries(unknowns).map(
        ([how, unknown]) => [`${kind}: ${[name, ...path].join('.')} is ${how}`, { make, name, path, unknown }] as const,
      ),
    ),
  ),
);

const withUnknown = (template: Template): Template => ({
  ...template,
  Parameters: { Unknown: { Type: 'String' }, Flag: { Type: 'String' } },
  Conditions: { Perhaps: { 'Fn::Equals': [ref('Flag'), 'on'] } },
});

test.each(Object.entries(templates))('%s: nothing is wrong', (_, make) =>
  expect(problems(lintTemplate(make()))).toEqual([]),
);

test.each(oneIn(4, cases))('%s', (_, { make, name, path, unknown }) => {
  const template = withUnknown(make());
  const resource = template.Resources[name]!;
  resource.Properties = replaced(resource.Properties, path, unknown) as JsonObject;
  expect(problems(lintTemplate(template))).toEqual([]);
});
