/** Shared by the network checks: each judges one component of every path. */
import type { Component, ComponentAnswer, PathAnswer } from '../../network/answer.js';
import { joinFixes } from '../../network/fixes/join.js';
import { unique } from '../../network/outcome.js';
import { areInEveryPlacement } from '../../network/placements.js';
import { serviceNames, type NetworkQuestion, type NetworkReads } from '../../network/question.js';
import { reachability } from '../../network/reachability.js';

import type { Fix } from '../../fixes/fix.js';
import { isOk } from '../../snapshot/read.js';
import type { NetworkAcl } from '../../snapshot/resources/index.js';
import { enumerate } from '../../text/enumerate.js';
import { fail, pass, skip, undecided, warn, type Evidence, type FailureKind, type Judgement } from '../define.js';

/** What one component blocks, over all paths. */
export interface NetworkEvidence {
  facts: Evidence[];
  fixes: Fix[];
  /** Poller subnets from which the component blocks something, and what they cannot reach. */
  subnets: string[];
  /** Names of services; empty for paths to brokers. */
  services: string[];
  port: number;
  /** The faults in a few words, each once. */
  summaries: string[];
  /** Whether the most severe result is a block, not a risk. */
  blocks: boolean;
}

/** More evidence than this hides the important part. */
const mostFacts = 12;

/** The judgement of one component, with its path. */
type Verdicts = { path: PathAnswer; verdict: ComponentAnswer }[];

/**
 * One component over all paths. A block anywhere is a failure, because pollers may be in any of the subnets; next
 * comes what could not be decided, then risks. With several placements (Serverless) AWS does not say which one
 * Lambda uses, so only a block in all of them is certain.
 */
export function judgeComponent(
  component: Component,
  { question, reads }: { question: NetworkQuestion; reads: NetworkReads },
  to?: PathAnswer['to']['kind'],
): Judgement<NetworkEvidence> {
  const paths = reachability(reads, question).paths.filter((path) => to === undefined || path.to.kind === to);
  const verdicts: Verdicts = paths.flatMap((path) =>
    path.components.filter((verdict) => verdict.component === component).map((verdict) => ({ path, verdict })),
  );
  const of = (status: ComponentAnswer['status']) => verdicts.filter(({ verdict }) => verdict.status === status);
  const [blocked, risky, unsure] = [of('blocked'), of('warn'), of('unknown')];
  const evidence = (hits: Verdicts): NetworkEvidence => ({
    facts: shorten(
      inOrder(unique(hits.flatMap(({ verdict }) => verdict.facts.map(({ resource, fact }) => ({ resource, fact }))))),
    ),
    summaries: unique(hits.flatMap(({ verdict }) => verdict.facts.flatMap(({ summary }) => summary ?? []))),
    fixes: joinFixes(component, unique(hits.map(({ verdict }) => verdict.fixes)), aclsOf(reads)),
    subnets: unique(hits.map(({ path }) => path.from)),
    services: unique(hits.flatMap(({ path }) => (path.to.kind === 'service' ? [serviceNames[path.to.service]] : []))),
    port: hits[0]!.path.port,
    blocks: hits === blocked,
  });
  const blockedPaths = blocked.map(({ path }) => path);
  if (blocked.length > 0 && areInEveryPlacement(blockedPaths, question.placements.length))
    return fail(evidence(blocked));
  if (blocked.length > 0) {
    const { facts, subnets } = evidence(blocked);
    return undecided(
      `it blocks the pollers in ${list(subnets)}, but AWS does not document which of the cluster’s VPC configurations Lambda uses`,
      [],
      facts,
    );
  }
  if (unsure.length > 0) {
    const { facts, subnets } = evidence(unsure);
    return undecided(
      `the paths from ${subnets.length === 1 ? subnets[0] : `${subnets.length} subnets`} could not be followed completely`,
      unique(unsure.flatMap(({ verdict }) => verdict.missing)),
      facts,
    );
  }
  if (risky.length > 0) return warn(evidence(risky));
  return verdicts.length > 0 ? pass : skip(doesNotApply[component] ?? 'no path of the pollers uses it');
}

