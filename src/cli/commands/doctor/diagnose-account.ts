/** The diagnosis that `doctor` shows: its fixes are labelled as in a repair plan, and findings that the project accepts are taken out. */
import type { AnyCheck } from '../../../checks/define.js';
import { diagnosePausing } from '../../../diagnosis/diagnose.js';
import type { Diagnosis, MappingDiagnosis } from '../../../diagnosis/diagnosis.js';
import { withAssessedFixes } from '../../../repair/assess-findings.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import type { Io } from '../../io.js';
import { pausing } from '../../pause.js';
import type { DoctorOptions } from './options.js';

export interface DiagnoseRequest {
  options: Pick<DoctorOptions, 'project'>;
  io: Pick<Io, 'signal'>;
  /** Every mapping of the region was read. */
  isWhole: boolean;
}

/** Can be interrupted between two mappings. */
export async function diagnoseAccount(
  snapshot: Snapshot,
  checks: readonly AnyCheck[],
  { options, io: { signal }, isWhole }: DiagnoseRequest,
): Promise<Diagnosis> {
  const diagnosis = await diagnosePausing(snapshot, checks, pausing(signal));
  const pause = pausing(signal);
  const mappings: MappingDiagnosis[] = [];
  for (const mapping of diagnosis.mappings) {
    await pause();
    mappings.push(withAssessedFixes(snapshot, mapping));
  }
  return withoutAccepted({ ...diagnosis, mappings }, { options, isWhole });
}

/** Without the findings that the configuration file accepts. */
export async function withoutAccepted(
  diagnosis: Diagnosis,
  { options, isWhole }: Pick<DiagnoseRequest, 'options' | 'isWhole'>,
): Promise<Diagnosis> {
  const { config } = options.project ?? {};
  if (config == null || config.suppress.length === 0) return diagnosis;
  const { withoutSuppressed } = await import('../../../diagnosis/suppress.js');
  return withoutSuppressed(diagnosis, {
    suppressions: config.suppress,
    file: config.file,
    now: new Date(),
    isWhole: isWhole && (diagnosis.scope?.leftOut.length ?? 0) === 0,
  });
}
