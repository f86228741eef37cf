/** The answers of `topic create`, and their exit codes. */
import { inShell } from '../../../../text/shells.js';
import type { Refusal } from '../../../../account/make-changes.js';
import type { TopicDescription } from '../../../../account/queries/clusters.js';
import type { AwsCall } from '../../../../aws/call.js';
import { renderCli } from '../../../../fixes/render-cli.js';
import { isUnsure } from '../../../../mapping/refusals.js';
import { topicDifferences, type WantedTopic } from '../../../../mapping/topic.js';
import type { StepResult } from '../../../../plan/execution/result.js';
import type { Plan, TopicStep } from '../../../../plan/plan.js';
import type { TopicRow } from '../../../../report/topic-text.js';
import { visible, visibleLines } from '../../../../text/visible.js';
import { printAnswer, printUnread } from '../../../print-answer.js';
import { exitCodes } from '../../../exit-codes.js';
import type { Io } from '../../../io.js';
import type { TopicCreateOptions } from './options.js';

interface TopicAnswer {
  changed: number;
  plan: AwsCall[];
  topic: (TopicRow & { status: string | null; config: Record<string, string> }) | null;
  message: string;
}

const callsOf = (plan: Plan<TopicStep> | null): AwsCall[] =>
  plan?.steps.flatMap(({ calls }) => calls.map(({ call }) => call)) ?? [];

/** The document without a topic; people read the reason on stderr. */
export const giveNothing = (io: Io, options: TopicCreateOptions, plan: Plan<TopicStep> | null): Promise<void> =>
  printUnread(io, options, { changed: 0, plan: callsOf(plan), topic: null });

/** `--dry-run`. */
export async function givePlanned(
  io: Io,
  options: TopicCreateOptions,
  plan: Plan<TopicStep>,
  region: string,
): Promise<number> {
  const calls = callsOf(plan);
  const lines = calls
    .map((call) => `\n  ${inShell(renderCli(call, { region, profile: options.profile }), io.shell)}`)
    .join('');
  await give(io, options, {
    changed: 0,
    plan: calls,
    topic: null,
    message: `Dry run, nothing was created. The call:${lines}`,
  });
  return exitCodes.ok;
}

/** An existing topic, equal to the requested one or different. */
export async function giveExisting(
  io: Io,
  options: TopicCreateOptions,
  wanted: WantedTopic,
  existing: TopicDescription,
): Promise<number> {
  const differences = topicDifferences(existing, wanted);
  const state = differences.length === 0 ? 'with these settings' : `but ${differences.join(', ')}`;
  await give(io, options, {
    changed: 0,
    plan: [],
    topic: rowOf(wanted, existing),
    message: `The topic ${wanted.name} already exists${differences.length === 0 ? ' ' : ', '}${state}.`,
  });
  return differences.length === 0 ? exitCodes.ok : exitCodes.problem;
}

/** The result of the plan. */
export async function giveResult(
  io: Io,
  options: TopicCreateOptions,
  plan: Plan<TopicStep>,
  { calls: [call], wait }: StepResult,
): Promise<number> {
  const { topic } = plan.steps[0]!;
  if (call?.outcome === 'topic-there') return giveExisting(io, options, topic, call.topic);
  if (call?.outcome === 'refused') {
    await giveNothing(io, options, plan);
    return sayRefused(io, call.refusal);
  }
  const { name } = topic;
  const made = (status: string | null, message: string) =>
    give(io, options, { changed: 1, plan: callsOf(plan), topic: { ...rowOf(topic, {}), status }, message });
  if (wait?.until !== 'topic-active') {
    await made('CREATING', `The topic ${name} is being created; MSK shows it after about a minute.`);
    return exitCodes.ok;
  }
  const { waited } = wait;
  if (waited.outcome === 'active') {
    await made('ACTIVE', `The topic ${name} is active.`);
    return exitCodes.ok;
  }
  const because = waited.outcome === 'still' ? waited.because : `Its state could not be read: ${waited.failure.error}.`;
  await made(null, `The topic ${name} was created. ${because}`);
  return exitCodes.cannotTell;
}

const give = (io: Io, options: TopicCreateOptions, { message, ...document }: TopicAnswer): Promise<void> =>
  printAnswer(io, options, {
    text: () => (options.quiet === true ? (document.topic?.name ?? '') : visibleLines(message)),
    json: () => document,
  });

const rowOf = (wanted: WantedTopic, existing: Partial<TopicDescription>): NonNullable<TopicAnswer['topic']> => ({
  name: wanted.name,
  partitions: existing.PartitionCount ?? wanted.partitions,
  replicationFactor: existing.ReplicationFactor ?? wanted.replicationFactor,
  outOfSyncReplicas: null,
  status: existing.Status ?? null,
  config: { ...wanted.config, ...existing.config },
});

/** A missing permission or no answer says nothing about the topic. */
function sayRefused(io: Io, refusal: Refusal): number {
  const { outcome, error, action } = refusal;
  const unsure = isUnsure(refusal);
  const hint = unsure
    ? 'Run the same command again: it finds the topic if it exists.'
    : outcome === 'denied'
      ? `Your credentials need ${action}, and kafka-cluster:Connect and kafka-cluster:CreateTopic inside the cluster.`
      : 'Nothing was changed.';
  io.stderr.write(
    `error: ${visible(unsure ? `unknown whether the topic was created: ${error}` : `the topic could not be created: ${error}`)}\n  ${hint}\n`,
  );
  return !unsure && (outcome === 'failed' || outcome === 'not-found') ? exitCodes.problem : exitCodes.cannotTell;
}
