/** Time limits that are meant to end one silent read, and nothing else however busy the machine is. */

/**
 * Attempts with one limit after another, from short to long, until a result shows that the limit was long enough for
 * everything but what keeps silent; gives that result, or the last one.
 */
export async function withEnoughTime<T>(
  limits: readonly number[],
  attempt: (limit: number) => Promise<T>,
  isEnough: (result: T) => boolean,
): Promise<T> {
  const [limit, ...longer] = limits;
  const result = await attempt(limit!);
  return longer.length === 0 || isEnough(result) ? result : withEnoughTime(longer, attempt, isEnough);
}
