import { checks } from '../../../checks/index.js';
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
  const { snapshot: read, trouble } = source ?? (await readSource(args, options, io, { nameLeftOut: true }));
  const first = await diagnoseAccount(read, chosen, { options, io, isWhole: args.length === 0 });
  if (trouble !== null) return printDiagnosis(first, { trouble, snapshot: read }, options, io);
  const { snapshot, verifications } = await readOnDemand(read, first, options, io);
  const isWhole = args.length === 0;
  const judged = snapshot === read ? first : await diagnoseAccount(snapshot, chosen, { options, io, isWhole });
  const probed =
    options.probe === true && options.fromVpc === true
      ? await (await import('./with-remote-probes.js')).withRemoteProbes(snapshot, judged, chosen, options, io)
      : options.probe === true
        ? await (await import('./with-probes.js')).withProbes(snapshot, judged, chosen, options, io)
        : judged;
  // The probes judge every mapping again.
  const diagnosis = probed === judged ? judged : await withoutAccepted(probed, { options, isWhole });
  if (options.plan !== true && options.planFormat === undefined)
    return printDiagnosis(diagnosis, { trouble: null, verifications, snapshot }, options, io);
  const { makePlan } = await import('./make-plan.js');
  const plan = await makePlan({ snapshot, diagnosis, checks: chosen, choose: options.choose, options }, io);
  return printDiagnosis(diagnosis, { trouble: null, plan, snapshot }, options, io);
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
  if (options.fromVpc === true && options.probe !== true) throw new UsageError('--from-vpc goes with --probe');
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
