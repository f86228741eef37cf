/** Judged in src/checks/function/support/longest-call.ts. */
import type { Fix } from '../../fixes/fix.js';
import { defineCheck, pass, skip, warn } from '../define.js';
import { functionGone } from '../support/words.js';
import { longestCall } from './support/longest-call.js';

export default defineCheck({
  id: 'function.timeout',
  title: 'The function’s timeout is longer than an event source mapping waits',
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
  describe: ({ arn, name, exceeding, limit, managed }) => ({
    title: `Function ${name}: ${exceeding.map(({ words, seconds }) => `${words} ${seconds} s`).join(', ')}, but the mapping waits only ${limit} s`,
    evidence: exceeding.map(({ member, seconds }) => ({
      resource: arn,
      fact: `${member} is ${seconds}; limit for Kafka mappings${managed ? ' on Lambda Managed Instances' : ''}: ${limit} s (${limit / 60} minutes); ${
        member === 'Timeout'
          ? 'Lambda can repeat a longer invocation while it still runs'
          : 'a longer durable execution times out and is repeated'
      }`,
    })),
  }),
  fixes({ name, version, exceeding, limit }): Fix[] {
    if (version !== '$LATEST')
      return [
        {
          title: `Set ${exceeding.map(({ member }) => member).join(' and ')} to ${limit} s or less, publish a new version and point the alias or the mapping to it (version ${version} cannot be changed)`,
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
        title: `Set the ${exceeding.map(({ words }) => words).join(' and the ')} of ${name} to ${limit} s`,
        safety: 'care',
        changes: [{ ...update(set(() => limit)), undo: update(set((seconds) => seconds)) }],
      },
    ];
  },
});
