import { fixConcurrency, type ScarceConcurrency } from './support/concurrency-fixes.js';
import { fewerPollers } from '../support/poller-limits.js';
import { defineCheck, fail, pass, skip, warn } from '../define.js';
import { functionGone } from '../support/words.js';

export default defineCheck({
  id: 'function.concurrency',
  title: 'The function’s reserved concurrency is 0 or lower than the number of pollers',
  severity: 'error',
  stage: 'invoke',
  indicator: 'GetFunctionConcurrency returns 0, or less than the minimum number of event pollers',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html',
  ],
  needs: ['mapping', 'function', 'reservedConcurrency'],
  judge({ mapping, function: configuration, reservedConcurrency: reserved }) {
    if (configuration === null) return skip(functionGone);
    if (reserved === null) return pass;
    // Each poller makes at least one call at a time; on-demand pollers adapt to the available concurrency.
    const needed = mapping.ProvisionedPollerConfig?.MinimumPollers ?? 1;
    const evidence: ScarceConcurrency = {
      arn: configuration.FunctionArn,
      name: configuration.FunctionName,
      reserved,
      needed,
      pollers: fewerPollers(mapping, reserved),
    };
    if (reserved === 0) return fail(evidence);
    return reserved < needed ? warn(evidence) : pass;
  },
  describe: ({ arn, name, reserved, needed }) => ({
    title:
      reserved === 0
        ? `Function ${name} is throttled: its reserved concurrency is 0`
        : `Function ${name} has reserved concurrency ${reserved}, less than the ${needed} minimum event pollers`,
    evidence: [
      {
        resource: arn,
        fact:
          reserved === 0
            ? 'ReservedConcurrentExecutions is 0: Lambda throttles every invocation'
            : `ReservedConcurrentExecutions is ${reserved}; each event poller invokes the function concurrently`,
      },
    ],
  }),
  fixes: fixConcurrency,
});
