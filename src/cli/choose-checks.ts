/** The checks that `--check` and `--skip` leave. */
import type { AnyCheck } from '../checks/define.js';
import { nearNames } from '../checks/near-names.js';
import { UsageError } from './usage-error.js';

/** `*` stands for any letters. Throws `UsageError` for a pattern that no check fits, since it would silently choose nothing. */
export function chooseChecks(checks: readonly AnyCheck[], wanted: readonly string[] | undefined, unwanted: readonly string[] = []): readonly AnyCheck[] {
  for (const pattern of [...(wanted ?? []), ...unwanted]) {
    if (checks.some(({ id }) => fits(id, pattern))) continue;
    const near = nearNames(pattern, checks.map(({ id }) => id));
    throw new UsageError(`no check fits “${pattern}”`, near.length > 0 ? `Did you mean: ${near.join(', ')}?` : 'See every id with `msk-lambda explain --list`.');
  }
  return checks.filter(({ id }) => (wanted === undefined || wanted.some((pattern) => fits(id, pattern))) && !unwanted.some((pattern) => fits(id, pattern)));
}

function fits(id: string, pattern: string): boolean {
  const escaped = pattern.toLowerCase().replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`).test(id);
}
