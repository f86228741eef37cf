/** One mapping seen whole: every fact derived from the snapshot, each when first asked for, once. */
import { matchText } from '../catalogue/match.js';
import { textState } from '../catalogue/text-state.js';
import { lastLoggedError } from '../catalogue/poller-log.js';
import { isOk, lookup } from '../snapshot/read.js';
import type { Mapping, OrganizationPolicies } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { chooseBroker } from './broker.js';
import {
  authOf,
  bootstrapOf,
  clusterOf,
  clusterPolicyOf,
  serverPropertiesOf,
  topicsOf,
  vpcConnectionOf,
} from './cluster-facts.js';
import { destinationOf, destinationReferenceOf, registryOf } from './destination.js';
import { clusterIdentityOf } from './cluster-identity.js';
import { parseEventSource } from './event-source.js';
import { all, fromRead, fromReadOrGone, known, mapFact, moot, andThen, type Fact } from './fact.js';
import type { FactName, FactOf, Subject } from './facts.js';
import { clusterMetricsOf, functionMetricsOf, lagMetricsOf, mappingMetricsOf } from './metrics.js';
import { networkOf, pollersOf } from './network.js';
import { roleOf, rolePoliciesOf } from './role.js';
import {
  kafkaPrincipalOf,
  keyGrantsOf,
  onlyFor,
  keyReads,
  secretKeyId,
  secretByUri,
  secretKeyOf,
  secretKeyPolicyOf,
  secretOf,
  secretPolicyOf,
  secretProfileOf,
  secretReferenceFact,
} from './secret.js';
import { siblingsOf } from './siblings.js';
import { unqualifiedArn } from '../snapshot/function-arn.js';

/** The facts of one mapping. Never throws; a mapping that could not be read makes every fact unread. */
export function subjectOf(snapshot: Snapshot, uuid: string): Subject {
  const read = lookup(snapshot.mappings, uuid, { service: 'lambda', operation: 'GetEventSourceMapping' });
  return lazily(derivations(snapshot, mapFact(fromRead(read), inAwsSpelling)));
}

/** `enabled` is how an emulator may write `Enabled`. */
const inAwsSpelling = (mapping: Mapping): Mapping =>
  mapping.State === undefined
    ? mapping
    : { ...mapping, State: mapping.State.charAt(0).toUpperCase() + mapping.State.slice(1).toLowerCase() };

type Derivations = { [N in FactName]: (subject: Subject) => FactOf<N> };

/** Getters that compute once: many mappings are judged together, and not every fact is asked for. */
function lazily(derive: Derivations): Subject {
  const subject = {} as Subject;
  for (const name of Object.keys(derive) as FactName[])
    Object.defineProperty(subject, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value: unknown = derive[name](subject);
        Object.defineProperty(subject, name, { value, enumerable: true });
        return value;
      },
    });
  return subject;
}

