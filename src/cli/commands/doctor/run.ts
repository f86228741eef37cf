import { checks } from '../../../checks/index.js';
import { diagnosePausing } from '../../../diagnosis/diagnose.js';
import { pausing } from '../../pause.js';
import type { Clock } from '../../../mapping/clock.js';
import type { DoctorChange } from '../../../report/documents/doctor.js';
import { chooseChecks } from './choose-checks.js';
import type { DoctorOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { printDiagnosis } from './print-diagnosis.js';
import { readOnDemand } from './read-on-demand.js';
import { readSource, sayTrouble, type Source } from '../../open-account.js';
import { UsageError } from '../../../errors.js';

/**
 * Reads, judges, reports. With `--fix` and `--wait` it changes, waits, and judges again. `clock`: for waits. `source`:
 * the account, where it is read already.
 */
export async function run({ args, options, io }: Call<DoctorOptions>, clock?: Clock, source?: Source): Promise<number> {
  const chosen = chooseChecks(checks, options.check, options.skip);
  if (options.all === true && args.length > 0)
    throw new UsageError('--all takes no target', 'Name the targets without it, or leave them out.');
  if (options.fix !== true && (options.yes === true || options.dryRun === true))
    throw new UsageError(`--${options.yes === true ? 'yes' : 'dry-run'} goes with --fix`);
  if (options.regions !== undefined) {
    const { runRegions } = await import('./regions.js');
    return runRegions(args, options, io, chosen);
  }
  if (options.fix === true || options.wait === true) return runLive({ args, options, io }, chosen, clock);
  const { snapshot: read, trouble } = source ?? (await readSource(args, options, io, { nameLeftOut: true }));
  const first = await diagnosePausing(read, chosen, pausing(io.signal));
  if (trouble !== null) return printDiagnosis(first, { trouble }, options, io);
  const { snapshot, verifications } = await readOnDemand(read, first, options, io);
  return printDiagnosis(
    snapshot === read ? first : await diagnosePausing(snapshot, chosen, pausing(io.signal)),
    { trouble: null, verifications },
    options,
    io,
  );
}

async function runLive(
  { args, options, io }: Call<DoctorOptions>,
  chosen: typeof checks,
  clock?: Clock,
): Promise<number> {
  const { inSession } = await import('../../change/run-session.js');
  const { read } = await import('../../change/session.js');
  if (options.fix === true && options.yes !== true && options.dryRun !== true && !io.interactive)
    throw new UsageError(
      '--fix changes the account, and nobody is there to be asked',
      'Give --yes to go ahead, or --dry-run to see the calls.',
    );
  return inSession(
    { ...options, output: 'text' },
    io,
    async (session) => {
      const look = async () => {
        const { snapshot, trouble } = await read(session, { targets: args, nameLeftOut: true });
        return {
          snapshot,
          trouble,
          diagnosis: await diagnosePausing(snapshot, chosen, pausing(io.signal)),
        };
      };
      let seen = await look();
      const before = seen.diagnosis;
      let change: DoctorChange = {};
      if (seen.trouble === null && options.fix === true) {
        const { applyFirstFix } = await import('./first-fix.js');
        change = await applyFirstFix(session, seen.snapshot, seen.diagnosis);
        if (change.changed! > 0) seen = await look();
      }
      if (seen.trouble === null && options.wait === true && options.dryRun !== true) {
        const { watch } = await import('./wait-for-change.js');
        const { waited } = await watch(
          session,
          seen.diagnosis,
          (change.changed ?? 0) > 0 ? { uuid: change.fix!.mapping, before } : null,
        );
        change = { ...change, waited };
        if (waited.length > 0) seen = await look();
      } else if ((change.changed ?? 0) > 0)
        io.stderr.write(
          'Lambda shows the old text for some minutes after a repair: --wait watches until it shows another.\n',
        );
      sayTrouble(io, seen.trouble);
      return printDiagnosis(seen.diagnosis, { trouble: seen.trouble, change }, options, io);
    },
    clock,
  );
}
