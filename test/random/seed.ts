/**
 * Random tests: one seed for the whole run, from `SEED` or drawn once in vitest.config.ts, and how many cases they try.
 */

/** The seed of this run. The same seed and the same `MSK_LAMBDA_RUNS` give the same cases. */
export const seed = Number(process.env['SEED']);

const factor = Number(process.env['MSK_LAMBDA_RUNS'] ?? 1);

/** The number of random cases: `ordinary` in an ordinary run, times `MSK_LAMBDA_RUNS` where that is set, as in CI. */
export const runs = (ordinary: number): number => Math.ceil(ordinary * factor);

/**
 * Part of a list of cases: one in `share` in an ordinary run, other ones with every seed, all of them with
 * `MSK_LAMBDA_RUNS`. Lists of the same test that begin at different places leave out different cases.
 */
export const oneIn = <T>(share: number, list: readonly T[], offset = 0): T[] =>
  factor > 1 ? [...list] : list.filter((_, index) => (index + offset + seed) % share === 0);
