/** Services of the Serverless Framework, from their `serverless.yml` alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TemplateError, type JsonObject } from '../../src/template/resource.js';
import { faults } from './support/faults.js';
import { findingOf, healthy, lintTexts, only, problems, toYaml, undecided } from './support/healthy.js';
import { toService } from './support/service.js';

const lintService = (service: object, options: Parameters<typeof lintTexts>[1] = {}) =>
  lintTexts({ 'serverless.yml': toYaml(service) }, options);

/** Faults that the framework cannot write, and why. */
const notHere: Record<string, string> = {
  'no starting position': 'the framework writes TRIM_HORIZON',
  'the managed policy is missing': 'the framework allows the calls of a provisioned cluster',
  'the mapping does not wait for the policy of its role': 'the policy is in the role',
};

describe('the same account as a service', () => {
  test.each(
    (['iam', 'scram', 'mtls'] as const).flatMap((auth) =>
      (['endpoints', 'nat'] as const).map((network) => ({ auth, network })),
    ),
  )('healthy: $auth, $network', (kind) => {
    const result = lintService(toService(healthy(kind)));
    expect(problems(result)).toEqual([]);
    expect(result.mappings.flatMap(undecided)).toEqual([]);
    expect(result.mappings.map(({ verdict }) => verdict)).toEqual(['healthy']);
    expect(result.files).toEqual([{ path: 'serverless.yml', format: 'serverless' }]);
  });
  test.each(faults.filter(({ name }) => notHere[name] === undefined).map((fault) => [fault.name, fault] as const))(
    '%s',
    (_, { auth = 'iam', network = 'endpoints', change, check, status = 'fail' }) => {
      const template = healthy({ auth, network });
      change(template);
      const result = lintService(toService(template));
      const [mapping] = result.mappings;
      if (status === 'fail') expect(mapping!.causes[0]?.check, problems(result).join(', ')).toBe(check);
      else expect(problems(result)).toEqual([check]);
    },
  );
});

const at = (service: JsonObject, ...path: string[]): JsonObject =>
  path.reduce((value, name) => value[name] as JsonObject, service);
const changed = (change: (service: JsonObject) => void, kind: Parameters<typeof healthy>[0] = {}) => {
  const service = toService(healthy(kind));
  change(service);
  return lintService(service);
};
const eventOf = (service: JsonObject): JsonObject =>
  ((at(service, 'functions', 'handler')['events'] as JsonObject[])[0]!['msk'] ?? {}) as JsonObject;

describe('the role that the framework generates', () => {
  test('has no permissions inside Kafka', () => {
    const result = changed((service) => void delete at(service, 'provider')['iam']);
    expect(problems(result).filter((check) => check.endsWith('!'))).toEqual([
      'access.kafka-connect!',
      'access.kafka-topic!',
      'access.kafka-group!',
    ]);
    expect(findingOf(result, 'access.msk-api').status).toBe('pass');
  });
  test('may not read the secret of an event', () => {
    const result = changed(
      (service) => {
        delete at(service, 'provider')['iam'];
        delete at(service, 'resources', 'extensions', 'HandlerEventSourceMappingMSKClusterOrders', 'Properties')[
          'SourceAccessConfigurations'
        ];
        eventOf(service)['saslScram512'] = { Ref: 'Secret' };
      },
      { auth: 'scram' },
    );
    expect(problems(result)).toContain('access.secret!');
  });
  test('may not describe a serverless cluster', () => {
    const result = changed((service) => {
      delete at(service, 'provider', 'iam', 'role')['managedPolicies'];
      at(service, 'resources', 'Resources', 'Cluster')['Type'] = 'AWS::MSK::ServerlessCluster';
      at(service, 'resources', 'Resources', 'Cluster')['Properties'] = {
        ClusterName: 'orders',
        ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
        VpcConfigs: [
          {
            SubnetIds: [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }],
            SecurityGroups: [{ 'Fn::GetAtt': ['BrokerGroup', 'GroupId'] }],
          },
        ],
      };
    });
    expect(problems(result)).toEqual(['access.msk-api!']);
  });
  test('a finding is at the statement', () => {
    const result = changed((service) => {
      const statements = at(service, 'provider', 'iam', 'role')['statements'] as JsonObject[];
      statements[2]!['Action'] = ['kafka-cluster:DescribeGroup'];
    });
    expect(findingOf(result, 'access.kafka-group').location.path).toBe('provider.iam.role.statements.2.Action');
  });
  test.each([
    [
      'statements of a variable',
      (service: JsonObject) => (at(service, 'provider', 'iam', 'role')['statements'] = '${ssm:/orders/statements}'),
    ],
    [
      'one statement of a variable',
      (service: JsonObject) => (at(service, 'provider', 'iam', 'role')['statements'] = ['${ssm:/orders/statement}']),
    ],
    [
      'a role of another stack',
      (service: JsonObject) => (at(service, 'functions', 'handler')['role'] = '${cf:roles.Consumer}'),
    ],
    [
      'statements of a plugin',
      (service: JsonObject) => (at(service, 'functions', 'handler')['iamRoleStatements'] = []),
    ],
    [
      'a role that exists',
      (service: JsonObject) => (at(service, 'provider', 'iam')['role'] = 'arn:aws:iam::111122223333:role/consumer'),
    ],
  ])('%s: unknown, never a failure', (_, change) => {
    const result = changed((service) => void change(service));
    expect(problems(result)).toEqual([]);
    expect(only(result.mappings).verdict).toBe('unknown');
  });
});

