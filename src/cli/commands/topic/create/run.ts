/** `topic create`: reads, plans, asks, executes. */
import { limitClients, type Clients } from '../../../../account/clients.js';
import { lookUpTopic } from '../../../../account/queries/clusters.js';
import { UsageError } from '../../../../errors.js';
import { topicFault, type WantedTopic } from '../../../../mapping/topic.js';
import { executeStep } from '../../../../plan/execution/execute.js';
import type { Plan, TopicStep } from '../../../../plan/plan.js';
import { planTopic } from '../../../../plan/topic.js';
import { isOk } from '../../../../snapshot/read.js';
import { confirm } from '../../../single-prompts.js';
import { environmentFor } from '../../../change/environment.js';
import { observeOn } from '../../../change/observer.js';
import type { Call } from '../../../define-command.js';
import { exitCodes } from '../../../exit-codes.js';
import type { Io } from '../../../io.js';
import { givePlanned, giveExisting, giveNothing, giveResult } from './answer.js';
import { findTopicCluster, sayUnread } from '../cluster.js';
import type { TopicCreateOptions } from './options.js';
import { limitTime } from '../../../time-limit.js';

/** Creates a topic, unless an equal one exists. */
export async function run({ args: [name = ''], options, io }: Call<TopicCreateOptions>): Promise<number> {
  const wanted = wantedTopic(options);
  // Reads have their own time limit, apart from the one for waiting.
  const located = await findTopicCluster(name, { ...options, timeout: options.timeout + options.waitTimeout }, io);
  if (typeof located === 'number') {
    await giveNothing(io, options, null);
    return located;
  }
  const { clients, cluster } = located;
  const fault = topicFault(wanted, cluster);
  if (fault !== null) throw new UsageError(`${fault}.`);
  const reading = limitClients(clients, limitTime(options.timeout));
  const existing = await lookUpTopic(reading, cluster.ClusterArn, wanted.name);
  io.signal.throwIfAborted();
  if (isOk(existing)) return giveExisting(io, options, wanted, existing.value);
  if (existing.outcome !== 'not-found') {
    await giveNothing(io, options, null);
    return sayUnread(io, `Whether the topic ${wanted.name} exists`, existing);
  }
  const plan = planTopic(cluster.ClusterArn, wanted, { waits: options.wait });
  if (options.dryRun === true) return givePlanned(io, options, plan, await clients.region());
  const sentence = `Create the topic ${wanted.name} with ${wanted.partitions} partitions and replication factor ${wanted.replicationFactor} in ${cluster.ClusterName ?? cluster.ClusterArn}?`;
  if (
    options.yes !== true &&
    !(await confirm(io, sentence, {
      sentence: 'Confirmation needed, but this is not a terminal: pass --yes or --dry-run.',
      hint: 'Nothing was changed.',
    }))
  ) {
    io.stderr.write('Nothing was changed.\n');
    await giveNothing(io, options, plan);
    return exitCodes.ok;
  }
  return carryOut(plan, clients, options, io);
}

/** Throws `UsageError` for what is missing. */
function wantedTopic({ topic: name, partitions, replicationFactor, config = {} }: TopicCreateOptions): WantedTopic {
  const missing = [
    name === undefined && '--topic',
    partitions === undefined && '--partitions',
    replicationFactor === undefined && '--replication-factor',
  ].filter(Boolean);
  if (name === undefined || partitions === undefined || replicationFactor === undefined)
    throw new UsageError(`missing required ${missing.length === 1 ? 'flag' : 'flags'}: ${missing.join(', ')}`);
  return { name, partitions, replicationFactor, config };
}

/** A user who interrupts is told what may have been created. */
async function carryOut(plan: Plan<TopicStep>, clients: Clients, options: TopicCreateOptions, io: Io): Promise<number> {
  const observer = observeOn(io);
  try {
    const environment = environmentFor({ io, clients, observer, waitTimeout: options.waitTimeout });
    return await giveResult(io, options, plan, await executeStep(plan.steps[0]!, environment));
  } catch (error) {
    observer.close();
    if (io.signal.aborted) observer.sayInterrupted();
    throw error;
  }
}
