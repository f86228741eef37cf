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
        title: `Raise the reserved concurrency of ${name} to ${needed}`,
        safety: 'care',
        changes: [{ ...reserve(name, needed), undo: reserve(name, reserved) }],
      },
      ...(pollers === null ? [] : setPollers(pollers)),
    ];
  return [
    {
      title: `Delete the reserved concurrency 0 of ${name}, so that it uses the account’s unreserved concurrency`,
      safety: 'care',
      changes: [withoutReservation(name, reserved)],
    },
  ];
}

/** More concurrency for a function whose calls are throttled; `reserved` null: it has the account's, or this is not known. */
export function lessThrottled(name: string | null, reserved: number | null): Fix[] {
  const quota = 'the account’s concurrency quota (“Concurrent executions” of AWS Lambda)';
  if (name === null || reserved === null)
    return [
      {
        title: `Raise ${quota}, or reduce the concurrency of other functions`,
        safety: 'by-hand',
        changes: [],
        commands: [shell`aws lambda get-account-settings`],
      },
    ];
  return [
    {
      title: `Delete the reserved concurrency ${reserved} of ${name}, so that it uses the account’s unreserved concurrency`,
      safety: 'care',
      changes: [withoutReservation(name, reserved)],
    },
    {
      title: `Raise the reserved concurrency of ${name} above ${reserved} (free), and if necessary ${quota}`,
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
