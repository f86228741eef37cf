/** The answer of `inspect` for people: the mapping and everything around it in sections, with names. */
import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import { clusterNameOf } from '../aws/event-source.js';
import { qualifiedNameOf } from '../aws/function-arn.js';
import type { ResourceNames } from '../snapshot/resource-names.js';
import type { Role, Secret, SecretProfile, FunctionConfiguration, Mapping } from '../snapshot/resources/index.js';
import type { ClusterView } from '../subject/cluster-view.js';
import type { Fact } from '../subject/fact.js';
import type { Subject } from '../subject/subject.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { Mentions } from './resource-mentions.js';

interface Style {
  colour: ChalkInstance;
  columns: number;
  names: ResourceNames;
}

/** A label with its value; a value that is null is left out. */
type Row = readonly [label: string, value: string | null | undefined];

export function renderInspection(uuid: string, subject: Subject, style: Style): string {
  const mentions = new Mentions(style.names, uuid);
  const { mapping } = subject;
  const value = mapping.is === 'known' ? mapping.value : null;
  const heading =
    value === null
      ? uuid
      : `${qualifiedNameOf(value.FunctionArn) ?? '?'} ← ${value.Topics[0] ?? '?'} on ${clusterNameOf(value.EventSourceArn) ?? '?'}`;
  return [
    style.colour.bold(visible(heading)),
    ...section('Mapping', mapping, (found) => mappingRows(uuid, found), style),
    ...section(
      'Consumer group',
      subject.consumerGroup,
      ({ id, custom }) => [['Id', `${id}${custom ? '' : ' (the mapping’s UUID)'}`]],
      style,
    ),
    ...section('Cluster', subject.cluster, clusterRows, style),
    ...section(
      'Connection',
      subject.auth,
      (auth) => [
        [
          'Authentication',
          `${auth.method}${auth.enabled ? '' : ' (off in the cluster)'}: ${mentions.sentence(auth.because)}`,
        ],
        ...(subject.broker.is === 'known'
          ? subject.broker.value.hosts.map((host, index): Row => [index === 0 ? 'Brokers' : '', host])
          : []),
      ],
      style,
    ),
    ...section(
      'Topic',
      subject.topics,
      (topics) => {
        const topic = topics.find(({ TopicName: name }) => name === value?.Topics[0]);
        return topic === undefined
          ? [['Name', `${value?.Topics[0] ?? '?'} (not in the cluster)`]]
          : [
              ['Name', topic.TopicName],
              ['Partitions', String(topic.PartitionCount ?? '?')],
              ['Replication factor', String(topic.ReplicationFactor ?? '?')],
            ];
      },
      style,
    ),
    ...section(
      'Pollers',
      subject.pollers,
      ({ mode, placements }) => [
        ['Mode', mode],
        ...placements.flatMap(({ subnetIds, securityGroupIds }): Row[] => [
          ...subnetIds.map((id, index): Row => [index === 0 ? 'Subnets' : '', mentions.sentence(id)]),
          ...securityGroupIds.map((id, index): Row => [index === 0 ? 'Security groups' : '', mentions.sentence(id)]),
        ]),
      ],
      style,
    ),
    ...section('Function', subject.function, (found) => functionRows(found, subject.reservedConcurrency), style),
    ...section('Execution role', subject.role, roleRows, style),
    ...section('Secret', subject.secret, (secret) => secretRows(secret, subject.secretProfile), style),
    ...section(
      'On-failure destination',
      subject.destination,
      (found) => [['Destination', mentions.sentence(destinationOf(found, value))]],
      style,
    ),
  ].join('\n');
}

const mappingRows = (uuid: string, mapping: Mapping): Row[] => [
  ['UUID', uuid],
  ['State', [mapping.State ?? '?', reasonOf(mapping)].filter((part) => part !== '').join(' ')],
  ['Last result', mapping.LastProcessingResult],
  ['Last modified', mapping.LastModified],
  ['Starting position', [mapping.StartingPosition, mapping.StartingPositionTimestamp].filter(Boolean).join(' ')],
  ['Batch size', count(mapping.BatchSize, 'record')],
  ['Batching window', count(mapping.MaximumBatchingWindowInSeconds, 'second')],
  ['Provisioned pollers', pollersOf(mapping)],
  ['Filters', mapping.FilterCriteria?.Filters.map(({ Pattern: pattern }) => pattern ?? '').join(', ') || null],
  [
    'Secrets',
    mapping.SourceAccessConfigurations.map(({ Type: type, URI: uri }) => `${type}: ${uri}`).join(', ') || null,
  ],
];

