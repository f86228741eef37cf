import type { AnyCheck } from '../../../checks/define.js';
import { checks } from '../../../checks/index.js';
import type { Diagnosis } from '../../../diagnosis/diagnosis.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import type { Io } from '../../io.js';
import type { ProbeTrust } from '../probe/trust.js';
import { diagnoseAccount, withoutAccepted } from './diagnose-account.js';
import type { Clock } from '../../../mapping/clock.js';
import { chooseChecks } from './choose-checks.js';
import type { DoctorOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { printDiagnosis } from './print-diagnosis.js';
import { readOnDemand } from './read-on-demand.js';
import { readSource, type Source } from '../../open-account.js';
import { UsageError } from '../../../errors.js';

/**
 * Reads, judges, reports. With `--fix` and `--wait` it changes, waits, and judges again. `clock`: for waits. `source`:
 * the account, where it is read already.
 */
export async function run({ args, options, io }: Call<DoctorOptions>, clock?: Clock, source?: Source): Promise<number> {
  const chosen = chooseChecks(checks, options.check, options.skip);
  if (options.all === true && args.length > 0)
    throw new UsageError('--all takes no target', 'Name the targets without it, or leave them out.');
  refuseLoneFlags(options);
  if (options.fix === true && options.yes !== true && options.dryRun !== true && !io.interactive)
    throw new UsageError(
      'Confirmation needed, but this is not a terminal: pass --yes or --dry-run.',
      'Nothing was changed. `--plan` shows the repair plan.',
    );
  if (options.fromVpc === true && options.yes !== true && !io.interactive)
    throw new UsageError('Confirmation needed, but this is not a terminal: pass --yes.', 'Nothing was created.');
  if (options.regions !== undefined) {
    const { runRegions } = await import('./regions.js');
    return runRegions(args, options, io, chosen);
  }
  if (options.fix === true || options.wait === true) {
    const { runRepair } = await import('./run-repair.js');
    return runRepair({ args, options, io }, chosen, clock);
  }
  const trust = options.probe === true ? await (await import('../probe/trust.js')).trustOf(options) : null;
  const { snapshot: read, trouble } = source ?? (await readSource(args, options, io, { nameLeftOut: true }));
  const first = await diagnoseAccount(read, chosen, { options, io, isWhole: args.length === 0 });
  if (trouble !== null) return printDiagnosis(first, { trouble, snapshot: read }, options, io);
  const { snapshot, verifications } = await readOnDemand(read, first, options, io);
  const isWhole = args.length === 0;
  const judged = snapshot === read ? first : await diagnoseAccount(snapshot, chosen, { options, io, isWhole });
  const probed = trust === null ? judged : await withAnswers({ snapshot, judged, chosen, trust }, options, io);
  // The probes judge every mapping again.
  const diagnosis = probed === judged ? judged : await withoutAccepted(probed, { options, isWhole });
  if (options.plan !== true && options.planFormat === undefined)
    return printDiagnosis(diagnosis, { trouble: null, verifications, snapshot }, options, io);
  const { makePlan } = await import('./make-plan.js');
  const plan = await makePlan({ snapshot, diagnosis, checks: chosen, choose: options.choose, options }, io);
  return printDiagnosis(diagnosis, { trouble: null, plan, snapshot }, options, io);
}

/** The diagnosis with what the brokers answer to a probe. */
async function withAnswers(
  given: { snapshot: Snapshot; judged: Diagnosis; chosen: readonly AnyCheck[]; trust: ProbeTrust },
  options: DoctorOptions,
  io: Io,
): Promise<Diagnosis> {
  const { snapshot, judged, chosen, trust } = given;
  if (options.fromVpc !== true)
    return (await import('./with-probes.js')).withProbes(snapshot, judged, { checks: chosen, trust }, options, io);
  const { withRemoteProbes } = await import('./with-remote-probes.js');
  return withRemoteProbes(snapshot, judged, { checks: chosen, trust }, options, io);
}

/** Throws `UsageError` for a flag without the one that it belongs to. */
function refuseLoneFlags(options: DoctorOptions): void {
  const ofFix = {
    yes: '--yes',
    dryRun: '--dry-run',
    allowRisky: '--allow-risky',
    changeOwned: '--change-owned',
    undoFile: '--undo-file',
  } as const;
  const ofProbe = { fromVpc: '--from-vpc', via: '--via', caFile: '--ca-file', assumeRole: '--assume-role' } as const;
  for (const [name, flag] of Object.entries(ofProbe))
    if (options.probe !== true && options[name as keyof typeof ofProbe] !== undefined)
      throw new UsageError(`${flag} goes with --probe`);
  for (const [name, flag] of Object.entries(ofFix))
    if (
      options.fix !== true &&
      !(name === 'yes' && options.fromVpc === true) &&
      options[name as keyof typeof ofFix] !== undefined
    )
      throw new UsageError(`${flag} goes with --fix`);
  if (options.planFormat !== undefined && options.output !== 'text')
    throw new UsageError('--plan-format is a format of its own', 'Leave --output out.');
  if (options.choose !== undefined && options.fix !== true && options.plan !== true && options.planFormat === undefined)
    throw new UsageError('--choose goes with --plan, --plan-format or --fix');
}
