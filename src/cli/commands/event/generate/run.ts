import { NotReadable } from '../../../../errors.js';
import type { KafkaEvent } from '../../../../event/kafka-event.js';
import type { Call } from '../../../define-command.js';
import { exitCodes } from '../../../exit-codes.js';
import { toJson } from '../../../../report/json.js';
import { escapeInJson } from '../../../../text/visible.js';
import { printAnswer } from '../../../print-answer.js';
import { sayUserError } from '../../../user-error.js';
import { eventFromFlags } from '../records-from-flags.js';
import type { GenerateOptions } from './options.js';
import { eventFromTopic, readsTopic } from './records-from-topic.js';

/** Prints an event; it is JSON in every format. */
export async function run({ options, io }: Call<GenerateOptions>): Promise<number> {
  let event: KafkaEvent | number;
  try {
    event = readsTopic(options) ? await eventFromTopic(options, io) : await eventFromFlags(options, io);
  } catch (error) {
    if (error instanceof NotReadable) return sayUserError(io, error);
    throw error;
  }
  if (typeof event === 'number') return event;
  const printed = event;
  io.signal.throwIfAborted();
  const oneLine = escapeInJson(JSON.stringify(printed));
  await printAnswer(io, options, {
    text: () => (options.quiet === true ? oneLine : toJson(printed)),
    json: () => printed,
  });
  if (options.verbose === true) {
    const groups = Object.entries(printed.records);
    const counts = groups.map(([name, records]) => `${name}: ${records.length}`).join(', ');
    io.stderr.write(`records ${counts === '' ? '0' : counts}; ${Buffer.byteLength(oneLine)} bytes\n`);
  }
  return exitCodes.ok;
}
