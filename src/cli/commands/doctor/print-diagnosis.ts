/** Prints the answer of `doctor` for one region. */
import type { Diagnosis, Verdict } from '../../../diagnosis/diagnosis.js';
import { awaitsResult } from '../../../report/doctor-head-line.js';
import { doctorPieces } from '../../../report/doctor-text.js';
import { renderRepaired, renderWaited } from '../../../report/doctor-change-text.js';
import type { DoctorChange } from '../../../report/documents/doctor.js';
import { toDoctorDocument, toDoctorMapping } from '../../../report/documents/doctor.js';
import { toRepairPlanDocument } from '../../../report/documents/repair-plan.js';
import type { RepairPlan } from '../../../repair/repair-plan.js';
import { renderRepairPlan } from '../../../report/repair-plan-text.js';
import { planFormats } from '../../../report/plan-formats/index.js';
import { planStyle } from './plan-style.js';
import type { Verification } from '../../../report/documents/verification.js';
import { renderSuppressed } from '../../../report/suppressed-text.js';
import { renderVerification } from '../../../report/verification-text.js';
import { mappingsOfDiagnosis } from '../../../report/formats/from-doctor.js';
import { doctorLines } from '../../../report/formats/doctor-lines.js';
import { withUnread } from '../../../report/formats/unread.js';
import type { Report, TextStyle } from '../../../report/formats/report.js';
import { lazyItems } from '../../../report/json.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { printReport } from '../../report-files/print-report.js';
import type { Trouble } from '../../../account/failure.js';
import { visible } from '../../../text/visible.js';
import type { DoctorOptions } from './options.js';
import { ownSourceWords, sourceWords } from '../../source-words.js';
import { exitCodeOf, exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { tool } from '../../version.js';

/** Returns the exit code. `change`: what was changed or waited for before. */
export async function printDiagnosis(
  diagnosis: Diagnosis,
  {
    trouble,
    change = {},
    repaired,
    plan,
    verifications = new Map(),
    snapshot,
  }: {
    trouble: Trouble | null;
    snapshot: Snapshot;
    change?: DoctorChange;
    /** Mappings of which Lambda still shows the result from before the repair. */
    repaired?: ReadonlySet<string>;
    /** Printed as text instead of the diagnosis. */
    plan?: RepairPlan;
    verifications?: ReadonlyMap<string, Verification>;
  },
  options: DoctorOptions,
  io: Io,
): Promise<number> {
  const verdicts = judgedVerdicts(diagnosis);
  // If AWS could not be asked at all, only the reason is reported.
  const nothing = trouble !== null && verdicts.every((verdict) => verdict === 'unknown');
  const text = ({ colour, columns, isAnswer }: TextStyle): string | Iterable<string> => {
    const style = {
      ...io,
      colour,
      columns,
      verbose: options.verbose === true,
      profile: options.profile,
      source: sourceWords(options),
      snapshotFile: options.snapshot,
      ...(repaired === undefined ? {} : { repaired }),
      // `| head -1` is the whole cause.
      ...(isAnswer && (io.stdout.isTTY === true || options.outputFile !== undefined)
        ? {}
        : { headColumns: Number.POSITIVE_INFINITY }),
    };
    const isQuiet = isAnswer && options.quiet === true;
    if (isQuiet && plan !== undefined)
      return plan.steps
        .filter(({ isChosen }) => isChosen)
        .map(({ id, service, operation, resource }) => visible(`${id} ${service} ${operation} ${resource}`))
        .join('\n');
    if (isQuiet)
      return [...diagnosis.mappings, ...diagnosis.leftOut.filter(({ verdict }) => verdict !== null)]
        .map(({ uuid, verdict, causes: [cause] }) => [uuid, verdict, cause?.check ?? '-'].join(' '))
        .join('\n');
    // The report has the reason.
    if (nothing) return '';
    if (plan !== undefined && options.planFormat !== undefined)
      return planFormats[options.planFormat](plan, { region: diagnosis.region, profile: options.profile });
    if (plan !== undefined)
      return `${renderRepairPlan(plan, planStyle(diagnosis, { ...io, colour, columns }, options))}${options.dryRun === true ? '\n\nNothing was changed (--dry-run).' : ''}`;
    return (function* () {
      for (const before of [
        renderRepaired(change, { ...style, isAwaited: isAwaited(diagnosis, repaired) }),
        renderWaited(change, style),
      ])
        if (before !== '') yield `${before}\n\n`;
      yield* doctorPieces(diagnosis, style);
      for (const [uuid, verification] of verifications) yield `\n\n${renderVerification(uuid, verification, columns)}`;
      yield renderSuppressed(diagnosis, columns);
      yield '\n';
    })();
  };
  const planned = { ...(plan === undefined ? {} : { plan: toRepairPlanDocument(plan) }), ...change };
  const report = await printReport(
    io,
    options,
    withUnread({
      command: 'doctor',
      tool,
      capturedAt: diagnosis.capturedAt,
      account: diagnosis.account,
      region: diagnosis.region,
      trouble: trouble === null ? [] : [trouble.sentence],
      get mappings() {
        return mappingsOfDiagnosis(diagnosis);
      },
      findings: [],
      source: {
        command: 'doctor',
        regions: [{ diagnosis, snapshot, ...(plan === undefined ? {} : { plan }) }],
        account: { profile: options.profile, source: ownSourceWords(options) },
      },
      text,
      json: () => ({
        ...toDoctorDocument({ ...diagnosis, mappings: [] }, tool),
        mappings: lazyItems(diagnosis.mappings, (mapping) =>
          toDoctorMapping(mapping, diagnosis.names, verifications.get(mapping.uuid)),
        ),
        ...planned,
      }),
      jsonl: () => doctorLines([diagnosis], tool, { verifications, members: planned }),
    }),
  );
  sayWarnings(io, [diagnosis]);
  return nothing ? exitCodes.cannotTell : exitCodeOf(verdictsOf(report, verdicts, options), options.failOn);
}

/** Lambda has reported no new result of a mapping that was repaired. */
const isAwaited = ({ mappings }: Diagnosis, repaired: ReadonlySet<string> | undefined): boolean =>
  mappings.some((mapping) => awaitsResult(mapping, repaired));

/** The verdicts of mappings on MSK, and of those on self-managed Kafka for which checks ran. */
export const judgedVerdicts = ({ mappings, leftOut }: Pick<Diagnosis, 'mappings' | 'leftOut'>): Verdict[] =>
  [...mappings, ...leftOut].flatMap(({ verdict }) => verdict ?? []);

/**
 * The verdicts that decide the exit code: those that are not in the baseline. Without one, `judged`: the mappings of the
 * report are not built only to be counted.
 */
export const verdictsOf = (
  report: Pick<Report, 'mappings'>,
  judged: readonly Verdict[],
  { project }: Pick<DoctorOptions, 'project'>,
): readonly Verdict[] =>
  project?.baseline == null ? judged : report.mappings.filter(({ isKnown }) => !isKnown).map(({ verdict }) => verdict);

/** Warns of suppressions that have expired or match nothing. */
export function sayWarnings({ stderr }: Pick<Io, 'stderr'>, diagnoses: readonly Diagnosis[]): void {
  for (const sentence of new Set(diagnoses.flatMap(({ warnings = [] }) => warnings)))
    stderr.write(`warning: ${visible(sentence)}\n`);
}
