/** What the functions prove about the pollers: they ran in the same subnets, with the same security groups and role. */
import type { CheckId } from '../catalogue/check-ids.js';
import type { ProbeContext } from '../probe/judge/probe-context.js';
import { proofOfProbe, type Proof, type ProvenFinding } from '../probe/proof/proof-of-probe.js';
import { enumerate } from '../text/enumerate.js';
import { worstOf, type SubnetJudgement } from './judge-subnets.js';
import { sentenceOf } from './refusal.js';

interface ProofContext extends Pick<ProbeContext, 'identity'> {
  uuid: string;
  processes: boolean;
  /** Whether the functions read the secret themselves where they had one. */
  readsSecret: boolean;
}

/** Checks that a TLS connection to every service from every subnet decides. */
const servicePaths = [
  'network.aws-path',
  'network.https-egress',
  'network.endpoint-ingress',
  'network.endpoint-private-dns',
] as const satisfies readonly CheckId[];
/** Checks that a complete exchange with every broker from every subnet decides. */
const brokerPaths = ['network.broker-ingress', 'network.broker-egress'] as const satisfies readonly CheckId[];

/** A failure in one subnet is proven; a success only where every subnet showed it. Pure. */
export function proofOfSubnets(subnets: readonly SubnetJudgement[], context: ProofContext): Proof {
  const { uuid, processes, identity, readsSecret } = context;
  const ran = subnets.filter(({ refusal }) => refusal === null);
  const proofs = ran.map(({ ofBrokers, from }) => proofOfProbe(ofBrokers, { uuid, from, identity, processes }));
  const findings = new Map<CheckId, ProvenFinding>();
  const isEverywhere = ran.length === subnets.length;
  const passIn = (check: CheckId): boolean =>
    isEverywhere && proofs.every((proof) => proof.findings.get(check)?.status === 'pass');
  for (const proof of proofs)
    for (const [check, finding] of proof.findings)
      if (finding.status !== 'pass' || passIn(check)) keepWorse(findings, check, finding);
  const proven = [
    ...(isEverywhere && ran.every(reachesServices) ? servicePaths : []),
    ...(isEverywhere && ran.every(reachesBrokers) ? brokerPaths : []),
    ...(isEverywhere && readsSecret ? (['access.secret', 'access.kms'] as const) : []),
  ];
  for (const check of proven) keepWorse(findings, check, { status: 'pass' });
  for (const { judgement, ofBrokers, from } of subnets) {
    const ofOthers = judgement.findings.filter((finding) => !ofBrokers.findings.includes(finding));
    for (const { check, status, title, evidence, fixes } of ofOthers)
      if (status === 'fail' || status === 'warn') {
        const because = `The probe shows it from ${from.subnet}.`;
        keepWorse(findings, check, { status, title, evidence, fixes, because });
      }
  }
  const worst = subnets.length === 0 ? null : worstOf(subnets);
  const position = worst === null ? -1 : ran.findIndex(({ from }) => from.subnet === worst.from.subnet);
  const hints = [
    ...(proofs[position]?.hints ?? []),
    ...(isEverywhere && worst?.judgement.result.verdict === 'reaches' && subnets.length > 1
      ? [`All subnets of the pollers show the same: ${enumerate(subnets.map(({ from }) => from.subnet))}.`]
      : []),
    ...subnets.flatMap(({ from, refusal }) =>
      refusal === null ? [] : [`The probe could not run from ${from.subnet}: ${sentenceOf(refusal)}`],
    ),
  ];
  return { findings, hints };
}

const ranks = ['fail', 'warn', 'unknown', 'pass'] as const;

function keepWorse(findings: Map<CheckId, ProvenFinding>, check: CheckId, finding: ProvenFinding): void {
  const earlier = findings.get(check);
  if (earlier === undefined || ranks.indexOf(finding.status) < ranks.indexOf(earlier.status))
    findings.set(check, finding);
}

const reachesServices = ({ services }: SubnetJudgement): boolean =>
  services.length > 0 && services.every(({ status }) => status === 'ok');

const reachesBrokers = ({ ofBrokers }: SubnetJudgement): boolean =>
  ofBrokers.result.verdict === 'reaches' &&
  ofBrokers.result.brokers.every(({ steps }) => steps.every(({ status }) => status !== 'failed'));