const reasonOf = ({ State: state, StateTransitionReason: reason }: Mapping): string =>
  state === 'Enabled' || reason === undefined ? '' : `(${reason})`;

const pollersOf = ({ ProvisionedPollerConfig: config }: Mapping): string | null =>
  config?.MinimumPollers === undefined && config?.MaximumPollers === undefined
    ? null
    : `minimum ${config.MinimumPollers ?? '?'}, maximum ${config.MaximumPollers ?? '?'} event pollers`;

const count = (value: number | undefined, unit: string): string | null =>
  value === undefined ? null : `${value} ${unit}${value === 1 ? '' : 's'}`;

const clusterRows = (cluster: ClusterView | null): Row[] =>
  cluster === null
    ? [['Name', 'it does not exist']]
    : [
        ['Name', `${cluster.name} (${cluster.type}, ${cluster.state})`],
        ['Kafka', cluster.kafkaVersion],
        ['Brokers', `${cluster.brokers}${cluster.instanceType === null ? '' : ` × ${cluster.instanceType}`}`],
        ['Authentication', enabledOf(cluster)],
        ['Public access', cluster.publicAccess ? 'on' : 'off'],
      ];

const enabledOf = (methods: {
  iam: boolean;
  scram: boolean;
  mtls: boolean;
  unauthenticatedTls: boolean;
  plaintext: boolean;
}): string => {
  const on = [
    methods.iam ? 'IAM' : '',
    methods.scram ? 'SASL/SCRAM' : '',
    methods.mtls ? 'mTLS' : '',
    methods.unauthenticatedTls ? 'unauthenticated (TLS)' : '',
    methods.plaintext ? 'unauthenticated (plaintext)' : '',
  ].filter((name) => name !== '');
  return on.length === 0 ? 'none is on' : on.join(', ');
};

const functionRows = (found: FunctionConfiguration | null, reserved: Fact<number | null>): Row[] =>
  found === null
    ? [['Name', 'it does not exist']]
    : [
        ['Name', qualifiedNameOf(found.FunctionArn) ?? found.FunctionName],
        ['State', found.State],
        ['Runtime', found.Runtime],
        ['Timeout', count(found.Timeout, 'second')],
        ['Memory', found.MemorySize === undefined ? null : `${found.MemorySize} MB`],
        [
          'Reserved concurrency',
          reserved.is === 'known' ? (reserved.value === null ? 'none' : String(reserved.value)) : null,
        ],
        ['Last modified', found.LastModified],
      ];

const roleRows = (role: Role | null): Row[] =>
  role === null
    ? [['Name', 'it does not exist']]
    : [
        ['Name', role.RoleName],
        ['ARN', role.Arn],
        ['Permissions boundary', role.PermissionsBoundary?.PermissionsBoundaryArn],
        ['Created', role.CreateDate],
      ];

const secretRows = (secret: Secret | null, profile: Fact<SecretProfile>): Row[] =>
  secret === null
    ? [['Name', 'it does not exist']]
    : [
        ['Name', secret.Name ?? secret.ARN],
        ['ARN', secret.ARN],
        ['Encrypted with', secret.KmsKeyId ?? 'aws/secretsmanager (AWS managed key)'],
        ['Deletion', secret.DeletedDate],
        ['Last changed', secret.LastChangedDate],
        ['Members', profile.is === 'known' ? profile.value.members.join(', ') : null],
        ['User', profile.is === 'known' ? (profile.value.principal ?? null) : null],
      ];

/** The mapping's own text for it where the resource does not exist. */
const destinationOf = (found: unknown, mapping: Mapping | null): string =>
  `${mapping?.DestinationConfig?.OnFailure?.Destination ?? '?'}${found === null ? ' (it does not exist)' : ''}`;

/** Nothing for what does not apply to the mapping. */
function section<T>(
  title: string,
  fact: Fact<T>,
  rowsOf: (value: T) => readonly Row[],
  { colour, columns }: Style,
): string[] {
  if (fact.is === 'not-applicable') return [];
  const heading = ['', colour.cyan(title)];
  if (fact.is === 'unread') {
    const reasons = [...new Set(fact.missing.map(({ action, error }) => `${action}: ${visible(error)}`))];
    return [...heading, wrap(`Not read: ${reasons.join('; ')}`, { columns, indent: 2, hang: 2 })];
  }
  const rows = rowsOf(fact.value).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const width = Math.max(...rows.map(([label]) => stringWidth(label)));
  return [
    ...heading,
    ...rows.map(([label, value]) =>
      wrap(`${label.padEnd(width)}  ${visible(value!)}`, { columns, indent: 2, hang: width + 2 }),
    ),
  ];
}
