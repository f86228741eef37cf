/** `doctor --fix` and `doctor --wait`: reads, changes, waits, and diagnoses again. */
import type { AnyCheck } from '../../../checks/define.js';
import { diagnoseAccount } from './diagnose-account.js';
import type { Diagnosis } from '../../../diagnosis/diagnosis.js';
import type { Clock } from '../../../mapping/clock.js';
import type { DoctorChange } from '../../../report/documents/doctor.js';
import { read, type ChangeSession } from '../../change/session.js';
import { inSession } from '../../change/run-session.js';
import type { Call } from '../../define-command.js';
import { exitCodeOf, exitCodes } from '../../exit-codes.js';
import { sayTrouble, type Source } from '../../open-account.js';
import type { DoctorOptions } from './options.js';
import { planStyle } from './plan-style.js';
import { judgedVerdicts, printDiagnosis } from './print-diagnosis.js';
import { repair, type Repair } from './repair.js';
import { isRepaired, judgedOf, watch, type RepairedMappings } from './wait-for-change.js';

type Look = Source & { diagnosis: Diagnosis };

/** Returns the exit code. */
export const runRepair = (
  { args, options, io }: Call<DoctorOptions>,
  checks: readonly AnyCheck[],
  clock?: Clock,
): Promise<number> =>
  inSession(
    { ...options, output: 'text' },
    io,
    async (session) => {
      const look = async (): Promise<Look> => {
        const source = await read(session, { targets: args, nameLeftOut: true });
        return {
          ...source,
          diagnosis: await diagnoseAccount(source.snapshot, checks, { options, io, isWhole: args.length === 0 }),
        };
      };
      const first = await look();
      if (first.trouble !== null) {
        sayTrouble(io, first.trouble);
        return printDiagnosis(first.diagnosis, { trouble: first.trouble, snapshot: first.snapshot }, options, io);
      }
      return options.fix === true
        ? fix(session, first, look, checks, options)
        : print(session, await waitFor(session, first, look, null), options);
    },
    clock,
  );

async function fix(
  session: ChangeSession,
  first: Look,
  look: () => Promise<Look>,
  checks: readonly AnyCheck[],
  options: DoctorOptions,
): Promise<number> {
  const { io } = session;
  const style = planStyle(first.diagnosis, io, options);
  const request = { snapshot: first.snapshot, diagnosis: first.diagnosis, checks, choose: options.choose, options };
  const done = await repair(session, request, options, style);
  if (options.dryRun === true)
    return printDiagnosis(
      first.diagnosis,
      { trouble: null, change: done.change, plan: done.plan, snapshot: first.snapshot },
      options,
      io,
    );
  if (done.change.changed === 0) return print(session, { ...first, change: done.change }, options);
  const repaired: RepairedMappings = {
    uuids: new Set(done.made.flatMap(({ resolves }) => resolves.map(({ mapping }) => mapping))),
    before: first.diagnosis,
  };
  const after = await lookAgain(session, done, look);
  const waits = session.wait.wanted && after.trouble === null;
  const end = waits ? await waitFor(session, after, look, repaired) : { ...after, change: {} };
  const shown = { ...end, change: { ...done.change, ...end.change } };
  const code = await print(session, waits ? shown : { ...shown, repaired: repaired.uuids }, options);
  return worst(done, waits || code === exitCodes.cannotTell ? code : codeWithoutWaiting(end, repaired, options));
}

/** A step that is refused, not made, or manual is a problem, whatever was reached. */
const worst = ({ isComplete }: Repair, code: number): number =>
  code === exitCodes.ok && !isComplete ? exitCodes.problem : code;

/** What Lambda shows of a repaired mapping is from before the repair. */
function codeWithoutWaiting({ diagnosis }: Look, repaired: RepairedMappings, options: DoctorOptions): number {
  const freed = judgedOf(diagnosis).filter((mapping) => mapping.verdict === 'broken' && isRepaired(mapping, repaired));
  const uuids = new Set(freed.map(({ uuid }) => uuid));
  const others = {
    mappings: diagnosis.mappings.filter(({ uuid }) => !uuids.has(uuid)),
    leftOut: diagnosis.leftOut.filter(({ uuid }) => !uuids.has(uuid)),
  };
  return exitCodeOf(judgedVerdicts(others), options.failOn);
}

const [mostLooks, pause] = [4, 3000];

/** IAM and EC2 may answer for some seconds as before the change. */
async function lookAgain({ clock, io }: ChangeSession, done: Repair, look: () => Promise<Look>): Promise<Look> {
  for (let looks = 1; ; looks++) {
    const seen = await look();
    const isOld = done.made.some(({ resolves }) =>
      resolves.some(({ mapping: uuid, check }) =>
        judgedOf(seen.diagnosis).some(
          (mapping) =>
            mapping.uuid === uuid &&
            mapping.findings.some((finding) => finding.check === check && finding.status === 'fail'),
        ),
      ),
    );
    if (!done.isComplete || !isOld || looks === mostLooks || seen.trouble !== null) return seen;
    await clock.sleep(pause);
    io.signal.throwIfAborted();
  }
}

async function waitFor(
  session: ChangeSession,
  seen: Look,
  look: () => Promise<Look>,
  repaired: RepairedMappings | null,
): Promise<Look & { change: DoctorChange }> {
  const { waited } = await watch(session, seen.diagnosis, repaired);
  return { ...(waited.length > 0 ? await look() : seen), change: { waited } };
}

function print(
  { io }: ChangeSession,
  { diagnosis, snapshot, trouble, change, repaired }: Look & { change: DoctorChange; repaired?: ReadonlySet<string> },
  options: DoctorOptions,
): Promise<number> {
  sayTrouble(io, trouble);
  return printDiagnosis(
    diagnosis,
    { trouble, change, snapshot, ...(repaired === undefined ? {} : { repaired }) },
    options,
    io,
  );
}
