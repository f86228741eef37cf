import { fixConcurrency, type ScarceConcurrency } from './support/concurrency-fixes.js';
import { fewerPollers } from '../support/poller-limits.js';
import { defineCheck, fail, pass, skip, warn } from '../define.js';
import { functionGone } from '../support/words.js';

export default defineCheck({
  id: 'function.concurrency',
  title: 'The function’s reserved concurrency leaves too little for the pollers',
  severity: 'error',
  stage: 'invoke',
  indicator: 'GetFunctionConcurrency shows 0, or fewer than the pollers',
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
  describe: ({ arn, reserved, needed }) => ({
    title:
      reserved === 0
        ? 'The function may not run at all: its reserved concurrency is 0'
        : `The function’s reserved concurrency is ${reserved}, less than its ${needed} pollers`,
    evidence: [
      {
        resource: arn,
        fact: `ReservedConcurrentExecutions is ${reserved}${reserved === 0 ? ', which refuses every call' : ''}`,
      },
    ],
  }),
  fixes: fixConcurrency,
});
