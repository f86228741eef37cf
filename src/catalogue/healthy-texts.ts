/** Texts that are not errors, and what may be wrong nevertheless: faults that Lambda does not show. */
import type { KnownText } from './known-text.js';

export const healthyTexts: Record<'ok' | 'idle', KnownText> = {
  idle: {
    id: 'no-records-processed',
    fragments: ['no records processed'],
    text: 'No records processed',
    meaning:
      'Lambda has not sent any records to the function yet. A new mapping shows this until its pollers have started, which takes minutes, and while they find no records. It is not an error.',
    causes: [
      { check: 'lag.traffic', because: 'no records were produced to the topic' },
      {
        check: 'mapping.starting-position',
        because: 'with LATEST, Lambda reads only records that are produced after the pollers have started',
      },
      { check: 'mapping.state', because: 'a mapping that is not enabled does not poll and keeps its last result' },
      {
        check: 'mapping.consumer-group',
        because:
          'other members of the consumer group have the partitions, or the committed offsets are already at the end',
      },
      { check: 'records.filtered', because: 'the filter removes every record' },
      { check: 'mapping.filter', because: 'no filter pattern matches the records' },
      {
        check: 'cluster.topic',
        because: 'the records are produced to another topic, for example with another prefix or another case',
      },
    ],
  },
  ok: {
    id: 'ok',
    fragments: ['ok'],
    text: 'OK',
    meaning:
      'Lambda reports no error: its last attempt succeeded. This does not show that every record arrives, or arrives in time.',
    causes: [
      {
        check: 'mapping.consumer-group',
        because: 'other members of the consumer group receive a part of the records',
      },
      { check: 'function.errors', because: 'Lambda retries a failed batch and does not continue with its partition' },
      { check: 'records.dropped', because: 'Lambda discards records after the last retry or at their maximum age' },
      { check: 'records.filtered', because: 'the filter removes every record, so the function is never invoked' },
      { check: 'lag.trend', because: 'the function is slower than the producers' },
      { check: 'lag.consumers', because: 'the mapping already has one poller for each partition' },
      { check: 'mapping.filter', because: 'Lambda skips records that match no pattern' },
      { check: 'records.undelivered', because: 'Lambda cannot deliver failed records to the on-failure destination' },
      { check: 'records.polling', because: 'polls fail without an error in the last result' },
      {
        check: 'access.destination',
        because: 'failed records are lost if the role may not write to the on-failure destination',
      },
    ],
  },
};
