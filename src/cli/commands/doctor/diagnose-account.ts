/** The diagnosis that `doctor` shows: its fixes are labelled as in a repair plan. */
import type { AnyCheck } from '../../../checks/define.js';
import { diagnosePausing } from '../../../diagnosis/diagnose.js';
import type { Diagnosis, MappingDiagnosis } from '../../../diagnosis/diagnosis.js';
import { withAssessedFixes } from '../../../repair/assess-findings.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import type { Io } from '../../io.js';
import { pausing } from '../../pause.js';

/** Can be interrupted between two mappings. */
export async function diagnoseAccount(
  snapshot: Snapshot,
  checks: readonly AnyCheck[],
  { signal }: Pick<Io, 'signal'>,
): Promise<Diagnosis> {
  const diagnosis = await diagnosePausing(snapshot, checks, pausing(signal));
  const pause = pausing(signal);
  const mappings: MappingDiagnosis[] = [];
  for (const mapping of diagnosis.mappings) {
    await pause();
    mappings.push(withAssessedFixes(snapshot, mapping));
  }
  return { ...diagnosis, mappings };
}