test('an event of self-managed Kafka is judged with the checks that are valid for it', () => {
  const event = {
    kafka: {
      bootstrapServers: ['b1.example.org:9092'],
      topic: 'orders',
      accessConfigurations: { saslScram512Auth: ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:login-AbCdEf'] },
    },
  };
  const service = {
    service: 'orders',
    provider: { name: 'aws', runtime: 'nodejs22.x' },
    functions: { handler: { handler: 'index.handler', events: [event] } },
  };
  const result = lintService(service);
  expect(problems(result)).toEqual([]);
  expect(only(result.mappings)).toMatchObject({ address: 'HandlerEventSourceMappingKafkaOrders', topic: 'orders' });
});

describe('variables', () => {
  const topicOf = (topic: string, more: JsonObject = {}, options: Parameters<typeof lintTexts>[1] = {}) => {
    const service = { ...toService(healthy()), ...more };
    eventOf(service)['topic'] = topic;
    return only(lintService(service, options).mappings).topic;
  };
  test.each<[string, string, JsonObject?, Parameters<typeof lintTexts>[1]?]>([
    ['${self:custom.topic}', 'orders', { custom: { topic: 'orders' } }],
    ['${self:custom.topics.${opt:stage, "dev"}}', 'orders-dev', { custom: { topics: { dev: 'orders-dev' } } }],
    ['${self:custom.${sls:stage}.topic}', 'x', { custom: { prod: { topic: 'x' } } }, { parameters: { stage: 'prod' } }],
    ["${opt:topic, 'orders'}", 'orders'],
    ["${opt:topic, 'orders'}", 'payments', {}, { parameters: { topic: 'payments' } }],
    ["${env:TOPIC, 'orders'}-v1", 'orders-v1'],
    ["${opt:a, self:custom.b, env:C, 'd'}", 'd'],
    ['${self:custom.list.1}', 'b', { custom: { list: ['a', 'b'] } }],
    ['${param:topic}', 'orders', { params: { default: { topic: 'orders' } } }],
    ['${param:topic}', 'mine', { params: { default: { topic: 'orders' }, dev: { topic: 'mine' } } }],
    ['${file(topics.yml):orders.name}', 'orders', {}, { beside: { 'topics.yml': 'orders:\n  name: orders' } }],
    ['${file(topics.yml):a}', 'dev-a', {}, { beside: { 'topics.yml': 'a: ${sls:stage}-a' } }],
    ['${strange', '${strange'],
    ["${opt:x, 'a, b'}", 'a, b'],
  ])('%s is %s', (topic, expected, more, options) => expect(topicOf(topic, more, options)).toBe(expected));
  test.each([
    '${ssm:/topic}',
    '${file(topics.js):orders}',
    '${self:custom.nothing}',
    '${env:TOPIC}',
    '${self:custom.a}',
  ])('%s is not known, and said so', (topic) => {
    const shown = topicOf(topic, { custom: { a: '${self:custom.b}', b: '${self:custom.a}' } });
    expect(shown).toMatch(/^the variable /);
  });
  test('values that grow without end are unknown', () => {
    const custom = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`v${index}`, `\${self:custom.v${index + 1}}`.repeat(10)]),
    );
    expect(typeof topicOf('${self:custom.v0}', { custom })).toBe('string');
  });
  test('references of CloudFormation stay', () => {
    const result = changed((service) => {
      (at(service, 'provider', 'iam', 'role')['statements'] as JsonObject[])[2]!['Resource'] = {
        'Fn::Sub':
          'arn:${AWS::Partition}:kafka:${AWS::Region}:${AWS::AccountId}:group/${self:custom.nothing, "orders"}/*/*',
      };
    });
    expect(problems(result)).toEqual([]);
  });
});

test('a changed file is judged or refused with its place', () => {
  const text = toYaml(toService(healthy()));
  fc.assert(
    fc.property(
      fc.nat(text.length),
      fc.nat(40),
      fc.oneof(fc.constantFrom('${', '}', '${self:', ': ', '\n', '- ', '{', '['), fc.string({ maxLength: 4 })),
      (from, removed, inserted) => {
        try {
          lintTexts({ 'serverless.yml': text.slice(0, from) + inserted + text.slice(from + removed) });
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      },
    ),
    { numRuns: 60 },
  );
});

describe('functions and events of variables that are not known are named', () => {
  test.each<[string, (service: JsonObject) => void]>([
    ['functions (${file(functions.js)})', (service) => void (service['functions'] = '${file(functions.js)}')],
    ['functions.0 (${file(functions.js)})', (service) => void (service['functions'] = ['${file(functions.js)}'])],
    [
      'functions.handler.events (${file(events.js)})',
      (service) => void (at(service, 'functions', 'handler')['events'] = '${file(events.js)}'),
    ],
  ])('%s', (name, change) => {
    const result = changed(change);
    expect(only(result.findings)).toMatchObject({
      check: 'template.syntax',
      status: 'unknown',
      title: `Not read: ${name}. Its resources and values are unknown`,
    });
    expect(problems(result)).toEqual([]);
  });
});
