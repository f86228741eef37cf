/**
 * Combines several placements of the pollers. An MSK Serverless cluster has one for each VPC configuration, and AWS
 * does not document which one Lambda uses: it is a block only if every placement has one.
 */
import type { PathAnswer } from './answer.js';

/** Whether these paths include every placement; `count` is the number of placements in the question. */
export const areInEveryPlacement = (paths: readonly Pick<PathAnswer, 'placement'>[], count: number): boolean =>
  new Set(paths.map(({ placement }) => placement)).size === count;

/** The answer for the whole mapping. */
export function answerOfMapping(
  paths: readonly Pick<PathAnswer, 'placement' | 'answer'>[],
  count: number,
): PathAnswer['answer'] {
  const blocked = paths.filter(({ answer }) => answer === 'blocked');
  if (blocked.length > 0) return areInEveryPlacement(blocked, count) ? 'blocked' : 'unknown';
  return paths.some(({ answer }) => answer === 'unknown') ? 'unknown' : 'reaches';
}
