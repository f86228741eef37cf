/** What a replay reads and with which settings, before anything is read. */
import type { EventOrigin } from '../../../event/build-event.js';
import type { Capacity } from '../../../replay/estimate.js';
import type { PollerSettings } from '../../../replay/poller-settings.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import type { RecordSource, SourcePartition } from '../../../replay/record-source.js';

export interface ReplayPlan {
  topic: string;
  origin: EventOrigin;
  source: RecordSource;
  partitions: SourcePartition[];
  /** Records that wait in each partition; null where no offset is committed. */
  backlog: Map<number, number> | null;
  settings: PollerSettings;
  /** How many calls may run at the same time. */
  capacity: Capacity;
  patterns: readonly string[];
  /** Null where the replay has none. */
  mapping: Mapping | null;
  /** Null where the replay has no mapping. */
  functionArn: string | null;
  functionName: string | null;
  /** Seconds; null where it is not known. */
  functionTimeout: number | null;
  close(): Promise<void>;
}
