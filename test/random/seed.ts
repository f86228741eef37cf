/**
 * Random tests: one seed for the whole run, from `SEED` or drawn once in vitest.config.ts, and how many cases they try.
 */

/** The seed of this run. The same seed and the same `MSK_LAMBDA_RUNS` give the same cases. */
export const seed = Number(process.env['SEED']);

const factor = Number(process.env['MSK_LAMBDA_RUNS'] ?? 1);

/** The number of random cases: `ordinary` in an ordinary run, times `MSK_LAMBDA_RUNS` where that is set, as in CI. */
export const runs = (ordinary: number): number => Math.ceil(ordinary * factor);
