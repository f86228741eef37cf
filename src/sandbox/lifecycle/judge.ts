/** Judges the account with the tool's own checks, for a mapping in a given state. */
import { diagnoseMapping } from '../../diagnosis/diagnose.js';
import { checksForSelfManaged } from '../../diagnosis/self-managed.js';
import type { MappingDiagnosis } from '../../diagnosis/diagnosis.js';
import { ok } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';

/**
 * As if enabled and showing this text. Without a text, its failures must not count as mere risks of a working
 * mapping.
 */
export function judgeShowing(snapshot: Snapshot, mapping: Mapping, text?: string): MappingDiagnosis {
  const { LastProcessingResult: _, ...rest } = mapping;
  const shown: Mapping = {
    ...rest,
    ...(text === undefined ? {} : { LastProcessingResult: text }),
    State: 'Enabled',
    LastModified: snapshot.capturedAt,
  };
  return diagnoseMapping(
    { ...snapshot, mappings: { ...snapshot.mappings, [mapping.UUID]: ok(shown) } },
    mapping.UUID,
    mapping.SelfManagedEventSource === undefined ? undefined : checksForSelfManaged(mapping),
  );
}
