/** The choices of the wizard: suitable ones first, then the others with the reason. Pure. */
import { clusterUuidOf } from '../../../../aws/event-source.js';
import { qualifiedNameOf } from '../../../../aws/function-arn.js';
import { invocationTimeout } from '../../../../aws/limits.js';
import { type AuthMethod, type SecretMethod, authNames, isScramSecret, scramPrefix } from '../../../../aws/msk.js';
import { nearNames } from '../../../../text/similar-names.js';
import type { Cluster, FunctionConfiguration, Mapping, Secret, Topic } from '../../../../snapshot/resources/index.js';
import { chooseAuth } from '../../../../subject/auth.js';
import { viewCluster } from '../../../../subject/cluster-view.js';
import type { ClusterView } from '../../../../subject/cluster-view.js';
import type { Choice } from './prompts.js';

/** Choices that can be selected first, each part in its own order. */
const fittingFirst = <T>(choices: readonly Choice<T>[]): Choice<T>[] => [
  ...choices.filter(({ disabled }) => disabled === undefined),
  ...choices.filter(({ disabled }) => disabled !== undefined),
];

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function functionChoices(functions: readonly FunctionConfiguration[]): Choice<string>[] {
  return fittingFirst(
    functions
      .toSorted((a, b) => byName(a.FunctionName, b.FunctionName))
      .map(({ FunctionName: name, State: state = 'Active', Runtime: runtime, Timeout: timeout = 3 }) => ({
        value: name,
        name,
        description: [
          runtime,
          `timeout ${timeout} s${timeout > invocationTimeout ? `: longer than the ${invocationTimeout} s limit of a mapping` : ''}`,
          state === 'Inactive' ? 'inactive: the first invocation will be slow' : '',
        ]
          .filter((part) => part !== undefined && part !== '')
          .join(', '),
        ...(state === 'Failed' ? { disabled: 'state Failed' } : {}),
      })),
  );
}

const offered = (view: ClusterView): string =>
  [
    view.iam && authNames.iam,
    view.scram && authNames.scram,
    view.mtls && authNames.mtls,
    view.unauthenticatedTls && authNames.tls,
    view.plaintext && authNames.plaintext,
  ]
    .filter(Boolean)
    .join(', ');

/** States in which a cluster works or soon will. */
const serving = new Set(['ACTIVE', 'MAINTENANCE', 'HEALING', 'REBOOTING_BROKER', 'UPDATING']);

/** By ARN: two clusters may have the same name. */
export function clusterChoices(clusters: readonly Cluster[]): Choice<string>[] {
  return fittingFirst(
    clusters
      .map((cluster) => viewCluster(cluster))
      .toSorted((a, b) => byName(a.name, b.name) || byName(a.arn, b.arn))
      .map((view) => ({
        value: view.arn,
        name:
          clusters.filter(({ ClusterName: name }) => name === view.name).length > 1
            ? `${view.name} (${clusterUuidOf(view.arn) ?? ''})`
            : view.name,
        description: [
          view.type === 'serverless' ? 'Serverless' : `Kafka ${view.kafkaVersion ?? '?'}`,
          `authentication: ${offered(view)}`,
          view.state === 'ACTIVE' ? '' : `state ${view.state}`,
        ]
          .filter((part) => part !== '')
          .join(', '),
        ...(serving.has(view.state) ? {} : { disabled: `state ${view.state}` }),
      })),
  );
}

/** `mappings`: those of the cluster. The function by name, with its qualifier if it has one. */
export function topicChoices(
  topics: readonly Topic[],
  mappings: readonly Mapping[],
  functionName: string,
): Choice<string>[] {
  const twinOf = (topic: string) =>
    mappings.find((mapping) => mapping.Topics[0] === topic && calls(mapping, functionName));
  return fittingFirst(
    topics
      .toSorted((a, b) => byName(a.TopicName, b.TopicName))
      .map(({ TopicName: name, PartitionCount: partitions }) => {
        const twin = twinOf(name);
        const disabled = name.startsWith('__')
          ? 'internal topic of Kafka'
          : twin === undefined
            ? undefined
            : `mapping ${twin.UUID} already connects it to this function`;
        return {
          value: name,
          name,
          ...(partitions === undefined
            ? {}
            : { description: `${partitions} ${partitions === 1 ? 'partition' : 'partitions'}` }),
          ...(disabled === undefined ? {} : { disabled }),
        };
      }),
  );
}

