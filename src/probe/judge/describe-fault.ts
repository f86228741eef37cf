/** The title of a fault in one sentence, and the facts that belong to it besides the failed steps. */
import { authNames } from '../../aws/msk.js';
import { lastSegment } from '../../aws/arn.js';
import { enumerate } from '../../text/enumerate.js';
import type { ProbeResult } from '../probe-result.js';
import { isOutOfDate, isWrongName, type FailedStep, type FaultKind } from './fault.js';
import { originWords, type ProbeContext, type ProbeOrigin } from './probe-context.js';

/** Who logged in, as the subject of a sentence: the execution role, the caller, or a Kafka principal. */
export function whoLoggedIn({ facts, auth }: ProbeResult, { identity }: ProbeContext): string {
  if (auth !== 'iam') return facts.principal ?? 'the principal of the secret';
  const arn = identity?.arn ?? facts.principal;
  if (identity?.isExecutionRole === true) return `The execution role ${arn === null ? '' : lastSegment(arn)}`.trimEnd();
  if (arn !== null && /:role\//.test(arn)) return `The role ${lastSegment(arn)}`;
  return `Your credentials${arn === null ? '' : ` (${arn})`}`;
}

/** Operations of Kafka's authorizer that the step needs; Lambda needs both Describe and Read. */
export const deniedOperation = ({ step }: FailedStep): 'Describe' | 'Read' =>
  step === 'fetch' || step === 'group-join' ? 'Read' : 'Describe';

/** The kafka-cluster action that the step needs. */
export function deniedAction(kind: FaultKind, { step }: FailedStep): string {
  if (kind === 'group-denied') return step === 'group-join' ? 'AlterGroup' : 'DescribeGroup';
  if (kind === 'topic-denied') return step === 'fetch' ? 'ReadData' : 'DescribeTopic';
  return kind === 'cluster-denied' ? 'DescribeCluster' : 'Connect';
}

/** The title, without a period. */
export function titleOfFault(kind: FaultKind, problem: FailedStep, result: ProbeResult, context: ProbeContext): string {
  const { broker, name, step } = problem;
  const { auth, facts } = result;
  const topic = result.topic?.name ?? 'the topic';
  const group = result.group?.id ?? 'of the mapping';
  const who = whoLoggedIn(result, context);
  const origin = originWords(context.from);
  switch (kind) {
    case 'name':
      return `The name of broker ${broker} does not resolve ${origin}`;
    case 'unreachable':
      return `Broker ${broker} cannot be reached ${origin}`;
    case 'handshake':
      return `Broker ${broker} does not complete the TLS handshake`;
    case 'untrusted':
      if (isWrongName(name)) return `The certificate of broker ${broker} is for another host name`;
      return isOutOfDate(name)
        ? `The certificate of broker ${broker} ${name === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet'}`
        : `The certificate of broker ${broker} is not signed by a trusted certificate authority`;
    case 'not-kafka':
      return `${broker} is not a Kafka listener for ${authNames[auth]}${facts.notKafka === null || facts.notKafka === 'other' ? '' : `: it speaks ${facts.notKafka}`}`;
    case 'silent':
      return name === 'TIMEOUT'
        ? `Broker ${broker} accepted the connection and does not answer`
        : `Broker ${broker} ${name === 'MALFORMED' ? 'sent an answer that is not valid' : 'closed the connection'} at step ${step}`;
    case 'certificate-missing':
      return `Broker ${broker} requires a client certificate, and ${authNames[auth]} has none`;
    case 'certificate':
      return `Broker ${broker} does not accept the client certificate${facts.principal === null ? '' : ` of ${facts.principal}`}`;
    case 'private-key':
      return 'The private key of the client certificate cannot be used';
    case 'mechanism':
      return `Broker ${broker} does not offer ${authNames[auth]} on this listener${offered(facts.offeredMechanisms)}`;
    case 'login':
      return auth === 'iam'
        ? `${who} may not connect to the cluster: the brokers refused the IAM login`
        : `The brokers do not accept the user name and password of ${who}`;
    case 'no-user':
      return auth === 'iam'
        ? `${who} cannot log in to the cluster`
        : 'The secret has no user name and password to log in with';
    case 'topic-missing':
      return problem.code === 17 ? `Kafka does not accept the topic name ${topic}` : `Topic ${topic} does not exist`;
    case 'topic-without-leader':
      return `A partition of topic ${topic} has no leader`;
    case 'topic-denied':
      return auth === 'iam'
        ? `${who} may not ${step === 'fetch' ? 'read' : 'describe'} topic ${topic}: kafka-cluster:${deniedAction(kind, problem)} is missing`
        : `Kafka ACLs deny ${who} the operation ${deniedOperation(problem)} on topic ${topic}`;
    case 'group-denied':
      return auth === 'iam'
        ? `${who} may not use consumer group ${group}: kafka-cluster:${deniedAction(kind, problem)} is missing`
        : `Kafka ACLs deny ${who} the operation ${deniedOperation(problem)} on consumer group ${group}`;
    case 'cluster-denied':
      return auth === 'iam'
        ? `${who} may not use the cluster: kafka-cluster:${deniedAction(kind, problem)} is missing`
        : `Kafka ACLs deny ${who} an operation on the cluster`;
    case 'coordinator':
      return `No broker coordinates consumer group ${group}`;
    case 'group-conflict':
      return `Consumer group ${group} does not accept Lambda as a member (${name})`;
    case 'broker-error':
      return `Broker ${broker} answered step ${step} with ${name}`;
  }
}

const offered = (mechanisms: readonly string[] | null): string =>
  mechanisms === null || mechanisms.length === 0 ? '' : `; it offers ${enumerate(mechanisms)}`;

/** Facts that help to judge the fault, as clauses. */
export function factsOfFault(
  kind: FaultKind,
  problem: FailedStep,
  { auth, facts, topic }: ProbeResult,
  { hasAuthority, identity, from, secret }: ProbeContext,
): string[] {
  const server = facts.serverCertificate;
  switch (kind) {
    case 'name':
      return from.kind === 'here'
        ? ['this shows how the name resolves on this machine, not in the subnets of the pollers']
        : [];
    case 'unreachable':
      return from.kind === 'here'
        ? ['brokers of MSK have private addresses; this shows the network of this machine, not that of the pollers']
        : [];
    case 'untrusted':
      return [
        ...(server === null
          ? []
          : [
              `certificate of ${server.subject}, issued by ${server.issuer}, for ${server.names.length === 0 ? 'no names' : enumerate(server.names.slice(0, 5))}, valid until ${server.notAfter}`,
            ]),
        ...(hasAuthority || isWrongName(problem.name) || isOutOfDate(problem.name)
          ? []
          : ['for brokers with a private certificate authority, pass its certificate with --ca-file']),
      ];
    case 'certificate':
      return [
        ...(secret?.profile.certificate?.chain
          .slice(0, 1)
          .map(({ issuer }) => `the certificate was issued by ${issuer}`) ?? []),
        'MSK accepts certificates from the private certificate authorities of the cluster (TlsCertificateAuthorityArnList) that are valid and for client authentication',
      ];
    case 'mechanism':
      return facts.offeredMechanisms === null || facts.offeredMechanisms.length === 0
        ? ['the listener offers no SASL mechanism']
        : [`SASL mechanisms of the listener: ${facts.offeredMechanisms.join(', ')}`];
    case 'login':
      return auth === 'iam'
        ? ofCaller(identity)
        : ['the brokers of MSK know only users from secrets that are associated with the cluster'];
    case 'topic-denied':
      return [
        ...(deniedOperation(problem) === 'Describe'
          ? [
              `Kafka gives the same answer for a topic that does not exist: without permission to describe it, ${topic?.name ?? 'the topic'} may not exist`,
            ]
          : []),
        ...(auth === 'iam' ? ofCaller(identity) : byHost(from)),
      ];
    case 'group-denied':
      return auth === 'iam'
        ? ['Lambda needs kafka-cluster:DescribeGroup and kafka-cluster:AlterGroup on the group', ...ofCaller(identity)]
        : byHost(from);
    case 'cluster-denied':
      return auth === 'iam' ? ofCaller(identity) : byHost(from);
    default:
      return [];
  }
}

const ofCaller = (identity: ProbeContext['identity']): string[] =>
  identity === null || identity.isExecutionRole
    ? []
    : [
        'this shows the permissions of these credentials; Lambda uses those of the execution role (--assume-role probes with them)',
      ];

const byHost = ({ kind }: ProbeOrigin): string[] =>
  kind === 'here' ? ['Kafka ACLs can be limited to hosts, and the pollers connect from other hosts'] : [];
