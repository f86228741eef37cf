import type { Refusal } from '../../../../account/make-changes.js';
import { qualifiedNameOf } from '../../../../aws/function-arn.js';
import { NotReadable, UsageError } from '../../../../errors.js';
import { judgeInvocation, sizeOf, type InvocationResult } from '../../../../event/invocation.js';
import type { KafkaEvent } from '../../../../event/kafka-event.js';
import { parseJson, toKafkaEvent } from '../../../../event/read-event.js';
import { toInvocationDocument, type InvocationOutcome } from '../../../../report/documents/event.js';
import { renderInvocation, sizeText } from '../../../../report/invocation-text.js';
import { visible } from '../../../../text/visible.js';
import type { Call } from '../../../define-command.js';
import { exitCodes } from '../../../exit-codes.js';
import type { Io } from '../../../io.js';
import { openClients, openUnlimitedClients } from '../../../open-account.js';
import { printAnswer } from '../../../print-answer.js';
import { inputName, readInputFile } from '../../../read-input-file.js';
import { confirm } from '../../../single-prompts.js';
import { sayUserError } from '../../../user-error.js';
import { eventFromFlags } from '../records-from-flags.js';
import { callFunction, isUnsure, requestTimeoutOf } from './call-function.js';
import type { InvokeOptions } from './options.js';
import { findInvokeTarget, type InvokeTarget } from './target.js';

/** Calls the function of a mapping with an event. */
export async function run({ args: [word = ''], options, io }: Call<InvokeOptions>): Promise<number> {
  // A wrong file is reported before AWS is asked.
  const given = options.event === undefined ? null : await readEvent(options.event, io);
  let target: InvokeTarget;
  try {
    target = await findInvokeTarget(await openClients(options, io), word);
  } catch (error) {
    if (error instanceof NotReadable) return sayUserError(io, error);
    throw error;
  }
  for (const note of target.notes) io.stderr.write(`note: ${visible(note)}\n`);
  const event = given ?? (await eventFromFlags(withDefaults(options, target), io));
  io.signal.throwIfAborted();
  const give = (outcome: InvocationOutcome, message: string, result: InvocationResult | null = null) =>
    giveAnswer(io, options, { target, event, outcome, message, result });
  const size = sizeOf(event);
  if (size.bytes > size.limit) {
    await give('too-large', `Nothing was called: the event has ${sizeText(size)}, more than Lambda accepts.`);
    return exitCodes.problem;
  }
  const call = `${visible(target.name)} with ${sizeText(size)}`;
  if (options.dryRun === true) {
    await give('planned', `Dry run, nothing was called. The call: lambda Invoke (RequestResponse) of ${call}.`);
    return exitCodes.ok;
  }
  if (
    options.yes !== true &&
    !(await confirm(io, `Invoke ${call}? The function really runs.`, {
      sentence: 'Confirmation needed, but this is not a terminal: pass --yes or --dry-run.',
      hint: 'Nothing was called.',
    }))
  ) {
    await give('declined', 'Nothing was called.');
    return exitCodes.ok;
  }
  const requestTimeout = requestTimeoutOf(target);
  const answer = await callFunction(
    await openUnlimitedClients({ ...options, requestTimeout }, io),
    target.name,
    event,
    io,
  );
  if ('refusal' in answer) return giveRefusal(answer.refusal, io, give);
  const result = judgeInvocation(answer, event, target);
  await give(result.outcome, '', result);
  return result.outcome === 'succeeded' ? exitCodes.ok : exitCodes.problem;
}

async function readEvent(file: string, io: Io): Promise<KafkaEvent> {
  const name = inputName(file);
  return toKafkaEvent(parseJson(await readInputFile(file, io), name), name);
}

/** Topic and cluster of the mapping, unless flags name others. */
const withDefaults = (options: InvokeOptions, { topic, eventSourceArn }: InvokeTarget): InvokeOptions => ({
  ...options,
  ...(options.topic === undefined && topic !== null ? { topic } : {}),
  ...(options.eventSourceArn === undefined && options.selfManaged !== true && eventSourceArn !== null
    ? { eventSourceArn }
    : {}),
});

async function giveRefusal(
  refusal: Refusal,
  io: Io,
  give: (outcome: InvocationOutcome, message: string) => Promise<void>,
): Promise<number> {
  const { outcome, error, action } = refusal;
  if (outcome === 'not-found') throw new UsageError(`Lambda did not invoke the function: ${visible(error)}`);
  const unsure = isUnsure(refusal);
  const message = unsure
    ? `Unknown whether the function ran: ${error.replace(/\.$/, '')}.`
    : `Lambda did not invoke the function: ${error.replace(/\.$/, '')}.`;
  await give(unsure ? 'unknown' : 'refused', message);
  if (outcome === 'denied') io.stderr.write(`Your credentials need ${action}.\n`);
  return exitCodes.cannotTell;
}

interface Answer {
  target: InvokeTarget;
  event: KafkaEvent;
  outcome: InvocationOutcome;
  message: string;
  result: InvocationResult | null;
}

const giveAnswer = (io: Io, options: InvokeOptions, { target, event, outcome, message, result }: Answer) =>
  printAnswer(io, options, {
    text: () => {
      if (result === null) return visible(message);
      return options.quiet === true
        ? visible(result.answer.payload)
        : renderInvocation(result, {
            ...io,
            verbose: options.verbose === true,
            name: qualifiedNameOf(target.name) ?? target.name,
            timeout: target.timeout,
            size: sizeOf(event),
          });
    },
    json: () => toInvocationDocument({ target, size: sizeOf(event), outcome, message, result }),
  });
