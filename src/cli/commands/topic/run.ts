import type { Refusal } from '../../../account/apply.js';
import { limitClients, type Clients } from '../../../account/clients.js';
import { lookUpCluster, lookUpTopic, type TopicDescription } from '../../../account/look-up.js';
import { listTopics } from '../../../account/lists.js';
import { renderCli } from '../../../fixes/render-cli.js';
import { systemClock } from '../../../mapping/clock.js';
import { mendCluster } from '../../../mapping/normalize-input.js';
import { resolveCluster } from '../../../mapping/resolve.js';
import { isUnsure } from '../../../mapping/refusals.js';
import {
  alreadyThere,
  createTopic,
  createTopicCall,
  topicDifferences,
  topicFault,
  waitForTopic,
  whyNoTopics,
  type WantedTopic,
} from '../../../mapping/topic.js';
import type { AwsCall } from '../../../aws/call.js';
import { renderTopics, type TopicRow } from '../../../report/topic-text.js';
import { visible, visibleLines } from '../../../text/visible.js';
import { isOk, type ReadFailure } from '../../../snapshot/read.js';
import type { Cluster } from '../../../snapshot/resources/index.js';
import { giveAnswer, giveUnread } from '../../answer.js';
import { confirm } from '../../ask.js';
import type { TopicCreateOptions } from './create/options.js';
import type { TopicListOptions } from './list/options.js';
import type { Call } from '../../define.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { startProgress } from '../../progress.js';
import { openClients, toUsageError } from '../../source.js';
import { UsageError } from '../../../errors.js';

export async function runList({ args: [name = ''], options, io }: Call<TopicListOptions>): Promise<number> {
  const unread = (clusterArn: string | null) => giveUnread(io, options, { clusterArn, topics: null });
  const place = await findCluster(name, options, io);
  if (typeof place === 'number') {
    await unread(null);
    return place;
  }
  const { clients, cluster } = place;
  const read = await listTopics(clients, cluster.ClusterArn);
  if (!isOk(read)) {
    await unread(cluster.ClusterArn);
    return sayUnread(io, `The topics of ${cluster.ClusterName ?? name}`, read);
  }
  const topics = read.value.map((topic): TopicRow => ({
    name: topic.TopicName,
    partitions: topic.PartitionCount ?? null,
    replicationFactor: topic.ReplicationFactor ?? null,
    outOfSyncReplicas: topic.OutOfSyncReplicaCount ?? null,
  }));
  topics.sort((a, b) => (a.name < b.name ? -1 : 1));
  await giveAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? topics.map((topic) => topic.name).join('\n')
        : renderTopics(topics, cluster.ClusterName ?? cluster.ClusterArn),
    json: () => ({ clusterArn: cluster.ClusterArn, topics }),
  });
  return exitCodes.ok;
}

export async function runCreate({ args: [name = ''], options, io }: Call<TopicCreateOptions>): Promise<number> {
  const wanted = wantedTopic(options);
  // Reading has its limit; waiting has its own.
  const place = await findCluster(name, { ...options, timeout: options.timeout + options.waitTimeout }, io);
  const nothing = (plan: AwsCall[]) => giveUnread(io, options, { changed: 0, plan, topic: null });
  if (typeof place === 'number') {
    await nothing([]);
    return place;
  }
  const { clients, cluster } = place;
  const fault = topicFault(wanted, cluster);
  if (fault !== null) throw new UsageError(`${fault}.`);
  const call = createTopicCall(cluster.ClusterArn, wanted);
  const reading = limitClients(clients, AbortSignal.timeout(options.timeout * 1000));
  const standing = await lookUpTopic(reading, cluster.ClusterArn, wanted.name);
  io.signal.throwIfAborted();
  if (isOk(standing)) return sayThere(standing.value, wanted, options, io);
  if (standing.outcome !== 'not-found') {
    await nothing([]);
    return sayUnread(io, `Whether the topic ${wanted.name} is there`, standing);
  }
  if (options.dryRun === true) {
    await answer(io, options, {
      changed: 0,
      plan: [call],
      topic: null,
      said: `Would make one call:\n  ${renderCli(call, options)}`,
    });
    return exitCodes.ok;
  }
  const sentence = `Create the topic ${wanted.name} with ${wanted.partitions} partitions and replication factor ${wanted.replicationFactor} in ${cluster.ClusterName ?? cluster.ClusterArn}?`;
  if (
    options.yes !== true &&
    !(await confirm(io, sentence, {
      sentence: 'nobody is there to confirm the change',
      hint: 'Give `--yes` to make it, or `--dry-run` to see it.',
    }))
  ) {
    io.stderr.write('Nothing was changed.\n');
    await nothing([call]);
    return exitCodes.ok;
  }
  return make({ clients, cluster, wanted, call, options, io });
}

