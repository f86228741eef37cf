/** The checks that `--check` and `--skip` select. */
import { fitsCheckPattern } from '../../../config/check-pattern.js';
import { nearNames } from '../../../text/similar-names.js';
import { UsageError } from '../../../errors.js';

/**
 * `*` matches any text, and the name of a group all its checks. Without patterns the list itself. Throws `UsageError` where a pattern matches no
 * check, or no check is left: otherwise nothing would be judged without notice.
 */
export function chooseChecks<T extends { id: string }>(
  checks: readonly T[],
  wanted: readonly string[] | undefined,
  unwanted: readonly string[] = [],
): readonly T[] {
  if (wanted === undefined && unwanted.length === 0) return checks;
  for (const pattern of [...(wanted ?? []), ...unwanted]) {
    if (checks.some(({ id }) => fitsCheckPattern(pattern, id))) continue;
    const near = nearNames(
      pattern,
      checks.map(({ id }) => id),
    );
    throw new UsageError(
      `no check matches “${pattern}”`,
      near.length > 0 ? `Did you mean: ${near.join(', ')}?` : 'See every id with `msk-lambda explain --list`.',
    );
  }
  const chosen = checks.filter(
    ({ id }) =>
      (wanted === undefined || wanted.some((pattern) => fitsCheckPattern(pattern, id))) &&
      !unwanted.some((pattern) => fitsCheckPattern(pattern, id)),
  );
  if (chosen.length === 0) throw new UsageError('--check and --skip leave no check');
  return chosen;
}
