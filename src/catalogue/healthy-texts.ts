/** Texts that are not errors, and what may be wrong nevertheless: faults that Lambda does not show. */
import type { KnownText } from './known-text.js';

export const healthyTexts: Record<'ok' | 'idle', KnownText> = {
  idle: {
    id: 'no-records-processed',
    fragments: ['no records processed'],
    text: 'No records processed',
    meaning:
      'Nothing was delivered yet. A new mapping shows this until its pollers have started, which takes minutes, and it stays while they poll and find nothing to deliver. It is no error by itself.',
    causes: [
      { check: 'lag.traffic', because: 'nothing was produced to the topic since' },
      {
        check: 'mapping.starting-position',
        because: 'with LATEST only what is produced after the pollers have started is read',
      },
      { check: 'mapping.state', because: 'a mapping that is not enabled polls nothing, and keeps the text it had' },
      {
        check: 'mapping.consumer-group',
        because:
          'others of the same consumer group have the partitions, or the group’s committed offsets stand at the end',
      },
      { check: 'records.filtered', because: 'the filter removes every record that was read' },
      { check: 'mapping.filter', because: 'no pattern matches the records, which are passed over' },
      { check: 'cluster.topic', because: 'the topic is not the one that is produced to: another case, another prefix' },
    ],
  },
  ok: {
    id: 'ok',
    fragments: ['ok'],
    text: 'OK',
    meaning:
      'Lambda shows no error: what it tried last went well. That does not say that every record arrives, or arrives in time.',
    causes: [
      {
        check: 'mapping.consumer-group',
        because: 'other members of the same consumer group get a part of the records',
      },
      { check: 'function.errors', because: 'a batch that fails is tried again and again, and holds up its partition' },
      { check: 'records.dropped', because: 'Lambda gives records up after their last retry or at their maximum age' },
      { check: 'records.filtered', because: 'the filter removes every record, so that the function is never called' },
      { check: 'lag.trend', because: 'the function is slower than what is produced' },
      { check: 'lag.consumers', because: 'there are as many pollers as partitions, so that no more of them help' },
      { check: 'mapping.filter', because: 'records that no pattern matches are passed over' },
      { check: 'records.undelivered', because: 'the on-failure destination does not take what failed' },
      { check: 'records.polling', because: 'polls fail that the text does not tell of' },
      {
        check: 'access.destination',
        because: 'what failed is lost where the role may not write to the on-failure destination',
      },
    ],
  },
};