function wantedTopic({ topic: name, partitions, replicationFactor, config = {} }: TopicCreateOptions): WantedTopic {
  const missing = [
    name === undefined && '--topic',
    partitions === undefined && '--partitions',
    replicationFactor === undefined && '--replication-factor',
  ].filter(Boolean);
  if (name === undefined || partitions === undefined || replicationFactor === undefined)
    throw new UsageError(`${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`);
  return { name, partitions, replicationFactor, config };
}

/** One that is there is as asked, or differs. */
async function sayThere(
  found: TopicDescription,
  wanted: WantedTopic,
  options: TopicCreateOptions,
  io: Io,
): Promise<number> {
  const differences = topicDifferences(found, wanted);
  const state = differences.length === 0 ? 'as asked' : `but ${differences.join(', ')}`;
  await answer(io, options, {
    changed: 0,
    plan: [],
    topic: rowOf(wanted, found),
    said: `The topic ${wanted.name} is there already, ${state}.`,
  });
  return differences.length === 0 ? exitCodes.ok : exitCodes.problem;
}

interface Making {
  clients: Clients;
  cluster: Cluster;
  wanted: WantedTopic;
  call: AwsCall;
  options: TopicCreateOptions;
  io: Io;
}

/** Makes it once and sees it through; who stops it is told what may be there. */
async function make({ clients, cluster, wanted, call, options, io }: Making): Promise<number> {
  const { name } = wanted;
  const progress = startProgress(io, 'Creating the topic');
  const patience = {
    clock: systemClock(io.signal),
    say: progress.say,
    limit: options.waitTimeout * 1000,
    signal: io.signal,
  };
  let soFar = `AWS was being asked to create the topic ${name}. The same command again finds it if it is there.`;
  try {
    const applied = await createTopic(clients, call, patience);
    if (applied.outcome !== 'ok') {
      // One that was made a moment ago is there before MSK shows it.
      const there =
        alreadyThere(applied) && options.wait ? await waitForTopic(clients, cluster.ClusterArn, name, patience) : null;
      if (there?.outcome === 'active') return await sayThere(there.topic, wanted, options, io);
      await giveUnread(io, options, { changed: 0, plan: [call], topic: null });
      return sayRefused(io, applied);
    }
    soFar = `The topic ${name} is being created, and stays. \`msk-lambda topic list\` shows it after a minute or so.`;
    const done = (status: string | null, said: string) =>
      answer(io, options, { changed: 1, plan: [call], topic: { ...rowOf(wanted, {}), status }, said });
    if (!options.wait) {
      await done('CREATING', `The topic ${name} is being created; MSK shows it after a minute or so.`);
      return exitCodes.ok;
    }
    const waited = await waitForTopic(clients, cluster.ClusterArn, name, patience);
    progress.stop();
    if (waited.outcome === 'active') {
      await done('ACTIVE', `The topic ${name} is there.`);
      return exitCodes.ok;
    }
    await done(
      null,
      `The topic ${name} was created. ${waited.outcome === 'still' ? waited.because : `Its state could not be read: ${waited.failure.error}.`}`,
    );
    return exitCodes.cannotTell;
  } catch (error) {
    if (io.signal.aborted) io.stderr.write(`${visible(soFar)}\n`);
    throw error;
  } finally {
    progress.stop();
  }
}

