import { defaultLogGroup } from '../../aws/function-arn.js';
import { defineCheck, fail, pass, skip, warn } from '../define.js';

/** Calls in the last hour below which a share means nothing, unless Lambda shows that a call failed. */
const fewest = 5;
/** Shares of failed calls: nearly all is a failure, some a warning. */
const nearlyAll = 0.95;
const some = 0.1;

interface Evidence {
  arn: string;
  calls: number;
  errors: number;
  throttles: number;
}

export default defineCheck({
  id: 'function.errors',
  title: 'Recent calls of the function fail or are throttled',
  severity: 'error',
  stage: 'invoke',
  indicator: 'Errors or Throttles of the function are near its Invocations',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html'],
  needs: ['mapping', 'functionMetrics', 'observedError'],
  judge({ mapping, functionMetrics, observedError }) {
    const total = (name: string) => functionMetrics[name]?.values.reduce((sum, value) => sum + value, 0) ?? 0;
    // A throttled call is not counted among the invocations (AWS: Lambda function metrics).
    const [invocations, errors, throttles] = [total('Invocations'), total('Errors'), total('Throttles')];
    const calls = invocations + throttles;
    if (calls < (observedError === 'function-call-failed' ? 1 : fewest))
      return skip('there were hardly any calls in the last hour');
    const share = (errors + throttles) / calls;
    const evidence: Evidence = { arn: mapping.FunctionArn ?? mapping.UUID, calls, errors, throttles };
    if (share >= nearlyAll) return fail(evidence);
    return share >= some ? warn(evidence) : pass;
  },
  describe: ({ arn, calls, errors, throttles }) => ({
    title: `${Math.round(((errors + throttles) / calls) * 100)} % of the function’s calls in the last hour failed${throttles > errors ? ', most of them for want of concurrency' : ''}`,
    evidence: [
      { resource: arn, fact: `of ${calls} calls ${errors} ended in an error and ${throttles} were throttled` },
    ],
  }),
  fixes: ({ arn, throttles, errors }) => [
    throttles > errors
      ? { title: 'Raise the function’s reserved concurrency, or the account’s limit', safety: 'by-hand', changes: [] }
      : {
          title: 'Read the function’s log and mend the code',
          safety: 'by-hand',
          changes: [],
          commands: [`aws logs tail ${defaultLogGroup(arn)} --since 1h`],
        },
  ],
});
