/** `doctor --fix`: shows the first fix of the first cause, asks, and applies it. */
import type { Diagnosis, MappingDiagnosis } from '../../../diagnosis/diagnosis.js';
import { diagnose } from '../../../diagnosis/diagnose.js';
import type { Finding } from '../../../checks/run.js';
import type { Fix } from '../../../fixes/fix.js';
import { replayAll } from '../../../simulate/simulate.js';
import { renderProposal } from '../../../report/doctor-change-text.js';
import type { DoctorChange } from '../../../report/documents/doctor.js';
import { visible } from '../../../text/visible.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { refusalMessage } from '../../../mapping/refusals.js';
import { mayGoOn } from '../../change/prompt.js';
import { applyFix, type ChangeSession } from '../../change/session.js';

interface Proposal {
  mapping: MappingDiagnosis;
  finding: Finding;
  fix: Fix;
}

/** The result; `changed` is the number of calls that AWS accepted. */
export async function applyFirstFix(
  session: ChangeSession,
  snapshot: Snapshot,
  diagnosis: Diagnosis,
): Promise<DoctorChange> {
  const { io, options } = session;
  const proposal = propose(diagnosis);
  if (typeof proposal === 'string') {
    io.stderr.write(`${proposal}\n`);
    return { changed: 0, fix: null };
  }
  const { mapping, finding, fix } = proposal;
  const done = (outcomes: readonly ('made' | 'refused' | 'not-made')[], error: string | null): DoctorChange => ({
    changed: outcomes.filter((outcome) => outcome === 'made').length,
    fix: {
      mapping: mapping.uuid,
      check: finding.check,
      title: fix.title,
      safety: fix.safety,
      changes: fix.changes.map((change, index) => ({ ...change, outcome: outcomes[index] ?? 'not-made' })),
      error,
    },
  });
  if (options.dryRun === true) return done([], null);
  const style = { ...io, region: diagnosis.region, profile: options.profile };
  io.stderr.write(`${renderProposal(finding, fix, style)}\n${expectation(snapshot, proposal)}\n`);
  if (!(await mayGoOn(session, `${visible(fix.title)}: shall this be done?`))) {
    io.stderr.write('Nothing was changed.\n');
    return done([], null);
  }
  const { made, refusal } = await applyFix(session, fix, finding);
  const message = refusal === null ? null : refusalMessage(refusal);
  if (message !== null) io.stderr.write(`${visible(message)}\n`);
  return done(
    [...Array.from({ length: made }, () => 'made' as const), ...(refusal === null ? [] : ['refused' as const])],
    message,
  );
}

/** The first cause of the most severe mapping, and its first fix that calls can apply; otherwise why there is none. */
function propose({ mappings }: Diagnosis): Proposal | string {
  // Among several mappings, one that a user disabled is left alone.
  const mapping = mappings.find(
    ({ causes, verdict }) => causes.length > 0 && (verdict !== 'disabled' || mappings.length === 1),
  );
  if (mapping === undefined) return 'There is no cause that was found, and so nothing to fix.';
  const finding = mapping.findings.find(({ check }) => check === mapping.causes[0]!.check)!;
  const fix = finding.fixes.find(({ safety, changes }) => safety !== 'by-hand' && changes.length > 0);
  return fix === undefined
    ? `The first cause, ${finding.check}, has no fix that a call can make: its fixes are for you to do.`
    : { mapping, finding, fix };
}

/** The findings after the fix, simulated on the snapshot. */
function expectation(snapshot: Snapshot, { mapping, finding, fix }: Proposal): string {
  let after;
  try {
    after = diagnose(replayAll(snapshot, fix.changes)).mappings.find(({ uuid }) => uuid === mapping.uuid);
  } catch {
    return 'What it will change cannot be told beforehand.';
  }
  const failing = after?.findings.filter(({ status }) => status === 'fail').map(({ check }) => check) ?? [];
  if (failing.includes(finding.check))
    return `By what was read, ${finding.check} will fail even then: it takes more than this.`;
  return failing.length === 0
    ? 'By what was read, no check fails then.'
    : `By what was read, these checks fail even then: ${failing.join(', ')}.`;
}