/** The clients and the cluster; an exit code where they are not to be had, said on stderr. Throws `UsageError` for a cluster without topics in its API. */
async function findCluster(
  name: string,
  options: Omit<TopicListOptions, 'output'>,
  io: Io,
): Promise<{ clients: Clients; cluster: Cluster } | number> {
  const clients = await openClients(options, io);
  const mended = mendCluster(name);
  for (const note of mended.notes) io.stderr.write(`note: ${visible(note)}\n`);
  try {
    const read = await lookUpCluster(clients, await resolveCluster(clients, mended.value));
    io.signal.throwIfAborted();
    if (!isOk(read)) {
      if (read.outcome === 'not-found')
        throw new UsageError(`there is no cluster ${name} in ${await clients.region()}`);
      return sayUnread(io, `The cluster ${name}`, read);
    }
    const lacking = whyNoTopics(read.value);
    if (lacking !== null)
      throw new UsageError(
        `MSK offers no topics of ${read.value.ClusterName ?? name}: ${lacking}.`,
        'Use Kafka’s own tools from a client that reaches the brokers.',
      );
    return { clients, cluster: read.value };
  } catch (error) {
    const { name: kind, message, hint = '' } = error as Error & { hint?: string };
    if (kind !== 'NotReadable') throw toUsageError(error);
    io.stderr.write(`error: ${visible(message)}\n  ${visible(hint)}\n`);
    return exitCodes.cannotTell;
  }
}

interface TopicAnswer {
  changed: number;
  plan: AwsCall[];
  topic: (TopicRow & { status: string | null; config: Record<string, string> }) | null;
  said: string;
}

const answer = (io: Io, options: TopicCreateOptions, { said, ...document }: TopicAnswer): Promise<void> =>
  giveAnswer(io, options, {
    text: () => (options.quiet === true ? (document.topic?.name ?? '') : visibleLines(said)),
    json: () => document,
  });

const rowOf = (wanted: WantedTopic, found: Partial<TopicDescription>): NonNullable<TopicAnswer['topic']> => ({
  name: wanted.name,
  partitions: found.PartitionCount ?? wanted.partitions,
  replicationFactor: found.ReplicationFactor ?? wanted.replicationFactor,
  outOfSyncReplicas: null,
  status: found.Status ?? null,
  config: { ...wanted.config, ...found.config },
});

function sayUnread(io: Io, what: string, { error, outcome, action }: ReadFailure): number {
  io.stderr.write(
    `error: ${visible(`${what} could not be read: ${error}`)}\n${outcome === 'denied' ? `  Your credentials need ${action}, and kafka-cluster:Connect and kafka-cluster:DescribeTopic inside the cluster.\n` : ''}`,
  );
  return exitCodes.cannotTell;
}

/** A right that is lacking, or no answer, tells nothing about the topic. */
function sayRefused(io: Io, refusal: Refusal): number {
  const { outcome, error, action } = refusal;
  const unsure = isUnsure(refusal);
  const hint = unsure
    ? 'The same command again finds it if it was made all the same.'
    : outcome === 'denied'
      ? `Your credentials need ${action}, and kafka-cluster:Connect and kafka-cluster:CreateTopic inside the cluster.`
      : 'Nothing was changed.';
  io.stderr.write(
    `error: ${visible(unsure ? `no answer tells whether the topic was created: ${error}` : `the topic could not be created: ${error}`)}\n  ${hint}\n`,
  );
  return !unsure && (outcome === 'failed' || outcome === 'not-found') ? exitCodes.problem : exitCodes.cannotTell;
}
