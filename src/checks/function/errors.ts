import { shell } from '../../text/shell.js';
import { defaultLogGroup } from '../../aws/function-arn.js';
import { defineCheck, fail, pass, skip, warn } from '../define.js';
import { failedRecords, type FailedRecords } from './support/failed-records.js';
import { callPremises } from '../support/premises.js';

/** With fewer calls in the last hour a share means nothing, unless Lambda shows that a call failed. */
const fewest = 5;
/** Shares of failed calls: nearly all is a failure, some is a warning. */
const nearlyAll = 0.95;
const some = 0.1;

interface Evidence {
  arn: string;
  calls: number;
  errors: number;
  throttles: number;
  /** The mapping's own count of failed records; null where it counts none. */
  records: FailedRecords | null;
}

export default defineCheck({
  id: 'function.errors',
  title: 'Recent calls of the function fail or are throttled',
  severity: 'error',
  stage: 'invoke',
  indicator:
    'Errors or Throttles of the function are near its Invocations, or FailedInvokeEventCount of the mapping is above 0',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html'],
  needs: ['mapping', 'functionMetrics', 'mappingMetrics', 'observedError', 'capturedAt'],
  restsOn: callPremises,
  judge(facts) {
    const { mapping, functionMetrics, observedError } = facts;
    const total = (name: string) => functionMetrics[name]?.values.reduce((sum, value) => sum + value, 0) ?? 0;
    // Throttled calls are not part of Invocations (AWS: Lambda function metrics).
    const [invocations, errors, throttles] = [total('Invocations'), total('Errors'), total('Throttles')];
    const calls = invocations + throttles;
    const records = failedRecords(facts);
    const evidence: Evidence = { arn: mapping.FunctionArn ?? mapping.UUID, calls, errors, throttles, records };
    const enough = calls >= (observedError === 'function-call-failed' ? 1 : fewest);
    const share = enough ? (errors + throttles) / calls : 0;
    if (share >= nearlyAll || records?.status === 'fail') return fail(evidence);
    if (share >= some || records !== null) return warn(evidence);
    return enough ? pass : skip('there were hardly any calls in the last hour');
  },
  describe: ({ arn, calls, errors, throttles, records }) => ({
    title: titleOf(calls === 0 ? 0 : (errors + throttles) / calls, throttles > errors, records),
    evidence: [
      ...(calls === 0
        ? []
        : [{ resource: arn, fact: `of ${calls} calls ${errors} ended in an error and ${throttles} were throttled` }]),
      ...(records?.facts ?? []).map((fact) => ({ resource: arn, fact })),
    ],
  }),
  kind: ({ throttles, errors }) => (throttles > errors ? 'throttled' : undefined),
  fixes: ({ arn, throttles, errors }) => [
    throttles > errors
      ? { title: 'Raise the function’s reserved concurrency, or the account’s limit', safety: 'by-hand', changes: [] }
      : {
          title: 'Read the function’s log and mend the code',
          safety: 'by-hand',
          changes: [],
          commands: [shell`aws logs tail ${defaultLogGroup(arn)} --since 1h`],
        },
  ],
});

/**
 * By calls if they show it, otherwise by records: for the function's own metrics, a partial batch response is a
 * success.
 */
function titleOf(share: number, throttled: boolean, records: FailedRecords | null): string {
  if (share < some && records !== null)
    return records.share === null
      ? 'Calls of the function failed in the last hour'
      : `${percent(records.share)} of the records that Lambda sent to the function in the last hour failed`;
  return `${percent(share)} of the function’s calls in the last hour failed${throttled ? ', most of them for want of concurrency' : ''}`;
}

const percent = (share: number): string => `${Math.max(1, Math.round(share * 100))} %`;
