/** Judged in src/checks/function/support/longest-call.ts. */
import type { Fix } from '../../fixes/fix.js';
import { defineCheck, pass, skip, warn } from '../define.js';
import { functionGone } from '../support/words.js';
import { longestCall } from './support/longest-call.js';

export default defineCheck({
  id: 'function.timeout',
  title: 'The function may run longer than the mapping waits',
  severity: 'warning',
  stage: 'invoke',
  indicator:
    'the function’s Timeout, or the ExecutionTimeout of a durable function, is above 840 seconds (5,400 on Lambda Managed Instances)',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-configure.html',
    'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking-esm.html',
  ],
  needs: ['function'],
  judge({ function: configuration }) {
    if (configuration === null) return skip(functionGone);
    const { FunctionArn: arn, FunctionName: name, Version: version = '$LATEST' } = configuration;
    const call = longestCall(configuration);
    return call.exceeding.length > 0 ? warn({ arn, name, version, ...call }) : pass;
  },
  describe: ({ arn, exceeding, limit, managed }) => ({
    title: exceeding.map(({ words, seconds }) => `The function’s ${words} is ${seconds} s`).join('; '),
    evidence: exceeding.map(({ member, seconds }) => ({
      resource: arn,
      fact: `${member} is ${seconds}; a Kafka mapping waits ${limit} s (${limit / 60} minutes)${managed ? ' for a function on Lambda Managed Instances' : ''}${
        member === 'Timeout'
          ? ', and can repeat a longer call while it still runs'
          : ', and a longer durable execution ends with a timeout and is repeated'
      }`,
    })),
  }),
  fixes({ name, version, exceeding, limit }): Fix[] {
    if (version !== '$LATEST')
      return [
        {
          title: `Set ${exceeding.map(({ member }) => member).join(' and ')} to ${limit} s or less, publish a version and let the alias or the mapping name it: version ${version} itself cannot be changed`,
          safety: 'by-hand',
          changes: [],
        },
      ];
    const update = (members: object) => ({
      service: 'lambda',
      operation: 'UpdateFunctionConfiguration',
      input: { FunctionName: name, ...members },
    });
    const set = (to: (seconds: number) => number) =>
      Object.assign({}, ...exceeding.map(({ setTo, seconds }) => setTo(to(seconds)))) as object;
    return [
      {
        title: `Set the ${exceeding.map(({ words }) => words).join(' and the ')} to ${limit} s`,
        safety: 'care',
        changes: [{ ...update(set(() => limit)), undo: update(set((seconds) => seconds)) }],
      },
    ];
  },
});
