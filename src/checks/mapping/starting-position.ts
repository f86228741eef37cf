import { defineCheck, pass, warn } from '../define.js';
import { recreate } from '../support/recreate.js';
import { isNew } from './support/age.js';

export default defineCheck({
  id: 'mapping.starting-position',
  title: 'The starting position can miss records or is not valid',
  severity: 'warning',
  stage: 'mapping',
  indicator: 'StartingPosition is LATEST on a new mapping, or AT_TIMESTAMP without a time in the past',
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
      return warn({ mapping, now: capturedAt, fact: `StartingPositionTimestamp ${timestamp!} is in the future` });
    // An old mapping has committed offsets, so the position no longer matters.
    return position === 'LATEST' && isNew(mapping, capturedAt)
      ? warn({
          mapping,
          now: capturedAt,
          fact: 'StartingPosition is LATEST, so Lambda skips records that are produced before the pollers have started',
        })
      : pass;
  },
  describe: ({ mapping: { UUID: uuid }, fact }) => ({
    title: 'The mapping’s starting position can miss records',
    evidence: [{ resource: uuid, fact }],
  }),
  // The command uses LATEST instead: without a time in the past it means AT_TIMESTAMP since the creation.
  fixes: ({ mapping, now }) => [
    recreate(
      'Recreate the mapping with a starting position in the past (StartingPosition cannot be changed)',
      { ...mapping, StartingPosition: 'LATEST' },
      [],
      { since: 'creation', now },
    ),
  ],
});
