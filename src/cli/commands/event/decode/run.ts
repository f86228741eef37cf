import { decodeEvent } from '../../../../event/decode-event.js';
import { parseJson, toKafkaEvent } from '../../../../event/read-event.js';
import { toDecodedEventDocument } from '../../../../report/documents/event.js';
import { renderDecodedEvent } from '../../../../report/event-text.js';
import { visible } from '../../../../text/visible.js';
import type { Call } from '../../../define-command.js';
import { exitCodes } from '../../../exit-codes.js';
import { printAnswer } from '../../../print-answer.js';
import { inputName, readInputFile } from '../../../read-input-file.js';
import { readSchemas } from '../../../schema-files.js';
import type { DecodeOptions } from './options.js';

/** Shows the contents of an event. */
export async function run({ args: [file = '-'], options, io }: Call<DecodeOptions>): Promise<number> {
  const name = inputName(file);
  const event = toKafkaEvent(parseJson(await readInputFile(file, io), name), name);
  const schemas = { value: await readSchemas(options.schema), key: await readSchemas(options.keySchema) };
  io.signal.throwIfAborted();
  const decoded = decodeEvent(event, schemas);
  for (const note of decoded.notes) io.stderr.write(`note: ${visible(note)}\n`);
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? decoded.records.map(({ value }) => visible(value.text ?? '')).join('\n')
        : renderDecodedEvent(event, decoded, { ...io, verbose: options.verbose === true }),
    json: () => toDecodedEventDocument(decoded),
  });
  return decoded.undecodable > 0 ? exitCodes.problem : exitCodes.ok;
}
