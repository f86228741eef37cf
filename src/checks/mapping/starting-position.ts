import { defineCheck, pass, warn } from '../define.js';
import { recreate } from '../support/recreate.js';
import { isNew } from './support/age.js';

export default defineCheck({
  id: 'mapping.starting-position',
  title: 'The starting position can miss records, or is no position',
  severity: 'warning',
  stage: 'mapping',
  indicator:
    'StartingPosition is LATEST on a mapping that has just begun, or AT_TIMESTAMP without an instant in the past',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/kafka-starting-positions.html'],
  needs: ['mapping', 'capturedAt'],
  judge({ mapping, capturedAt }) {
    const { StartingPosition: position, StartingPositionTimestamp: timestamp } = mapping;
    if (position === 'AT_TIMESTAMP' && timestamp === undefined)
      return warn({
        mapping,
        now: capturedAt,
        fact: 'StartingPosition is AT_TIMESTAMP without a StartingPositionTimestamp',
      });
    if (position === 'AT_TIMESTAMP' && Date.parse(timestamp!) > capturedAt.getTime())
      return warn({ mapping, now: capturedAt, fact: `StartingPositionTimestamp ${timestamp!} lies in the future` });
    // An old mapping has committed offsets, so the position no longer matters.
    return position === 'LATEST' && isNew(mapping, capturedAt)
      ? warn({
          mapping,
          now: capturedAt,
          fact: 'StartingPosition is LATEST: what is produced before the pollers have started is never read',
        })
      : pass;
  },
  describe: ({ mapping: { UUID: uuid }, fact }) => ({
    title: 'The starting position can miss records',
    evidence: [{ resource: uuid, fact }],
  }),
  // The command uses LATEST instead: without a time in the past it means AT_TIMESTAMP since the creation.
  fixes: ({ mapping, now }) => [
    recreate(
      'Recreate the mapping with a starting position in the past: the position of a mapping cannot be changed',
      { ...mapping, StartingPosition: 'LATEST' },
      [],
      { since: 'creation', now },
    ),
  ],
});
