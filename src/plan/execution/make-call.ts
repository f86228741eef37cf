/** Makes one call of a plan by its retry rule. */
import { applyCall, type Applied } from '../../account/make-changes.js';
import type { AwsCall } from '../../aws/call.js';
import type { PlannedCall } from '../plan.js';
import { createOnce } from './create-once.js';
import { createTopic, isTopicThere, waitForTopic } from './create-topic.js';
import { waitPolicy, type Environment } from './environment.js';
import { repeatChange } from './repeat-change.js';
import type { CallResult } from './result.js';
import { fillCall, type Values } from './fill-placeholders.js';

/** AWS errors are returned. Throws the signal's reason after an abort. */
export async function makeCall(planned: PlannedCall, values: Values, environment: Environment): Promise<CallResult> {
  const { clients, signal } = environment;
  const { retry } = planned;
  const call = fillCall(planned, { ...values, ...environment.secrets });
  switch (retry.rule) {
    case 'create-once': {
      const policy = waitPolicy(environment, retry);
      const created = await createOnce({ clients, call, ...retry, policy });
      const counts = created.outcome === 'adopted' && retry.ifThere.is === 'made' ? 'made' : created.outcome;
      if (created.outcome !== 'made' && created.outcome !== 'adopted') return created;
      return counts === 'made'
        ? { outcome: 'made', value: created.mapping.UUID, mapping: created.mapping }
        : { outcome: 'adopted', mapping: created.mapping };
    }
    case 'repeat': {
      const applied = await repeatChange(clients, call, waitPolicy(environment));
      if (applied.outcome === 'not-found' && retry.ifGone !== 'refused')
        return retry.ifGone === 'made' ? made(planned, { outcome: 'ok', output: {} }) : { outcome: 'gone' };
      return made(planned, applied);
    }
    case 'topic-once': {
      const policy = waitPolicy(environment);
      const applied = await createTopic(clients, call, policy);
      if (applied.outcome === 'ok' || !retry.waitIfThere || !isTopicThere(applied)) return made(planned, applied);
      // A topic that was just created may exist before MSK shows it.
      const waited = await waitForTopic(clients, topicOf(call), policy);
      return waited.outcome === 'active' ? { outcome: 'topic-there', topic: waited.topic } : made(planned, applied);
    }
    case 'sdk': {
      const applied = await applyCall(clients, call);
      // A call that is known to have succeeded stays recorded, even if the user wants to stop.
      if (applied.outcome !== 'ok') signal.throwIfAborted();
      return made(planned, applied);
    }
  }
}

const made = ({ yields, refusalsIn }: PlannedCall, applied: Applied): CallResult => {
  if (applied.outcome !== 'ok') return { outcome: 'refused', refusal: applied };
  const message = refusalsIn === null ? null : unprocessed(applied.output[refusalsIn]);
  if (message !== null) return { outcome: 'unprocessed', message };
  return {
    outcome: 'made',
    value: valueFor(yields, applied.output),
    mapping: null,
  };
};

function valueFor(yields: PlannedCall['yields'], output: Record<string, unknown>): string | null {
  if (yields?.from === 'secret') return secretArn(output) ?? yields.otherwise;
  if (yields?.from === 'endpoint') return idIn(output['VpcEndpoint'], 'VpcEndpointId');
  return yields?.from === 'policy-version' ? idIn(output['PolicyVersion'], 'VersionId') : null;
}

function idIn(created: unknown, member: string): string | null {
  const id = (created as Record<string, unknown> | undefined)?.[member];
  return typeof id === 'string' && id !== '' ? id : null;
}

/** Only the ARN of a secret: any other text of the answer might quote the request. */
const secretArn = ({ ARN: arn }: Record<string, unknown>): string | null =>
  typeof arn === 'string' && /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+$/.test(arn) ? arn : null;

function unprocessed(list: unknown): string | null {
  type Failure = { ErrorCode?: string; ErrorMessage?: string; Error?: { Code?: string; Message?: string } };
  const [first] = (list ?? []) as Failure[];
  if (first === undefined) return null;
  const { ErrorCode: code = first.Error?.Code ?? '', ErrorMessage: message = first.Error?.Message ?? '' } = first;
  return `${code} ${message}`.trim();
}

/** The topic of a CreateTopic call. */
export const topicOf = ({ input }: AwsCall): { clusterArn: string; name: string } => ({
  clusterArn: String(input['ClusterArn']),
  name: String(input['TopicName']),
});
