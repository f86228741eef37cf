/** The steps after metadata: topic and leaders, coordinator and group, offsets, one record. */
import { StepFailed } from './broker-steps.js';
import { addressOf, type BrokerLink, type ProbeContext } from './broker-link.js';
import { fetchPoint, fetchRecord } from './fetch-step.js';
import { joinEmptyGroup } from './group-join.js';
import { describeGroup, findGroupCoordinator, type DescribedGroup } from './group-steps.js';
import { readCommitted, readRanges, readRangesUnlessMoved, type OffsetRange } from './offset-steps.js';
import type { HostPort } from './probe-input.js';
import type { GroupResult, PartitionResult } from './probe-result.js';
import { judgeTopic, readMetadata, topicProblem, type ClusterView } from './topic-step.js';

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
  const [{ current, readable, ranges }, coordinator] = await Promise.all([
    topic === null || found === null ? noOffsets : offsetsOf(found.view, topic, linkTo, context, attempt),
    group === null ? null : attempt(coordinate(view, group, linkTo, context, attempt)),
  ]);
  const ids = readable.flatMap((each) => each.ids);
  const committed =
    coordinator === null || topic === null || ids.length === 0 || group === null
      ? null
      : await attempt(readCommitted(coordinator.link, { group, topic, partitions: ids }, context));
  const partitions = current === null ? null : partitionsOf(current, ranges, committed);
  const point = partitions === null ? null : fetchPoint(partitions);
  const leader = readable.find((each) => point !== null && each.ids.includes(point.partition));
  if (topic !== null && point !== null && leader !== undefined)
    context.facts.record = await attempt(fetchRecord(leader.link, topic, point, context));
  return { partitions, group: coordinator?.described ?? (group === null ? null : unknownGroup(group)), failures };
}

interface Leader {
  link: BrokerLink;
  ids: number[];
}

interface Offsets {
  /** With the leaders that were asked; null without a topic. */
  current: ClusterView | null;
  readable: Leader[];
  ranges: (Map<number, OffsetRange> | null)[];
}

const noOffsets: Offsets = { current: null, readable: [], ranges: [] };

/** The offsets from the leaders. Where partitions have moved, the leaders are asked for once more, as a client does. */
async function offsetsOf(
  view: ClusterView,
  topic: string,
  linkTo: LinkTo,
  context: ProbeContext,
  attempt: Attempt,
): Promise<Offsets> {
  const asked = leadersOf(view, linkTo);
  const answers = await Promise.all(
    asked.map(({ link, ids }) => attempt(readRangesUnlessMoved(link, topic, ids, context))),
  );
  const moved = new Set(asked.flatMap(({ ids }, index) => (answers[index] === 'moved' ? ids : [])));
  const first = answers.map((answer) => (answer === 'moved' ? null : answer));
  if (moved.size === 0) return { current: view, readable: asked, ranges: first };
  const current = (await attempt(readMetadata(view.link, context))) ?? view;
  const again = leadersOf(current, linkTo).flatMap(({ link, ids }) => {
    const wanted = ids.filter((id) => moved.has(id));
    return wanted.length === 0 ? [] : [{ link, ids: wanted }];
  });
  const second = await Promise.all(again.map(({ link, ids }) => attempt(readRanges(link, topic, ids, context))));
  return {
    current,
    readable: [...asked.filter((_, index) => answers[index] !== 'moved'), ...again],
    ranges: [...first, ...second],
  };
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
function leadersOf({ topic, brokers }: ClusterView, linkTo: LinkTo): Leader[] {
  const byAddress = new Map<string, Leader>();
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
  const { link, found } = await onCoordinator(view, group, linkTo, context);
  const { keepOut: _, conflict, ...described } = found;
  if (conflict !== null) await attempt(Promise.reject(link.steps.fail('group-describe', conflict, 0)));
  await attempt(joinEmptyGroup(link, found, context));
  return { link, described };
}

/** The group as its coordinator describes it. A coordinator that has moved is asked for once more, as a client does. */
async function onCoordinator(
  view: ClusterView,
  group: string,
  linkTo: LinkTo,
  context: ProbeContext,
): Promise<{ link: BrokerLink; found: DescribedGroup }> {
  for (let mayMove = true; ; mayMove = false) {
    const { nodeId, ...target } = await findGroupCoordinator(view.link, group, context);
    const link = linkTo(target, nodeId);
    const found = await describeGroup(link, group, context, mayMove);
    if (found !== null) return { link, found };
  }
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