function derivations(snapshot: Snapshot, mapping: Fact<Mapping>): Derivations {
  const keyId = (subject: Subject) =>
    secretKeyId(subject.secret, mapping.is === 'known' ? mapping.value.FunctionArn?.split(':')[4] : undefined);
  return {
    capturedAt: () => known(new Date(snapshot.capturedAt)),
    mapping: () => mapping,
    observedError: () =>
      mapFact(mapping, ({ LastProcessingResult: text }) =>
        textState(text) === 'error' ? (matchText(text!)?.id ?? 'unknown') : null,
      ),
    works: () =>
      mapFact(
        mapping,
        ({ State: state, LastProcessingResult: text }) =>
          state === 'Enabled' && ['ok', 'idle'].includes(textState(text)),
      ),
    siblings: ({ consumerGroup }) =>
      andThen(all(mapping, consumerGroup), ([value, { custom }]) => siblingsOf(snapshot, value, custom)),
    eventSource: () =>
      andThen(mapping, ({ EventSourceArn: arn }) => {
        const source = parseEventSource(arn ?? '');
        return source === null ? moot('its event source is no MSK cluster or VPC connection') : known(source);
      }),
    clusterIdentity: ({ eventSource, vpcConnection }) =>
      mapFact(eventSource, (source) => clusterIdentityOf(source, vpcConnection)),
    topic: () =>
      andThen(mapping, ({ Topics: [topic] }) =>
        topic === undefined ? moot('the mapping names no topic') : known(topic),
      ),
    consumerGroup: () =>
      mapFact(mapping, (value) => {
        const id = value.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? value.UUID;
        return { id, custom: id !== value.UUID };
      }),

    function: () =>
      andThen(mapping, ({ FunctionArn: arn }) =>
        arn === undefined
          ? moot('the mapping names no function')
          : fromReadOrGone(
              lookup(snapshot.functions, arn, { service: 'lambda', operation: 'GetFunctionConfiguration' }),
            ),
      ),
    reservedConcurrency: (subject) =>
      andThen(all(mapping, subject.function), ([{ FunctionArn: arn }, configuration]) => {
        if (configuration === null) return moot('the function is gone: see function.state');
        const read = lookup(snapshot.concurrency, unqualifiedArn(arn!), {
          service: 'lambda',
          operation: 'GetFunctionConcurrency',
        });
        return mapFact(fromReadOrGone(read), (value) => value?.ReservedConcurrentExecutions ?? null);
      }),

    vpcConnection: ({ eventSource }) => andThen(eventSource, (source) => vpcConnectionOf(snapshot, source)),
    cluster: ({ eventSource, vpcConnection }) =>
      andThen(eventSource, (source) => clusterOf(snapshot, source, vpcConnection)),
    clusterPolicy: ({ eventSource, vpcConnection }) =>
      andThen(eventSource, (source) => clusterPolicyOf(snapshot, source, vpcConnection)),
    bootstrap: ({ eventSource, cluster, vpcConnection }) =>
      andThen(eventSource, (source) => bootstrapOf(snapshot, source, cluster, vpcConnection)),
    auth: ({ eventSource, cluster, vpcConnection, bootstrap }) =>
      andThen(all(mapping, eventSource), ([value, source]) =>
        authOf(value, source, { cluster, connection: vpcConnection, bootstrap }),
      ),
    broker: ({ eventSource, auth, bootstrap }) =>
      mapFact(all(eventSource, auth, bootstrap), ([source, { method }, strings]) =>
        chooseBroker(method, source.kind, strings),
      ),
    topics: ({ eventSource, cluster }) => andThen(eventSource, (source) => topicsOf(snapshot, source, cluster)),
    topicPartitions: ({ topics, topic }) =>
      known(
        (topics.is === 'known' &&
          topic.is === 'known' &&
          topics.value.find((one) => one.TopicName === topic.value)?.PartitionCount) ||
          null,
      ),
    serverProperties: ({ cluster }) => serverPropertiesOf(snapshot, cluster),
    aclConfiguration: ({ serverProperties }) =>
      known(
        serverProperties.is === 'known' ? (serverProperties.value?.['allow.everyone.if.no.acl.found'] ?? null) : null,
      ),

    pollers: ({ eventSource, cluster, vpcConnection }) =>
      andThen(all(mapping, eventSource), ([value, source]) => pollersOf(value, source, cluster, vpcConnection)),
    network: (subject) =>
      andThen(all(mapping, subject.eventSource), ([value, source]) => networkOf(snapshot, value, source, subject)),

    role: (subject) => roleOf(snapshot, subject.function),
    rolePolicies: (subject) => rolePoliciesOf(snapshot, subject.function, subject.role),
    organizationPolicies: () => {
      const read = (policies: Snapshot['serviceControlPolicies']): OrganizationPolicies | null => {
        const found = policies[snapshot.account ?? ''];
        return found !== undefined && isOk(found) ? found.value : null;
      };
      return known({
        service: read(snapshot.serviceControlPolicies),
        resource: read(snapshot.resourceControlPolicies),
      });
    },

    resourcePolicies: (subject) => {
      const { clusterPolicy, secretPolicy, secretKeyPolicy, destination } = subject;
      return known({
        cluster: clusterPolicy,
        secret: secretPolicy,
        secretKey: secretKeyPolicy,
        secretKeyGrants: keyGrantsOf(snapshot, keyId(subject), subject.function),
        destination,
      });
    },

    secretReference: () => andThen(mapping, secretReferenceFact),
    secret: ({ secretReference }) => secretOf(snapshot, secretReference),
    secretProfile: ({ secretReference }) => secretProfileOf(snapshot, secretReference),
    kafkaPrincipal: ({ auth, secretProfile }) => kafkaPrincipalOf(auth, secretProfile),
    secretPolicy: ({ secretReference }) => secretPolicyOf(snapshot, secretReference),
    secretKey: (subject) => secretKeyOf(snapshot, keyId(subject)),
    otherKeys: ({ destination }) =>
      mapFact(mapping, ({ KMSKeyArn: ofFilter = '' }) => {
        const ofDestination = destination.is === 'known' ? (destination.value?.kmsKeyId ?? '') : '';
        return {
          destination:
            ofDestination === '' || ofDestination.includes('alias/aws/') ? null : keyReads(snapshot, ofDestination),
          filter: ofFilter === '' ? null : keyReads(snapshot, ofFilter),
        };
      }),
    registrySecrets: () =>
      mapFact(mapping, ({ AmazonManagedKafkaEventSourceConfig: own }) =>
        (own?.SchemaRegistryConfig?.AccessConfigs ?? []).flatMap(({ URI: uri = '' }) =>
          uri === '' ? [] : [secretByUri(snapshot, uri)],
        ),
      ),
    secretKeyPolicy: (subject) => secretKeyPolicyOf(snapshot, keyId(subject)),
    scramSecrets: ({ eventSource, auth }) =>
      andThen(all(eventSource, auth), ([{ arn, kind }, { method }]) => {
        if (method !== 'scram') return moot('the mapping does not log in by SASL/SCRAM');
        if (kind === 'vpc-connection') return moot('the secrets of another account’s cluster cannot be listed');
        return fromRead(lookup(snapshot.scramSecrets, arn, { service: 'kafka', operation: 'ListScramSecrets' }));
      }),

    scramSecret: ({ auth, secret }) => onlyFor('scram', auth, secret),
    scramProfile: ({ auth, secretProfile }) => onlyFor('scram', auth, secretProfile),
    certificateProfile: ({ auth, secretProfile }) => onlyFor('mtls', auth, secretProfile),

    destinationReference: () => andThen(mapping, destinationReferenceOf),
    destination: ({ destinationReference }) => destinationOf(snapshot, destinationReference),
    registry: () => andThen(mapping, (value) => registryOf(snapshot, value)),

    functionMetrics: () =>
      andThen(mapping, ({ FunctionArn: arn }) =>
        arn === undefined ? moot('the mapping names no function') : functionMetricsOf(snapshot, arn),
      ),
    mappingMetrics: () => andThen(mapping, ({ UUID }) => mappingMetricsOf(snapshot, UUID)),
    clusterMetrics: ({ eventSource, cluster }) => clusterMetricsOf(snapshot, eventSource, cluster),
    lagMetrics: ({ eventSource, cluster, consumerGroup, topic }) =>
      lagMetricsOf(snapshot, eventSource, cluster, consumerGroup, topic),
    loggedError: ({ pollerLogs }) => known(pollerLogs.is === 'known' ? lastLoggedError(pollerLogs.value) : null),
    pollerLogs: () =>
      andThen(mapping, ({ UUID, LoggingConfig: logging }) =>
        logging?.SystemLogLevel === undefined
          ? moot('the mapping writes no poller log')
          : fromRead(lookup(snapshot.pollerLogs, UUID, { service: 'logs', operation: 'FilterLogEvents' })),
      ),
  };
}
