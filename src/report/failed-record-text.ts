/** Why Lambda discarded records, for people: the code, its meaning, where the records are, what to do. */
import type { FailedRecord } from '../event/failed-record.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

/** Lines for standard error. `verbose`: with the likely causes. */
export function renderFailedRecord(
  failure: FailedRecord,
  { columns, verbose }: { columns: number; verbose: boolean },
): string {
  const { condition, known, functionArn, requestId, attempts, functionError, statusCode, batches, batchSize } = failure;
  const say = (text: string): string => wrap(visible(text), { columns, indent: 2, hang: 2 });
  const [main] = known;
  const invoked = [
    attempts === null ? '' : `${attempts} ${attempts === 1 ? 'invocation' : 'invocations'}`,
    functionError === null ? '' : `function error ${functionError}`,
    statusCode === null ? '' : `status code ${statusCode}`,
    requestId === null ? '' : `request ${requestId}`,
  ].filter((part) => part !== '');
  return [
    wrap(visible(`Lambda discarded the records: ${condition ?? main?.text ?? 'the document gives no reason'}`), {
      columns,
      hang: 2,
    }),
    ...known.map(({ meaning }) => say(meaning)),
    ...(known.length === 0 && condition !== null ? [say('This reason is not in the catalogue of msk-lambda.')] : []),
    ...(functionArn === null ? [] : [say(`Function: ${functionArn}`)]),
    ...(invoked.length === 0 ? [] : [say(`Last attempt: ${invoked.join(', ')}`)]),
    ...batches.map(({ partition, first, last }) =>
      say(`Records: ${partition}, offsets ${first ?? '?'} to ${last ?? '?'}`),
    ),
    ...(batchSize === null ? [] : [say(`Batch: ${batchSize} ${batchSize === 1 ? 'record' : 'records'}`)]),
    ...(verbose
      ? known.flatMap(({ causes }) => causes.map(({ check, because }) => say(`- ${check}: ${because}`)))
      : []),
    ...known.flatMap(({ remedy }) => (remedy === undefined ? [] : [say(`To do: ${remedy}`)])),
  ].join('\n');
}
