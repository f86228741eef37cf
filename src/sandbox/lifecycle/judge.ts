/** The account judged by the tool's own checks, for a mapping as it would be. */
import { diagnoseMapping } from '../../diagnosis/diagnose.js';
import { checksForSelfManaged } from '../../diagnosis/left-out.js';
import type { MappingDiagnosis } from '../../diagnosis/diagnosis.js';
import { ok } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';

/** Enabled, and showing this text; without one its faults are not taken for risks of a mapping that works. */
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