const acls = new WeakMap<NetworkReads['networkAcls'], NetworkAcl[]>();

/** Those of every VPC; computed once for many findings of many mappings. */
function aclsOf({ networkAcls }: NetworkReads): NetworkAcl[] {
  const listed = acls.get(networkAcls) ?? Object.values(networkAcls).flatMap((read) => (isOk(read) ? read.value : []));
  acls.set(networkAcls, listed);
  return listed;
}

const doesNotApply: Partial<Record<Component, string>> = {
  'aws-path': 'pollers in provisioned mode need no network path to AWS services',
  'endpoint-private-dns': 'the pollers use no interface endpoint',
  'endpoint-ingress': 'the pollers use no interface endpoint',
  'endpoint-policy': 'the pollers use no endpoint',
  'vpc-dns': 'the pollers use no interface endpoint',
};

const purposes: readonly [FailureKind, readonly string[]][] = [
  ['secret-only', [serviceNames.secretsmanager]],
  ['registry-only', [serviceNames.glue]],
  ['destination-only', [serviceNames.sqs, serviceNames.sns, serviceNames.s3]],
];

/** What the mapping needs the services for, by their names, where all are for one thing. */
export const purposeOf = (services: readonly string[]): FailureKind | undefined =>
  services.length === 0
    ? undefined
    : purposes.find(([, names]) => services.every((service) => names.includes(service)))?.[0];

/** Facts about the same kind of resource together, so that similar ones can be joined, and a group's rules after its faults. */
function inOrder(facts: Evidence[]): Evidence[] {
  const kindOf = ({ resource }: Evidence) => resource.split('-')[0]!;
  const kinds = unique(facts.map(kindOf));
  const isRules = ({ fact }: Evidence) => Number(fact.startsWith('its '));
  return facts.toSorted((a, b) => kinds.indexOf(kindOf(a)) - kinds.indexOf(kindOf(b)) || isRules(a) - isRules(b));
}

const shorten = (facts: Evidence[]): Evidence[] =>
  facts.length <= mostFacts
    ? facts
    : [
        ...facts.slice(0, mostFacts),
        { resource: facts[mostFacts]!.resource, fact: `and ${facts.length - mostFacts} similar facts` },
      ];

/** `a, b and 3 more`. */
export const list = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;

/** The resources in the evidence. */
export const resourcesOf = ({ facts }: Pick<NetworkEvidence, 'facts'>): string[] =>
  unique(facts.map(({ resource }) => resource));

/** Resources as the subject of a sentence, with the verb in the right number: `Security groups sg-a, sg-b do not allow`. */
export function subject(
  noun: string,
  ids: readonly string[],
  verbs: readonly [singular: string, plural: string],
): string {
  return ids.length === 1 ? `${noun} ${ids[0]} ${verbs[0]}` : `${noun}s ${list(ids)} ${verbs[1]}`;
}

/** The subject of a title about subnets: `Subnet subnet-a`, or `3 subnets`, which the evidence lists. */
export const subnetsText = (subnets: readonly string[]): string =>
  subnets.length === 1 ? `Subnet ${subnets[0]}` : `${subnets.length} subnets`;

/** `Lambda or STS`; more than three are counted. */
export const servicesText = (services: readonly string[], conjunction: 'and' | 'or'): string =>
  services.length <= 3 ? enumerate(services, conjunction) : `${services.length} AWS services`;

/** `STS endpoint`, `Lambda and STS endpoints`. */
export const endpointsText = (services: readonly string[]): string =>
  `${servicesText(services, 'and')} endpoint${services.length === 1 ? '' : 's'}`;

/** The faults for the end of a title; more than two are left to the evidence. */
export const causesText = (summaries: readonly string[]): string =>
  summaries.length === 0 ? '' : `: ${summaries.slice(0, 2).join('; ')}`;

/** The check cluster.policy judges a connection's own groups and ports. */
export const byConnection = 'the mapping reads another account’s cluster through a VPC connection: see cluster.policy';
