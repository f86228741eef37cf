/** The probe of a cluster: the steps of a poller against every broker, each within its time limit. */
import type { SaslLogin } from '../kafka/login/login.js';
import { addressOf, BrokerLink, NotTried, type ProbeContext } from './broker-link.js';
import { StepFailed } from './broker-steps.js';
import { prepareCredentials } from './credential-fault.js';
import { Limits } from './limits.js';
import { LoginGate } from './login-gate.js';
import { takePollerSteps, type LinkTo, type PollerSteps } from './poller-steps.js';
import { principalOf } from './principal.js';
import type { ProbeCredentials, ProbeInput } from './probe-input.js';
import type { ProbeResult } from './probe-result.js';
import { readMetadata, type ClusterView } from './topic-step.js';
import { judged, unreached } from './verdict.js';

function saslOf(credentials: ProbeCredentials): SaslLogin | null {
  switch (credentials.kind) {
    case 'scram':
      // The only mechanism of SCRAM that Amazon MSK offers and Lambda uses with it.
      return { mechanism: 'SCRAM-SHA-512', username: credentials.username, password: credentials.password };
    case 'iam':
      return { mechanism: credentials.mechanism, region: credentials.region, ...credentials.credentials };
    default:
      return null;
  }
}

/**
 * Probes the brokers. Rejects only with the reason of the caller's signal; every other failure is part of the result.
 * Nothing is committed or written, and a refused login is tried once on the whole cluster.
 */
export async function runProbe(input: ProbeInput): Promise<ProbeResult> {
  input.signal.throwIfAborted();
  const limits = new Limits(input.limits, input.signal);
  const { fault, context: tls } = prepareCredentials(input, Date.now());
  const context: ProbeContext = {
    input,
    limits,
    gate: new LoginGate(),
    fault,
    tls,
    sasl: saslOf(input.credentials),
    facts: {
      offeredMechanisms: null,
      principal: principalOf(input.credentials),
      notKafka: null,
      serverCertificate: null,
      throttledMs: 0,
      record: null,
      notes: [],
    },
  };
  const links = new Map<string, BrokerLink>();
  const linkTo: LinkTo = (target, node) => {
    const address = addressOf(target);
    const link = links.get(address) ?? new BrokerLink(target, context);
    links.set(address, link);
    link.steps.node ??= node;
    return link;
  };
  try {
    return await probe(context, linkTo, links);
  } finally {
    for (const link of links.values()) link.close();
    limits.close();
  }
}

async function probe(
  context: ProbeContext,
  linkTo: LinkTo,
  links: ReadonlyMap<string, BrokerLink>,
): Promise<ProbeResult> {
  const { input, facts } = context;
  const bootstrap = [...new Set(input.bootstrap.map((target) => linkTo(target, null)))];
  const failures: StepFailed[] = [];
  const views = bootstrap.map(async (link) => {
    try {
      return await readMetadata(link, context);
    } catch (error) {
      if (error instanceof StepFailed) failures.push(error);
      else if (!(error instanceof NotTried)) throw error;
      throw error;
    }
  });
  const view = await firstOf(views);
  const steps = view === null ? null : await afterMetadata(view, linkTo, context);
  // The others may still be on their way; each has its own limits.
  await Promise.allSettled(views);
  context.limits.throwIfAborted();
  facts.throttledMs = Math.max(0, ...[...links.values()].map((link) => link.throttledMs));
  if (view !== null) nameNodes(view, links);
  const inOrder = failures.toSorted((a, b) => position(bootstrap, a) - position(bootstrap, b));
  const { verdict, stoppedAt } =
    view === null ? withFault(context, bootstrap, unreached(inOrder)) : judged(steps?.failures ?? []);
  return {
    auth: input.auth,
    verdict,
    stoppedAt,
    brokers: [...links.values()].map((link) => link.steps.result()),
    topic: input.topic === null ? null : { name: input.topic, partitions: steps?.partitions ?? null },
    group: steps?.group ?? null,
    facts,
  };
}

const position = (links: readonly BrokerLink[], { broker }: StepFailed): number =>
  links.findIndex(({ steps }) => steps.address === broker);

/** The first answer; null where there is none. Errors of the program are not swallowed. */
async function firstOf(views: readonly Promise<ClusterView>[]): Promise<ClusterView | null> {
  try {
    return await Promise.any(views);
  } catch (error) {
    for (const reason of (error as AggregateError).errors)
      if (!(reason instanceof StepFailed || reason instanceof NotTried)) throw reason;
    return null;
  }
}

/** Steps of the topic and the group; the other advertised brokers are reached at the same time. */
async function afterMetadata(view: ClusterView, linkTo: LinkTo, context: ProbeContext): Promise<PollerSteps | null> {
  const { topic, group } = context.input;
  if (topic === null && group === null) return null;
  const others = [...view.brokers].map(([node, target]) => linkTo(target, node).ready());
  const [steps] = await Promise.all([takePollerSteps(view, linkTo, context), Promise.allSettled(others)]);
  return steps;
}

/** Bootstrap addresses that metadata names too get their node id. */
function nameNodes({ brokers }: ClusterView, links: ReadonlyMap<string, BrokerLink>): void {
  for (const [node, target] of brokers) {
    const link = links.get(addressOf(target));
    if (link !== undefined) link.steps.node ??= node;
  }
}

/** A fault of the credentials is certain, also where no broker was reached. */
function withFault(
  { fault }: ProbeContext,
  [first]: readonly BrokerLink[],
  judgement: ReturnType<typeof unreached>,
): ReturnType<typeof unreached> {
  if (fault === null || first === undefined) return judgement;
  const { step, error, unusableHere } = fault;
  const reached = judgement.stoppedAt?.step === step;
  // Where the probe itself cannot log in, a failure before the login still blocks the pollers.
  if (unusableHere) return reached ? { ...judgement, verdict: 'unknown' } : judgement;
  if (reached) return judgement;
  const { problem } = first.steps.fail(step, error, 0);
  return { verdict: 'blocked', stoppedAt: { broker: first.steps.address, step, ...problem } };
}
