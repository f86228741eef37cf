/** The steps after metadata: topic and leaders, coordinator and group, offsets, one record. */
import { StepFailed } from './broker-steps.js';
import { addressOf, type BrokerLink, type ProbeContext } from './broker-link.js';
import { fetchPoint, fetchRecord } from './fetch-step.js';
import { joinEmptyGroup } from './group-join.js';
import { describeGroup, findGroupCoordinator } from './group-steps.js';
import { readCommitted, readRanges, type OffsetRange } from './offset-steps.js';
import type { HostPort } from './probe-input.js';
import type { GroupResult, PartitionResult } from './probe-result.js';
import { judgeTopic, topicProblem, type ClusterView } from './topic-step.js';

/** Gives the same link for the same address. */
export type LinkTo = (target: HostPort, node: number | null) => BrokerLink;

export interface PollerSteps {
  partitions: PartitionResult[] | null;
  group: GroupResult | null;
  /** Failures of steps that a poller needs. */
  failures: StepFailed[];
}

export async function takePollerSteps(view: ClusterView, linkTo: LinkTo, context: ProbeContext): Promise<PollerSteps> {
  const { topic, group } = context.input;
  const failures: StepFailed[] = [];
  /** The value, or null after a failed step, which is kept. */
  const attempt = async <T>(work: Promise<T>): Promise<T | null> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      if (!failures.includes(error)) failures.push(error);
      return null;
    }
  };
  const found = topic === null ? null : await attempt(topicOf(view, topic, context));
  if (found?.problem != null) failures.push(found.problem);
  const readable = found === null || topic === null ? [] : leadersOf(found.view, linkTo);
  const [ranges, coordinator] = await Promise.all([
    Promise.all(readable.map(({ link, ids }) => attempt(readRanges(link, topic!, ids, context)))),
    group === null ? null : attempt(coordinate(view, group, linkTo, context, attempt)),
  ]);
  const ids = readable.flatMap((each) => each.ids);
  const committed =
    coordinator === null || topic === null || ids.length === 0 || group === null
      ? null
      : await attempt(readCommitted(coordinator.link, { group, topic, partitions: ids }, context));
  const partitions = found === null ? null : partitionsOf(found.view, ranges, committed);
  const point = partitions === null ? null : fetchPoint(partitions);
  const leader = readable.find((each) => point !== null && each.ids.includes(point.partition));
  if (topic !== null && point !== null && leader !== undefined)
    context.facts.record = await attempt(fetchRecord(leader.link, topic, point, context));
  return { partitions, group: coordinator?.described ?? (group === null ? null : unknownGroup(group)), failures };
}

const unknownGroup = (id: string): GroupResult => ({ id, state: null, members: null, protocol: null });

/** The topic with its problem, which is recorded; partitions that have a leader can be read all the same. */
async function topicOf(
  view: ClusterView,
  topic: string,
  context: ProbeContext,
): Promise<{ view: ClusterView; problem: StepFailed | null }> {
  const judged = await judgeTopic(view, topic, context);
  const problem = topicProblem(judged, topic);
  return { view: judged, problem: problem === null ? null : judged.link.steps.fail('topic', problem, 0) };
}

/** The partitions with a leader, by leader. */
function leadersOf({ topic, brokers }: ClusterView, linkTo: LinkTo): { link: BrokerLink; ids: number[] }[] {
  const byAddress = new Map<string, { link: BrokerLink; ids: number[] }>();
  for (const { id, leader } of topic?.errorCode === 0 ? topic.partitions : []) {
    const target = leader === null ? undefined : brokers.get(leader);
    if (target === undefined) continue;
    const entry = byAddress.get(addressOf(target)) ?? { link: linkTo(target, leader), ids: [] };
    entry.ids.push(id);
    byAddress.set(addressOf(target), entry);
  }
  return [...byAddress.values()];
}

interface Coordinator {
  link: BrokerLink;
  described: GroupResult;
}

type Attempt = <T>(work: Promise<T>) => Promise<T | null>;

/** Describes and joins the group; the offsets can be read even where the join is refused. */
async function coordinate(
  view: ClusterView,
  group: string,
  linkTo: LinkTo,
  context: ProbeContext,
  attempt: Attempt,
): Promise<Coordinator> {
  const { nodeId, ...target } = await findGroupCoordinator(view.link, group, context);
  const link = linkTo(target, nodeId);
  const found = await describeGroup(link, group, context);
  const { keepOut: _, conflict, ...described } = found;
  if (conflict !== null) await attempt(Promise.reject(link.steps.fail('group-describe', conflict, 0)));
  await attempt(joinEmptyGroup(link, found, context));
  return { link, described };
}

function partitionsOf(
  { topic }: ClusterView,
  ranges: readonly (Map<number, OffsetRange> | null)[],
  committed: Map<number, number | null> | null,
): PartitionResult[] | null {
  if (topic === null || topic.errorCode !== 0) return null;
  return topic.partitions.map(({ id, leader }) => {
    const offsets = ranges.map((each) => each?.get(id)).find((range) => range !== undefined) ?? null;
    const position = committed?.get(id) ?? null;
    const lag = offsets === null || position === null ? null : Math.max(0, offsets.last - position);
    return { id, leader, offsets, committed: position, lag };
  });
}
