/** Forms that authors write and that were once judged wrongly. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/template/resource.js';
import {
  allow,
  findingOf,
  get,
  healthy,
  inCluster,
  lintTemplate,
  lintTexts,
  policy,
  problems,
  ref,
  toYaml,
} from './support/healthy.js';
import { edited, fixture, lintConfiguration } from './terraform/lint-configuration.js';

test('a template that another one nests is judged in its place only', () => {
  const inner = healthy();
  const { Mapping: mapping, ...others } = inner.Resources;
  const app = {
    Parameters: { ClusterArn: { Type: 'String' } },
    Resources: {
      Handler: others['Handler']!,
      Role: {
        ...others['Role']!,
        Properties: { ...others['Role']!.Properties, Policies: consumed(ref('ClusterArn')) },
      },
      Mapping: { ...mapping!, Properties: { ...mapping!.Properties, EventSourceArn: ref('ClusterArn') } },
    },
  };
  const { Handler: _handler, Role: _role, ...network } = others;
  const root = {
    Resources: {
      ...network,
      App: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: './app.yaml', Parameters: { ClusterArn: ref('Cluster') } },
      },
    },
  };
  const result = lintTexts(
    { 'app.yaml': toYaml(app), 'main.yaml': toYaml(root) },
    { beside: { 'app.yaml': toYaml(app) } },
  );
  expect(result.mappings.map(({ address, verdict }) => [address, verdict])).toEqual([['App/Mapping', 'healthy']]);
  expect(result.files.map(({ path }) => path)).toEqual(['app.yaml', 'main.yaml']);
});

const consumed = (cluster: Json): Json => [
  {
    PolicyName: 'kafka',
    PolicyDocument: policy(
      allow(['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'], cluster),
      allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], inCluster('topic')),
      allow(['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], inCluster('group')),
    ),
  },
];

test('a policy of AWS whose content is not known takes nothing from what another policy allows', () => {
  const template = healthy();
  (template.Resources['Role']!.Properties['ManagedPolicyArns'] as Json[]).push(
    'arn:aws:iam::aws:policy/AmazonRekognitionFullAccess',
  );
  const [mapping] = lintTemplate(template).mappings;
  expect(mapping!.verdict).toBe('healthy');
  delete template.Resources['Role']!.Properties['Policies'];
  const [without] = lintTemplate(template).mappings;
  expect(without!.verdict).toBe('unknown');
});

test.each(['AWSDenyAll', 'AWSCompromisedKeyQuarantineV3'])('%s is not taken for a policy that allows', (name) => {
  const template = healthy();
  (template.Resources['Role']!.Properties['ManagedPolicyArns'] as Json[]).push(`arn:aws:iam::aws:policy/${name}`);
  expect(lintTemplate(template).mappings[0]!.verdict).toBe('unknown');
});

test('the region of a cluster that a parameter names is the region of the stack', () => {
  const template = healthy({ network: 'nat' });
  template.Parameters['ClusterArn'] = { Type: 'String' };
  template.Resources['Queue'] = { Type: 'AWS::SQS::Queue', Properties: {} };
  Object.assign(template.Resources['Mapping']!.Properties, {
    EventSourceArn: ref('ClusterArn'),
    DestinationConfig: { OnFailure: { Destination: get('Queue') } },
  });
  const parameters = {
    ClusterArn: 'arn:aws:kafka:eu-north-1:111122223333:cluster/orders/8d3f1c52-0000-4000-8000-000000000001-2',
  };
  const { region: _none, ...given } = { region: undefined, parameters };
  const result = lintTexts({ 'template.yaml': toYaml(template) }, { ...given, region: '' });
  expect(problems(result).filter((check) => check.startsWith('mapping.'))).toEqual([]);
});

test('actions of one statement that grant nothing for one reason are one warning', () => {
  const template = healthy({ auth: 'scram' });
  (template.Resources['Role']!.Properties['Policies'] as Json[]).push(...(consumed(get('Cluster')) as Json[]));
  const result = lintTemplate(template);
  expect(problems(result)).toEqual(['template.void-action', 'template.void-action', 'template.void-action']);
  expect(result.mappings[0]!.findings.find(({ check }) => check === 'template.void-action')!.title).toMatch(
    /^kafka-cluster:Connect, kafka-cluster:DescribeClusterDynamicConfiguration grant nothing: orders has no IAM access/,
  );
});

describe('Terraform', () => {
  const files = (edits: Record<string, string>) => ({ 'main.tf': edited(fixture('new-stack/main.tf'), edits) });

  test('a mapping without a starting position and a role without AlterGroup: both causes, in the words of Terraform', () => {
    const text = fixture('new-stack/main.tf');
    const position = text.split('\n').find((line) => line.trim().startsWith('starting_position'))!;
    const result = lintConfiguration(files({ [`${position}\n`]: '', ', "kafka-cluster:AlterGroup"': '' }));
    expect(result.mappings[0]!.causes.map(({ check }) => check)).toEqual(['template.refused', 'access.kafka-group']);
    const refused = findingOf(result, 'template.refused');
    expect(refused.title).toMatch(/it has no starting_position, which Kafka sources need$/);
    expect(refused.fixes[0]!.title).toMatch(/^Add starting_position = "TRIM_HORIZON" /);
  });

  test('a destination that a variable decides is not known', () => {
    const text = fixture('new-stack/main.tf');
    const position = text.split('\n').find((line) => line.trim().startsWith('starting_position'))!;
    const result = lintConfiguration(
      files({
        [position]: `${position}
  destination_config {
    on_failure {
      destination_arn = var.keep ? aws_sqs_queue.dlq[0].arn : null
    }
  }`,
      }),
    );
    expect(findingOf(result, 'mapping.destination').status).toBe('unknown');
  });
});
