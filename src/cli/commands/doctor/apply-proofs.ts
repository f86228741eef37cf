/** The diagnosis with what probes proved. */
import type { AnyCheck } from '../../../checks/define.js';
import { diagnoseEach } from '../../../diagnosis/diagnose.js';
import type { Diagnosis } from '../../../diagnosis/diagnosis.js';
import type { Proof } from '../../../probe/proof/proof-of-probe.js';
import { checksWithProof, withProof } from '../../../probe/proof/with-proof.js';
import { withAssessedFixes } from '../../../repair/assess-findings.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';

/** Judges every mapping again; the same diagnosis without any proof. */
export function applyProofs(
  snapshot: Snapshot,
  diagnosis: Diagnosis,
  checks: readonly AnyCheck[],
  proofs: ReadonlyMap<string, Proof>,
): Diagnosis {
  if (proofs.size === 0) return diagnosis;
  const judged = diagnoseEach(snapshot, checks, (uuid) => checksWithProof(checks, proofs.get(uuid)));
  const mappings = judged.mappings.map((mapping) => withAssessedFixes(snapshot, mapping));
  return withProof({ ...judged, mappings }, proofs);
}
