/** Healthy templates that are written in another way, and inputs of which a part is missing: no false alarm. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/template/resource.js';
import { statements } from './support/faults.js';
import {
  allow,
  get,
  healthy,
  inCluster,
  lintTemplate,
  lintTexts,
  policy,
  problems,
  ref,
  sub,
  toYaml,
  undecided,
  type Template,
} from './support/healthy.js';

const properties = (template: Template, name: string): JsonObject => template.Resources[name]!.Properties;

describe('healthy in another way', () => {
  const ways: Record<string, (template: Template) => void> = {
    'the policy is a resource that the function waits for, as the CDK writes it': (template) => {
      const document = (properties(template, 'Role')['Policies'] as JsonObject[])[0]!['PolicyDocument']!;
      delete properties(template, 'Role')['Policies'];
      template.Resources['Policy'] = {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'consume', PolicyDocument: document, Roles: [ref('Role')] },
      };
      template.Resources['Handler']!.DependsOn = ['Policy', 'Role'];
    },
    'a managed policy of the template': (template) => {
      const document = (properties(template, 'Role')['Policies'] as JsonObject[])[0]!['PolicyDocument']!;
      delete properties(template, 'Role')['Policies'];
      template.Resources['Policy'] = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } };
      (properties(template, 'Role')['ManagedPolicyArns'] as JsonObject[]).push(ref('Policy'));
    },
    'a consumer group that is written as a number': (template) => {
      properties(template, 'Mapping')['AmazonManagedKafkaEventSourceConfig'] = { ConsumerGroupId: 42 };
      statements(template).splice(0, 3, allow('kafka-cluster:*', '*'));
    },
    'everything is allowed': (template) => void statements(template).splice(0, 3, allow('kafka-cluster:*', '*')),
    'wildcards in ARNs': (template) =>
      void statements(template).splice(
        0,
        3,
        allow('kafka-cluster:*', sub('arn:aws:kafka:*:${AWS::AccountId}:*/orders/*')),
      ),
    'a policy as text': (template) => {
      const [inline] = properties(template, 'Role')['Policies'] as JsonObject[];
      inline!['PolicyDocument'] = JSON.stringify(policy(allow('kafka-cluster:*', '*')));
    },
    'a Deny for the function’s own code only': (template) =>
      void statements(template).push({
        Effect: 'Deny',
        Action: ['ec2:CreateNetworkInterface', 'ec2:DescribeSubnets', 'kafka-cluster:ReadData'],
        Resource: '*',
        Condition: {
          ArnEquals: { 'lambda:SourceFunctionArn': sub('arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:x') },
        },
      }),
    'an alias': (template) => {
      template.Resources['Version'] = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Handler') } };
      template.Resources['Live'] = {
        Type: 'AWS::Lambda::Alias',
        Properties: { Name: 'live', FunctionName: ref('Handler'), FunctionVersion: get('Version', 'Version') },
      };
      properties(template, 'Mapping')['FunctionName'] = ref('Live');
    },
    'the rule is written in the group, for its own addresses': (template) => {
      delete template.Resources['BrokerRule'];
      properties(template, 'BrokerGroup')['SecurityGroupIngress'] = [
        { IpProtocol: 'tcp', FromPort: 9000, ToPort: 9100, CidrIp: '10.0.0.0/16' },
      ];
    },
    'numbers as text': (template) => {
      Object.assign(properties(template, 'BrokerRule'), { FromPort: '9098', ToPort: '9098' });
      Object.assign(properties(template, 'Mapping'), { BatchSize: '100', Enabled: 'true' });
    },
    'a condition that holds': (template) => {
      template.Parameters['Stage'] = { Type: 'String', Default: 'prod' };
      template.Conditions['IsProd'] = { 'Fn::Equals': [ref('Stage'), 'prod'] };
      template.Resources['StsEndpoint']!.Condition = 'IsProd';
      properties(template, 'Mapping')['BatchSize'] = { 'Fn::If': ['IsProd', 500, 20_000] };
    },
    'a second mapping of another topic': (template) => {
      template.Resources['Payments'] = {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { ...properties(template, 'Mapping'), Topics: ['payments'] },
      };
    },
    'retry limits with provisioned pollers': (template) =>
      void Object.assign(properties(template, 'Mapping'), {
        MaximumRetryAttempts: 3,
        ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 2 },
      }),
  };
  test.each(Object.entries(ways))('%s', (_, change) => {
    const template = healthy();
    change(template);
    const result = lintTemplate(template);
    expect(problems(result)).toEqual([]);
    expect(result.mappings.flatMap(undecided)).toEqual([]);
    expect(result.mappings.every(({ verdict }) => verdict === 'healthy')).toBe(true);
  });
});

describe('what is outside the input fails nothing', () => {
  const outside: Record<string, (template: Template) => void> = {
    'the cluster is a parameter': (template) => {
      template.Parameters['ClusterArn'] = { Type: 'String' };
      replace(template, 'Cluster', ref('ClusterArn'));
    },
    'the cluster is an export of another stack': (template) =>
      replace(template, 'Cluster', { 'Fn::ImportValue': 'orders-cluster' }),
    'the role is from elsewhere': (template) => {
      delete template.Resources['Role'];
      properties(template, 'Handler')['Role'] = 'arn:aws:iam::111122223333:role/from-elsewhere';
    },
    'the function is from elsewhere': (template) => {
      delete template.Resources['Handler'];
      properties(template, 'Mapping')['FunctionName'] = 'order-handler';
    },
    'the subnets are parameters': (template) => {
      template.Parameters['Subnets'] = { Type: 'List<AWS::EC2::Subnet::Id>' };
      for (const name of [
        'SubnetA',
        'SubnetB',
        'SubnetARoutes',
        'SubnetBRoutes',
        'StsEndpoint',
        'LambdaEndpoint',
        'Routes',
        'EndpointGroup',
      ])
        delete template.Resources[name];
      (properties(template, 'Cluster')['BrokerNodeGroupInfo'] as JsonObject)['ClientSubnets'] = ref('Subnets');
    },
    'a policy that a condition decides': (template) => {
      template.Parameters['Stage'] = { Type: 'String' };
      template.Conditions['IsProd'] = { 'Fn::Equals': [ref('Stage'), 'prod'] };
      (properties(template, 'Role')['Policies'] as JsonObject[])[0] = {
        'Fn::If': [
          'IsProd',
          { PolicyName: 'a', PolicyDocument: policy(allow('kafka-cluster:*', '*')) },
          ref('AWS::NoValue'),
        ],
      };
    },
    'a rule that a condition decides': (template) => {
      template.Parameters['Stage'] = { Type: 'String' };
      template.Conditions['IsProd'] = { 'Fn::Equals': [ref('Stage'), 'prod'] };
      template.Resources['BrokerRule']!.Condition = 'IsProd';
    },
    'a managed policy from elsewhere': (template) => {
      delete properties(template, 'Role')['Policies'];
      (properties(template, 'Role')['ManagedPolicyArns'] as (JsonObject | string)[]).push(
        'arn:aws:iam::111122223333:policy/consume',
      );
    },
  };
  test.each(Object.entries(outside))('%s', (_, change) => {
    const template = healthy();
    change(template);
    const result = lintTemplate(template);
    expect(problems(result)).toEqual([]);
    expect(result.mappings.map(({ verdict }) => verdict)).toEqual(['unknown']);
  });
});

/** Takes the cluster out; what refers to it gets another value. */
function replace(template: Template, name: string, value: JsonObject): void {
  delete template.Resources[name];
  const visit = (each: unknown): unknown =>
    Array.isArray(each)
      ? each.map(visit)
      : typeof each !== 'object' || each === null
        ? each
        : JSON.stringify(each) === JSON.stringify(ref(name)) || JSON.stringify(each) === JSON.stringify(get(name))
          ? value
          : Object.fromEntries(Object.entries(each).map(([key, member]) => [key, visit(member)]));
  template.Resources = visit(template.Resources) as Template['Resources'];
}

