/** Fixes that give a function the concurrency that its pollers need. */
import type { Fix } from '../../../fixes/fix.js';
import { shell } from '../../../text/shell.js';
import { setPollers, type PollerChange } from '../../support/poller-limits.js';

export interface ScarceConcurrency {
  arn: string;
  name: string;
  reserved: number;
  needed: number;
  /** Fewer pollers, within the function's concurrency; null where that is impossible. */
  pollers: PollerChange | null;
}

export function fixConcurrency({ name, reserved, needed, pollers }: ScarceConcurrency): Fix[] {
  if (reserved > 0)
    return [
      {
        title: `Raise the function’s reserved concurrency to ${needed}`,
        safety: 'care',
        changes: [{ ...reserve(name, needed), undo: reserve(name, reserved) }],
      },
      ...(pollers === null ? [] : setPollers(pollers)),
    ];
  return [
    {
      title: 'Delete the function’s reserved concurrency of 0, so that it uses the concurrency of the account',
      safety: 'care',
      changes: [withoutReservation(name, reserved)],
    },
  ];
}

/** More concurrency for a function whose calls are throttled; `reserved` null: it has the account's, or this is not known. */
export function lessThrottled(name: string | null, reserved: number | null): Fix[] {
  const quota = 'the account’s concurrency (quota “Concurrent executions” of AWS Lambda)';
  if (name === null || reserved === null)
    return [{ title: `Raise ${quota}, or lower the load of other functions`, safety: 'by-hand', changes: [] }];
  return [
    {
      title: `Delete the function’s reserved concurrency of ${reserved}, so that it uses the concurrency of the account`,
      safety: 'care',
      changes: [withoutReservation(name, reserved)],
    },
    {
      title: `Reserve more than ${reserved} (free); where the account has none left, raise ${quota}`,
      safety: 'by-hand',
      changes: [],
      commands: [
        shell`aws lambda put-function-concurrency --function-name ${name} --reserved-concurrent-executions NUMBER`,
      ],
    },
  ];
}

const reserve = (name: string, count: number) => ({
  service: 'lambda',
  operation: 'PutFunctionConcurrency',
  input: { FunctionName: name, ReservedConcurrentExecutions: count },
});

const withoutReservation = (name: string, before: number) => ({
  service: 'lambda',
  operation: 'DeleteFunctionConcurrency',
  input: { FunctionName: name },
  undo: reserve(name, before),
});
