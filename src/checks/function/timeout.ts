import { invocationTimeout } from '../../aws/limits.js';
import type { Fix } from '../../fixes/fix.js';
import { defineCheck, pass, skip, warn } from '../define.js';
import { functionGone } from '../support/words.js';

export default defineCheck({
  id: 'function.timeout',
  title: 'The function may run longer than the mapping waits',
  severity: 'warning',
  stage: 'invoke',
  indicator: 'the function’s Timeout is above 840 seconds',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/with-msk-configure.html'],
  needs: ['function'],
  judge({ function: configuration }) {
    if (configuration === null) return skip(functionGone);
    const { FunctionArn: arn, FunctionName: name, Timeout: timeout = 3, Version: version = '$LATEST' } = configuration;
    return timeout > invocationTimeout ? warn({ arn, name, timeout, version }) : pass;
  },
  describe: ({ arn, timeout }) => ({
    title: `The function’s timeout is ${timeout} s`,
    evidence: [
      {
        resource: arn,
        fact: `a Kafka mapping waits ${invocationTimeout} s (14 minutes); a call longer than that can be made again while it still runs`,
      },
    ],
  }),
  fixes({ name, timeout, version }): Fix[] {
    if (version !== '$LATEST')
      return [
        {
          title: `Set the timeout to ${invocationTimeout} s or less, publish a version and let the alias or the mapping name it: version ${version} itself cannot be changed`,
          safety: 'by-hand',
          changes: [],
        },
      ];
    const update = (Timeout: number) => ({
      service: 'lambda',
      operation: 'UpdateFunctionConfiguration',
      input: { FunctionName: name, Timeout },
    });
    return [
      {
        title: `Set the timeout to ${invocationTimeout} s`,
        safety: 'care',
        changes: [{ ...update(invocationTimeout), undo: update(timeout) }],
      },
    ];
  },
});