describe('a cluster outside the input, and a role with permissions inside Kafka', () => {
  const outside = (change: (template: Template) => void) => {
    const template = healthy();
    template.Parameters['ClusterArn'] = { Type: 'String' };
    replace(template, 'Cluster', ref('ClusterArn'));
    change(template);
    return lintTemplate(template);
  };
  test('a missing one is a warning', () => {
    const result = outside((template) => void (statements(template)[2]!['Action'] = 'kafka-cluster:DescribeGroup'));
    expect(problems(result)).toEqual(['access.kafka-group']);
    const finding = result.mappings[0]!.findings.find(({ check }) => check === 'access.kafka-group')!;
    expect(finding.title).toContain('If the cluster uses IAM access control');
    expect(finding.title).toContain('AlterGroup');
  });
  test('none without any such permission: the cluster may use another login', () =>
    expect(problems(outside((template) => void (statements(template).length = 0)))).toEqual([]));
});

test('two stacks in two files, joined by exports', () => {
  const whole = healthy();
  const { Role, Handler, Mapping, ...network } = whole.Resources;
  const app = JSON.parse(
    JSON.stringify({ Resources: { Role, Handler, Mapping } }).replaceAll(
      /\{"(?:Ref":"Cluster"|Fn::GetAtt":\["Cluster","Arn"\])\}/g,
      '{"Fn::ImportValue":"cluster"}',
    ),
  ) as object;
  const result = lintTexts({
    'app.yaml': toYaml(app),
    'network.yaml': toYaml({
      Resources: network,
      Outputs: { A: { Value: ref('Cluster'), Export: { Name: 'cluster' } } },
    }),
  });
  expect(result.mappings.map(({ verdict }) => verdict)).toEqual(['healthy']);
});

test('a fault in a statement is located there, in the file of the role', () => {
  const template = healthy();
  statements(template)[2]!['Action'] = ['kafka-cluster:DescribeGroup'];
  const text = toYaml(template);
  const result = lintTexts({ 'a.yaml': text });
  const { location } = result.mappings[0]!.findings.find(({ status }) => status === 'fail')!;
  expect(text.split('\n')[location.line]).toContain('kafka-cluster:DescribeGroup');
  expect(inCluster('group')).toBeDefined();
});

describe('a function whose timeout is not known', () => {
  test('in CloudFormation', () => {
    const template = healthy();
    template.Parameters['Seconds'] = { Type: 'Number' };
    properties(template, 'Handler')['Timeout'] = ref('Seconds');
    expect(lintTemplate(template).mappings.map(({ verdict }) => verdict)).toEqual(['healthy']);
    expect(problems(lintTemplate(template, { parameters: { Seconds: '900' } }))).toEqual(['function.timeout']);
  });
});

describe('a mapping on self-managed Kafka', () => {
  const selfManaged = (change: (template: Template) => void = () => {}) => {
    const template = healthy();
    delete properties(template, 'Mapping')['EventSourceArn'];
    properties(template, 'Mapping')['SelfManagedEventSource'] = {
      Endpoints: { KafkaBootstrapServers: ['b1.example.org:9092'] },
    };
    change(template);
    return lintTemplate(template);
  };
  test('is counted, and judged by what both kinds share', () => {
    const result = selfManaged();
    expect(problems(result)).toEqual([]);
    expect(result.mappings.map(({ verdict, isSelfManaged }) => [verdict, isSelfManaged])).toEqual([['healthy', true]]);
  });
  test.each<[string, (template: Template) => void, string]>([
    [
      'reserved concurrency 0',
      (template) => (properties(template, 'Handler')['ReservedConcurrentExecutions'] = 0),
      'function.concurrency!',
    ],
    [
      'a batch size above the limit',
      (template) => (properties(template, 'Mapping')['BatchSize'] = 20_000),
      'mapping.batch!',
    ],
    [
      'no starting position',
      (template) => void delete properties(template, 'Mapping')['StartingPosition'],
      'template.refused!',
    ],
  ])('%s', (_, change, check) => expect(problems(selfManaged((template) => void change(template)))).toContain(check));
});

describe('a resource without a name is shown by its own address', () => {
  test('the function, not the mapping that names it', () => {
    const template = healthy();
    delete properties(template, 'Handler')['FunctionName'];
    properties(template, 'Handler')['Timeout'] = 900;
    const findings = lintTemplate(template).mappings.flatMap((mapping) => mapping.findings);
    expect(findings.find(({ check }) => check === 'function.timeout')?.title).toMatch(/^Function Handler:/);
  });
});

describe('a resource whose name CloudFormation generates', () => {
  test('a secret is shown by its address', () => {
    const template = healthy({ auth: 'scram' });
    delete properties(template, 'Secret')['Name'];
    const { mappings } = lintTemplate(template);
    const prefix = mappings.flatMap(({ findings }) => findings).find(({ check }) => check === 'secret.name-prefix');
    expect(prefix).toMatchObject({ status: 'fail', title: 'The name of secret Secret does not begin with AmazonMSK_' });
  });
  test('the statement to add refers to the secret, and does not allow every secret', () => {
    const template = healthy({ auth: 'scram' });
    delete properties(template, 'Secret')['Name'];
    delete properties(template, 'Role')['Policies'];
    const findings = lintTemplate(template).mappings.flatMap((mapping) => mapping.findings);
    expect(findings.find(({ check }) => check === 'access.secret')?.repair).toEqual([
      { actions: ['secretsmanager:GetSecretValue'], resources: ['${Secret}'] },
    ]);
  });
  test('a FIFO queue as on-failure destination fails', () => {
    const template = healthy();
    template.Resources['Failed'] = { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } };
    properties(template, 'Mapping')['DestinationConfig'] = { OnFailure: { Destination: get('Failed') } };
    expect(problems(lintTemplate(template))).toContain('mapping.destination!');
  });
});
