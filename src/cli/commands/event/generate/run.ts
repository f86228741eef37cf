import type { Call } from '../../../define-command.js';
import { exitCodes } from '../../../exit-codes.js';
import { toJson } from '../../../../report/json.js';
import { escapeInJson } from '../../../../text/visible.js';
import { printAnswer } from '../../../print-answer.js';
import { eventFromFlags } from '../records-from-flags.js';
import type { GenerateOptions } from './options.js';

/** Prints an event; it is JSON in every format. */
export async function run({ options, io }: Call<GenerateOptions>): Promise<number> {
  const event = await eventFromFlags(options, io);
  io.signal.throwIfAborted();
  const oneLine = escapeInJson(JSON.stringify(event));
  await printAnswer(io, options, {
    text: () => (options.quiet === true ? oneLine : toJson(event)),
    json: () => event,
  });
  if (options.verbose === true) {
    const groups = Object.entries(event.records);
    const counts = groups.map(([name, records]) => `${name}: ${records.length}`).join(', ');
    io.stderr.write(`records ${counts === '' ? '0' : counts}; ${Buffer.byteLength(oneLine)} bytes\n`);
  }
  return exitCodes.ok;
}
