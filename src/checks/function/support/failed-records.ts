/**
 * Records for which the call of the function failed, as the mapping counts them, including partial batch responses
 * and refused calls.
 */
import { countOf, lastTime, quantity, type CountedFacts } from '../../support/counted.js';

/** Shares of records: nearly all is a failure, some is a warning. A single incident is neither. */
const nearlyAll = 0.95;
const some = 0.01;
/** With fewer records a share means nothing. */
const fewest = 5;
/** Five-minute periods from which “nearly all fail” is reported: one bad batch is not enough. */
const fewestPeriods = 3;

export interface FailedRecords {
  status: 'warn' | 'fail';
  share: number | null;
  facts: string[];
}

/** Null where the mapping counted no failures, or only a short incident. */
export function failedRecords(facts: CountedFacts): FailedRecords | null {
  const failed = countOf(facts, 'FailedInvokeEventCount');
  const errors = countOf(facts, 'InvokeErrorCount');
  const invoked = countOf(facts, 'InvokedEventCount');
  // Each attempt counts, and failed ones are part of the calls (AWS: types of metrics for Lambda functions).
  const share = failed.total === 0 ? 0 : failed.total / Math.max(invoked.total, failed.total);
  const lasting = (failed.persists && share >= some) || (failed.is !== 'read' && errors.persists);
  if (!lasting) return null;
  const nearly =
    invoked.is === 'read' &&
    failed.recent &&
    share >= nearlyAll &&
    failed.total >= fewest &&
    failed.counted.length >= fewestPeriods;
  return {
    status: nearly ? 'fail' : 'warn',
    share: failed.is === 'read' ? share : null,
    facts: [
      ...(failed.total > 0
        ? [
            `FailedInvokeEventCount: ${Math.round(failed.total)} of ${quantity(invoked.total, 'record')} sent to the function, last at ${lastTime(failed)}`,
          ]
        : []),
      ...(errors.total > 0 ? [`InvokeErrorCount: ${Math.round(errors.total)}, last at ${lastTime(errors)}`] : []),
    ],
  };
}

/** Share of failed calls from which on it is a warning. */
export const someOf = 0.1;

/** By calls where they show it, else by records: a partial batch response is a success to the function's own metrics. */
export function titleOfFailures(
  name: string | null,
  share: number,
  throttled: boolean,
  records: FailedRecords | null,
): string {
  const whose = name ?? 'the function';
  if (share < someOf && records !== null)
    return records.share === null
      ? `Invocations of ${whose} failed in the last hour`
      : `${percent(records.share)} of the records sent to ${whose} failed in the last hour`;
  return throttled
    ? `${percent(share)} of the invocations of ${whose} failed in the last hour, mostly throttled`
    : `${percent(share)} of the invocations of ${whose} failed in the last hour`;
}

const percent = (share: number): string => `${Math.max(1, Math.round(share * 100))} %`;
