/** Fixes that give a function the concurrency that its pollers need. */
import type { Fix } from '../../../fixes/fix.js';
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
  const reserve = (count: number) => ({
    service: 'lambda',
    operation: 'PutFunctionConcurrency',
    input: { FunctionName: name, ReservedConcurrentExecutions: count },
  });
  if (reserved > 0)
    return [
      {
        title: `Raise the function’s reserved concurrency to ${needed}`,
        safety: 'care',
        changes: [{ ...reserve(needed), undo: reserve(reserved) }],
      },
      ...(pollers === null ? [] : setPollers(pollers)),
    ];
  return [
    {
      title: 'Delete the function’s reserved concurrency of 0, so that it uses the concurrency of the account',
      safety: 'care',
      changes: [
        {
          service: 'lambda',
          operation: 'DeleteFunctionConcurrency',
          input: { FunctionName: name },
          undo: reserve(reserved),
        },
      ],
    },
  ];
}
