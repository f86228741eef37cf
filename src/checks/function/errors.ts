import { shell } from '../../text/shell.js';
import { defaultLogGroup, parseFunctionArn } from '../../aws/function-arn.js';
import { valueOrNull } from '../../subject/fact.js';
import { lessThrottled } from './support/concurrency-fixes.js';
import { defineCheck, fail, pass, skip, warn } from '../define.js';
import { failedRecords, someOf, titleOfFailures, type FailedRecords } from './support/failed-records.js';
import { quantity } from '../support/counted.js';
import { manual } from '../support/secret-use.js';
import { callPremises } from '../support/premises.js';

/** With fewer calls in the last hour a share means nothing, unless Lambda shows that a call failed. */
const fewest = 5;
/** Share of failed calls from which on it is a failure. */
const nearlyAll = 0.95;

interface Evidence {
  arn: string;
  calls: number;
  errors: number;
  throttles: number;
  /** The mapping's own count of failed records; null where it counts none. */
  records: FailedRecords | null;
  /** The function's name, and its reserved concurrency; null: it uses the account's, or this is not known. */
  name: string | null;
  reserved: number | null;
}

export default defineCheck({
  id: 'function.errors',
  title: 'Recent invocations of the function fail or are throttled',
  severity: 'error',
  stage: 'invoke',
  indicator:
    'Errors or Throttles of the function are close to its Invocations, or FailedInvokeEventCount of the mapping is above 0',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html'],
  needs: ['mapping', 'functionMetrics', 'mappingMetrics', 'observedError', 'capturedAt'],
  mayUse: ['reservedConcurrency'],
  restsOn: callPremises,
  judge(facts) {
    const { mapping, functionMetrics, observedError } = facts;
    const total = (name: string) => functionMetrics[name]?.values.reduce((sum, value) => sum + value, 0) ?? 0;
    // Throttled calls are not part of Invocations (AWS: Lambda function metrics).
    const [invocations, errors, throttles] = [total('Invocations'), total('Errors'), total('Throttles')];
    const calls = invocations + throttles;
    const records = failedRecords(facts);
    const arn = mapping.FunctionArn ?? mapping.UUID;
    const reserved = valueOrNull(facts.reservedConcurrency);
    const name = parseFunctionArn(arn)?.name ?? null;
    const evidence: Evidence = { arn, calls, errors, throttles, records, name, reserved };
    const enough = calls >= (observedError === 'function-call-failed' ? 1 : fewest);
    const share = enough ? (errors + throttles) / calls : 0;
    if (share >= nearlyAll || records?.status === 'fail') return fail(evidence);
    if (share >= someOf || records !== null) return warn(evidence);
    return enough ? pass : skip('the function had too few invocations in the last hour');
  },
  describe: ({ arn, calls, errors, throttles, records, name }) => ({
    title: titleOfFailures(name, calls === 0 ? 0 : (errors + throttles) / calls, throttles > errors, records),
    evidence: [
      ...(calls === 0
        ? []
        : [
            {
              resource: arn,
              fact: `${quantity(calls, 'invocation')}: ${quantity(errors, 'error')}, ${quantity(throttles, 'throttle')}`,
            },
          ]),
      ...(records?.facts ?? []).map((fact) => ({ resource: arn, fact })),
    ],
  }),
  kind: ({ throttles, errors }) => (throttles > errors ? 'throttled' : undefined),
  fixes: ({ arn, throttles, errors, name, reserved }) =>
    throttles > errors
      ? lessThrottled(name, reserved)
      : [
          manual('Find the error in the function’s log and correct the code', [
            shell`aws logs tail ${defaultLogGroup(arn)} --since 1h`,
          ]),
        ],
});
