/** Measures the records that a replay reads. */
import type { KafkaRecord } from '../event/build-event.js';
import type { RecordSource } from './record-source.js';

/** `mean`: bytes of a record, its key, value and headers; null where none was read. */
export function measure(source: RecordSource): { source: RecordSource; mean: () => number | null } {
  let [records, bytes] = [0, 0];
  return {
    source: {
      async read(partition, offset) {
        const answer = await source.read(partition, offset);
        records += answer.records.length;
        for (const record of answer.records) bytes += bytesOf(record);
        return answer;
      },
    },
    mean: () => (records === 0 ? null : bytes / records),
  };
}

const bytesOf = ({ key, value, headers }: KafkaRecord): number =>
  (key?.length ?? 0) +
  (value?.length ?? 0) +
  headers.reduce((sum, header) => sum + header.name.length + (header.value?.length ?? 0), 0);
