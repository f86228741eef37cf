/** Creates a topic exactly once, and waits until it is ACTIVE. */
import { applyCall, type Applied, type Refusal } from '../../account/make-changes.js';
import type { Clients } from '../../account/clients.js';
import { lookUpTopic, type TopicDescription } from '../../account/queries/clusters.js';
import type { AwsCall } from '../../aws/call.js';
import { second, type WaitPolicy } from '../../mapping/clock.js';
import { isUnsure } from '../../mapping/refusals.js';
import { isOk, type ReadFailure } from '../../snapshot/read.js';
import { mostUnsure, pause } from './retry-limits.js';

export type TopicWaited =
  | { outcome: 'active'; topic: TopicDescription }
  | { outcome: 'still'; because: string }
  | { outcome: 'unread'; failure: ReadFailure };

/**
 * Creates it once. MSK shows a new topic late, so after a call without an answer, the refusal of a second call
 * proves that the topic was created.
 */
export async function createTopic(
  clients: Clients,
  call: AwsCall,
  { clock, signal }: Pick<WaitPolicy, 'clock' | 'signal'>,
): Promise<Applied> {
  let lost = false;
  for (let attempt = 1; ; attempt++) {
    const applied = await applyCall(clients, call, { once: true });
    signal.throwIfAborted();
    if (applied.outcome === 'ok') return applied;
    if (lost && isTopicThere(applied)) return { outcome: 'ok', output: {} };
    lost ||= isUnsure(applied);
    if (attempt >= mostUnsure || (applied.outcome !== 'throttled' && !isUnsure(applied))) return applied;
    await clock.sleep(pause(attempt));
  }
}

export const isTopicThere = ({ name }: Refusal): boolean => name === 'TopicExistsException';

/** Waits until the topic is ACTIVE. MSK shows a new topic only after a while; until then it is not found. */
export async function waitForTopic(
  clients: Clients,
  { clusterArn, name }: { clusterArn: string; name: string },
  { clock, say, limit, signal }: Omit<WaitPolicy, 'note'>,
): Promise<TopicWaited> {
  const started = clock.now().getTime();
  for (;;) {
    const read = await lookUpTopic(clients, clusterArn, name);
    signal.throwIfAborted();
    if (isOk(read) && (read.value.Status ?? 'ACTIVE') === 'ACTIVE') return { outcome: 'active', topic: read.value };
    if (!isOk(read) && read.outcome !== 'not-found' && read.outcome !== 'throttled')
      return { outcome: 'unread', failure: read };
    const state = isOk(read) ? `the topic is ${read.value.Status}` : 'MSK does not show the topic yet';
    if (clock.now().getTime() - started >= limit)
      return { outcome: 'still', because: `Stopped waiting (--wait-timeout) while ${state}.` };
    say(state);
    await clock.sleep(2 * second);
  }
}
