/**
 * What several placements of the pollers mean. MSK Serverless has one for each VPC configuration of the cluster, and
 * which one Lambda takes is not documented: a block counts only where every placement has one.
 */
import type { PathAnswer } from './answer.js';

/** Whether paths of every placement are among these; `count` is how many placements the question has. */
export const areInEveryPlacement = (paths: readonly Pick<PathAnswer, 'placement'>[], count: number): boolean =>
  new Set(paths.map(({ placement }) => placement)).size === count;

/** The answer for a mapping as a whole. */
export function answerOfMapping(
  paths: readonly Pick<PathAnswer, 'placement' | 'answer'>[],
  count: number,
): PathAnswer['answer'] {
  const blocked = paths.filter(({ answer }) => answer === 'blocked');
  if (blocked.length > 0) return areInEveryPlacement(blocked, count) ? 'blocked' : 'unknown';
  return paths.some(({ answer }) => answer === 'unknown') ? 'unknown' : 'reaches';
}
