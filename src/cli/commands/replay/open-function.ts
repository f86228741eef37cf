/** The deployed function as the handler of a replay. */
import { qualifiedNameOf } from '../../../aws/function-arn.js';
import { NotReadable } from '../../../errors.js';
import type { Refusal } from '../../../account/make-changes.js';
import type { EventRecord, KafkaEvent } from '../../../event/kafka-event.js';
import { durationInLog, errorOf, parseResponse } from '../../../event/invocation.js';
import { visible } from '../../../text/visible.js';
import type { Io } from '../../io.js';
import { openClients, openUnlimitedClients } from '../../open-account.js';
import { confirm } from '../../single-prompts.js';
import { callFunction, isUnsure, requestTimeoutOf } from '../event/invoke/call-function.js';
import { findInvokeTarget } from '../event/invoke/target.js';
import type { NamedHandler } from './open-handler.js';
import type { ReplayOptions } from './options.js';

/** A deployed function: with its handler, only named for a dry run, or declined by the user. */
export type OpenedFunction = { name: string; handler: NamedHandler | null } | null;

/** Null where the user declined. Throws `NotReadable`, and `UsageError` where nobody can confirm. */
export async function openFunction(
  functionArn: string,
  most: number,
  options: ReplayOptions,
  io: Io,
): Promise<OpenedFunction> {
  const target = await findInvokeTarget(await openClients(options, io), functionArn);
  for (const note of target.notes) io.stderr.write(`Note: ${visible(note)}\n`);
  const name = qualifiedNameOf(target.name) ?? target.name;
  if (options.dryRun === true) return { name, handler: null };
  const records = Number.isFinite(most) ? `up to ${most.toLocaleString('en-US')} records` : 'every record';
  if (
    options.yes !== true &&
    !(await confirm(io, `Invoke ${visible(name)} with ${records}? The function really runs.`, {
      sentence: 'Confirmation needed, but this is not a terminal: pass --yes or --dry-run.',
      hint: 'Nothing was called.',
    }))
  ) {
    io.stderr.write('Nothing was called.\n');
    return null;
  }
  const clients = await openUnlimitedClients({ ...options, requestTimeout: requestTimeoutOf(target) }, io);
  const handler: NamedHandler = {
    label: name,
    close() {},
    async call(event) {
      const answer = await callFunction(clients, target.name, event, { ...io, progress: false });
      if ('refusal' in answer) throw notInvoked(visible(name), answer.refusal, event);
      const ms = durationInLog(answer.log) ?? answer.elapsed;
      const response = parseResponse(answer.payload);
      return answer.functionError === null
        ? { returned: response, ms }
        : { error: errorOf(response) || 'the function failed', ms };
    },
  };
  return { name, handler };
}

/** A call without an answer of the function: the records before it were delivered. */
function notInvoked(name: string, refusal: Refusal, event: KafkaEvent): NotReadable {
  const because = refusal.error.replace(/\.$/, '');
  const [first] = Object.values(event.records).flat();
  const resume = first === undefined ? '' : `--partition ${first.partition} --from ${first.offset}`;
  if (isUnsure(refusal))
    return new NotReadable(
      `Unknown whether ${name} ran with the records from ${positionOf(first)} on: ${because}.`,
      `Look at its log first. To send them again: ${resume}.`,
    );
  return new NotReadable(
    `Lambda did not invoke ${name}: ${because}.`,
    refusal.outcome === 'denied'
      ? `Your credentials need ${refusal.action}.`
      : `The records from ${positionOf(first)} on were not delivered. To continue with them: ${resume}.`,
  );
}

const positionOf = (record: EventRecord | undefined): string =>
  record === undefined ? 'here' : `offset ${record.offset} of partition ${record.partition}`;
