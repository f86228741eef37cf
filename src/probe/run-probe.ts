/** The probe of a cluster: the steps of a poller against every broker, each within its time limit. */
import { addressOf, NotTried, type BrokerLink, type ProbeContext } from './broker-link.js';
import { StepFailed } from './broker-steps.js';
import { takePollerSteps, type LinkTo, type PollerSteps } from './poller-steps.js';
import type { ProbeInput } from './probe-input.js';
import type { ProbeResult } from './probe-result.js';
import { openSession, type Session } from './session.js';
import { readMetadata, type ClusterView } from './topic-step.js';
import { judged, unreached } from './verdict.js';

/**
 * Probes the brokers. Rejects only with the reason of the caller's signal; every other failure is part of the result.
 * Nothing is committed or written, and a refused login is tried once on the whole cluster.
 */
export async function runProbe(input: ProbeInput): Promise<ProbeResult> {
  input.signal.throwIfAborted();
  const session = openSession(input);
  try {
    return await probe(session);
  } finally {
    session.close();
  }
}

async function probe({ context, linkTo, links }: Session): Promise<ProbeResult> {
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
