/**
 * What a probe proves about the pollers of a mapping. A broker's answer to the mapping's own login is proof wherever it
 * was asked; a broker that cannot be reached from another machine proves nothing about the pollers.
 */
import type { CheckId } from '../../catalogue/check-ids.js';
import type { FailureKind } from '../../checks/define.js';
import type { Finding, Status } from '../../checks/run.js';
import { ownCommand } from '../../fixes/own-command.js';
import { faultOf, type FaultKind } from '../judge/fault.js';
import type { ProbeJudgement } from '../judge/judge-probe.js';
import { originWords, type ProbeContext } from '../judge/probe-context.js';
import type { ProbeResult, ProbeStep } from '../probe-result.js';

/** A check that the probe decided. */
export type ProvenFinding =
  | { status: 'pass' }
  | (Pick<Finding, 'title' | 'evidence' | 'fixes'> & {
      status: Extract<Status, 'fail' | 'warn' | 'unknown'>;
      kind?: FailureKind;
      /** Why it is proven, where no broker answered it. */
      because?: string;
    });

export interface Proof {
  findings: Map<CheckId, ProvenFinding>;
  /** Sentences for the user: what the probe showed, and what it does not prove. */
  hints: string[];
}

export interface ProofContext extends Pick<ProbeContext, 'from' | 'identity'> {
  uuid: string;
  /** Lambda shows that it processes records: what seems to stop the mapping cannot have stopped it yet. */
  processes: boolean;
}

/** Answers of a broker about the topic itself, which are true for every client that may describe it. */
const aboutTopic: readonly FaultKind[] = ['topic-missing', 'topic-without-leader'];
/** Answers of a broker about the login, the principal, or the group. */
const aboutPrincipal: readonly FaultKind[] = [
  'login',
  'certificate',
  'topic-denied',
  'group-denied',
  'cluster-denied',
  'group-conflict',
];
/** ACLs can be limited to hosts, and members of a group come and go: a mapping that processes records outranks them. */
const contestable: readonly FaultKind[] = ['topic-denied', 'group-denied', 'cluster-denied', 'group-conflict'];

/** Pure. */
export function proofOfProbe({ result, findings }: ProbeJudgement, context: ProofContext): Proof {
  const proof: Proof = { findings: new Map(), hints: [] };
  if (result.verdict === 'unknown') {
    const reason = result.stoppedAt === null ? '' : `: ${result.stoppedAt.because}`;
    proof.hints.push(`The probe could not run ${originWords(context.from)}${reason}.`);
    return proof;
  }
  for (const check of provenToPass(result, context)) proof.findings.set(check, { status: 'pass' });
  const { stoppedAt } = result;
  if (stoppedAt === null) {
    proof.hints.push(successOf(result, context));
    return proof;
  }
  const kind = faultOf(stoppedAt, result);
  if (!isProof(kind, result, context)) {
    proof.hints.push(unproven(kind, result, context));
    return proof;
  }
  const failing = findings.find(({ status }) => status === 'fail');
  if (failing === undefined) return proof;
  const { title, evidence, fixes } = failing;
  const status = !context.processes ? 'fail' : contestable.includes(kind) ? 'unknown' : 'warn';
  proof.findings.set(failing.check, {
    status,
    title,
    evidence,
    fixes,
    ...(kind === 'topic-missing' ? { kind: 'no-topic' as const } : {}),
  });
  proof.hints.push(
    `The probe stopped ${originWords(context.from)} at step ${stoppedAt.step} of ${stoppedAt.broker}: ${stoppedAt.name}${context.processes ? ', although Lambda processes records' : ''}.`,
  );
  return proof;
}

/** Whether the failure shows what the pollers meet. */
function isProof(kind: FaultKind, result: ProbeResult, { from, identity }: ProofContext): boolean {
  const isPollers = result.auth !== 'iam' || identity?.isExecutionRole === true;
  if (from.kind === 'subnet') return isPollers || !aboutPrincipal.includes(kind);
  if (aboutTopic.includes(kind)) return true;
  if (!aboutPrincipal.includes(kind) || !isPollers) return false;
  // A connection that only ends may have been closed on the way; an alert is the broker's answer.
  return kind !== 'certificate' || /ALERT/.test(result.stoppedAt?.name ?? '');
}

const has = ({ brokers }: ProbeResult, step: ProbeStep): boolean =>
  brokers.some(({ steps }) => steps.some((done) => done.step === step && done.status === 'ok'));

/** Checks that the steps which succeeded decide. */
function provenToPass(result: ProbeResult, { identity }: ProofContext): CheckId[] {
  const { auth } = result;
  if (!has(result, 'metadata')) return [];
  const reads = has(result, 'topic') && has(result, 'fetch');
  const joins = has(result, 'group-join');
  return [
    'cluster.broker',
    ...(auth === 'scram' ? (['secret.scram', 'secret.association'] as const) : []),
    ...(auth === 'mtls' ? (['secret.certificate'] as const) : []),
    ...(has(result, 'topic') && (result.topic?.partitions?.length ?? 0) > 0 ? (['cluster.topic'] as const) : []),
    ...(auth !== 'iam' && reads && joins ? (['cluster.acl'] as const) : []),
    ...(auth === 'iam' && identity?.isExecutionRole === true
      ? ([
          'access.kafka-connect',
          ...(reads ? (['access.kafka-topic'] as const) : []),
          ...(joins ? (['access.kafka-group'] as const) : []),
        ] as const)
      : []),
  ];
}

function successOf(result: ProbeResult, { from, identity }: ProofContext): string {
  const who =
    result.auth === 'iam' && identity?.isExecutionRole !== true ? 'your credentials' : 'the login of the mapping';
  const done = [
    'connected to the brokers',
    ...(has(result, 'fetch') ? ['read the topic'] : []),
    ...(has(result, 'group-join') ? ['joined the consumer group'] : []),
  ];
  const limit =
    result.auth === 'iam' && identity?.isExecutionRole !== true
      ? ' It proves the permissions of your credentials, not those of the execution role.'
      : from.kind === 'here'
        ? ' It does not prove that the pollers reach the brokers from their subnets.'
        : '';
  return `The probe ${done.join(', ')} ${originWords(from)} with ${who}.${limit}`;
}

function unproven(kind: FaultKind, { stoppedAt, auth }: ProbeResult, { from, uuid }: ProofContext): string {
  const where = `at step ${stoppedAt!.step} of ${stoppedAt!.broker} (${stoppedAt!.name})`;
  if (auth === 'iam' && aboutPrincipal.includes(kind))
    return `The brokers refused your credentials ${where}. This says nothing about the execution role: \`${ownCommand('probe', uuid, '--assume-role', 'ROLE')}\` logs in as the role.`;
  return `The probe stopped ${originWords(from)} ${where}. This says nothing about the pollers, which connect from the subnets of the cluster: \`${ownCommand('probe', uuid, '--from-vpc')}\` connects from there.`;
}