const calls = ({ FunctionArn: arn = '' }: Mapping, name: string): boolean =>
  arn === name ||
  qualifiedNameOf(arn) ===
    name
      .split(':')
      .filter((part) => !/^(\d{12}|function)$/.test(part))
      .join(':');

/**
 * For a typed topic that the cluster does not list: similar topics that exist, then the typed one with the command that
 * creates it. A similar topic is usually what was meant, so no command is shown then.
 */
export function missingTopicChoices(topic: string, topics: readonly Topic[], create: string): Choice<string>[] {
  if (topics.length === 0 || topics.some(({ TopicName }) => TopicName === topic)) return [];
  const near = nearNames(
    topic,
    topics.map(({ TopicName }) => TopicName),
  );
  return [
    ...near.map((name) => ({ value: name, name, description: `Similar topic that exists; ${topic} does not.` })),
    {
      value: topic,
      name: `${topic} (as typed)`,
      description: `Your credentials see no topic with this name in the cluster.${near.length > 0 ? '' : ` Create it first: ${create}`}`,
    },
  ];
}

/** The authentication methods. Lambda decides itself: what it would select is shown with the reason. */
export function authChoices(view: ClusterView | null): Choice<AuthMethod>[] {
  const secret = (value: SecretMethod, on: boolean | undefined): Choice<AuthMethod> => ({
    value,
    name: `${authNames[value]}, with a secret`,
    description: `Lambda selects it if the mapping has a secret with ${value === 'scram' ? 'a user name and password' : 'a client certificate and private key'}.`,
    ...(on === false ? { disabled: 'not enabled in the cluster' } : {}),
  });
  const secrets = [secret('scram', view?.scram), secret('mtls', view?.mtls)];
  if (view === null)
    return [
      {
        value: 'iam',
        name: 'IAM, without a secret',
        description:
          'Lambda selects it if the mapping has no secret and the VPC connection uses IAM. The cluster could not be read.',
      },
      ...secrets,
    ];
  const without = withoutSecret(view);
  const others = (['iam', 'tls', 'plaintext'] as const)
    .filter((method) => method !== without.value && has(view, method))
    .map((value) => ({
      value,
      name: authNames[value],
      disabled: `Lambda selects ${authNames[without.value]} first`,
    }));
  return fittingFirst([without, ...secrets, ...others]);
}

const has = (view: ClusterView, method: 'iam' | 'tls' | 'plaintext'): boolean =>
  ({ iam: view.iam, tls: view.unauthenticatedTls, plaintext: view.plaintext })[method];

/** What Lambda selects for a mapping without a secret. */
function withoutSecret(view: ClusterView): Choice<AuthMethod> {
  const { method, because, enabled } = chooseAuth(
    { UUID: '', Topics: [], SourceAccessConfigurations: [], FunctionResponseTypes: [] },
    view,
  );
  return {
    value: method,
    name: `${authNames[method]}${method === 'iam' ? ', without a secret' : ''}`,
    description: `Lambda selects it: ${because}.`,
    ...(enabled ? {} : { disabled: `not enabled in the cluster; enabled: ${offered(view)}` }),
  };
}

/** `associated`: ARNs of the secrets that are associated with the cluster; null where unread or irrelevant. */
export function secretChoices(
  secrets: readonly Secret[],
  kind: SecretMethod,
  associated: readonly string[] | null,
): Choice<string>[] {
  return fittingFirst(
    secrets
      .toSorted((a, b) => byName(a.Name ?? a.ARN, b.Name ?? b.ARN))
      .map(({ ARN: arn, Name: name = arn, DeletedDate: deleted }) => {
        const against = [
          deleted !== undefined && 'scheduled for deletion',
          kind === 'scram' && !isScramSecret(name) && `name does not begin with ${scramPrefix}`,
          kind === 'scram' && associated !== null && !associated.includes(arn) && 'not associated with the cluster',
        ].filter((reason) => reason !== false);
        return { value: arn, name, ...(against.length === 0 ? {} : { disabled: against[0]! }) };
      }),
  );
}
