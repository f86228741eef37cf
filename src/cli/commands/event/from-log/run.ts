import { UsageError } from '../../../../errors.js';
import { findInLog, type FoundInLog } from '../../../../event/from-log.js';
import { renderFailedRecord } from '../../../../report/failed-record-text.js';
import { toJson } from '../../../../report/json.js';
import { escapeInJson, visible } from '../../../../text/visible.js';
import type { Call } from '../../../define-command.js';
import { exitCodes } from '../../../exit-codes.js';
import { printAnswer } from '../../../print-answer.js';
import { inputName, readInputFile } from '../../../read-input-file.js';
import type { FromLogOptions } from './options.js';

/** Prints the event that a log line or a failed-record document contains. */
export async function run({ args: [file = '-'], options, io }: Call<FromLogOptions>): Promise<number> {
  const found = findInLog(await readInputFile(file, io));
  io.signal.throwIfAborted();
  const { event, events, failure, failures } = found;
  if (event === null && failure === null) throw nothingFound(inputName(file), found);
  if (failure !== null && (options.quiet !== true || event === null))
    io.stderr.write(`${renderFailedRecord(failure, { ...io, verbose: options.verbose === true })}\n`);
  if (failures > 1)
    io.stderr.write(
      `note: the input contains ${failures} failed-record documents; this is the first${event === null ? '' : ' that contains records'}\n`,
    );
  if (event === null) {
    io.stderr.write(
      'The document contains no records: Lambda includes them only in the document of an S3 destination.\n' +
        '  Read the records at these offsets from the topic.\n',
    );
    return exitCodes.problem;
  }
  if (events > 1 && failures <= 1) io.stderr.write(`note: the input contains ${events} events; this is the first\n`);
  await printAnswer(io, options, {
    text: () => (options.quiet === true ? escapeInJson(JSON.stringify(event)) : toJson(event)),
    json: () => event,
  });
  return exitCodes.ok;
}

function nothingFound(file: string, { incomplete }: FoundInLog): UsageError {
  const name = visible(file);
  if (incomplete === 'inspected')
    return new UsageError(
      `${name} shows an event as console.log prints objects, which leaves out the records`,
      'Log it as JSON: console.log(JSON.stringify(event)).',
    );
  if (incomplete === 'cut')
    return new UsageError(
      `${name} contains only a part of an event: the log has probably cut it off`,
      'CloudWatch Logs limits the size of a log event. Log the records one by one, or read them from the topic with `msk-lambda event generate --from-topic`.',
    );
  return new UsageError(
    `${name} contains no event of a Kafka event source and no failed-record document`,
    'Pass the log line in which the function logged its event, or the document of an on-failure destination.',
  );
}
