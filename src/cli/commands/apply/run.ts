import { qualifiedNameOf } from '../../../aws/function-arn.js';
import { settingsOf } from '../../../mapping/mapping-of.js';
import { resolveSettings } from '../../../mapping/resolve.js';
import type { MappingSettings } from '../../../mapping/settings.js';
import { deliver } from '../../print-answer.js';
import { confirm } from '../../single-prompts.js';
import { matchMappings, unnamedMappings } from '../../../plan/apply.js';
import { planDelete } from '../../../plan/delete.js';
import { joinPlans, type MappingStep, type Plan } from '../../../plan/plan.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import { carryOut, giveUnplanned } from '../../change/carry-out.js';
import { readForMatches } from '../../change/read-for-plan.js';
import { inSession } from '../../change/run-session.js';
import type { ChangeSession } from '../../change/session.js';
import { readMappings, validatedSettings } from '../../change/settings.js';
import { compareMatches, readAllMappings } from './compare.js';
import type { ApplyOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { pausing } from '../../pause.js';
import { exitCodes } from '../../exit-codes.js';
import { UsageError } from '../../../errors.js';

/** Changes the account to match a file. */
export async function run({ options, io }: Call<ApplyOptions>): Promise<number> {
  if (options.printFile === true) return inSession(options, io, (session) => printFile(session, options));
  if (options.file === undefined)
    throw new UsageError(
      'missing required flag: --file',
      '`msk-lambda apply --print-file` prints a file with the existing mappings to start from.',
    );
  if (options.confirmPrune === true && options.prune !== true) throw new UsageError('--confirm-prune requires --prune');
  const asked = await readMappings(options.file, io, new Date());
  return inSession(options, io, async (session) => {
    session.remember(true);
    const clients = session.reading();
    const wanted = await inBatches(asked, io.signal, async (settings) =>
      validatedSettings(await resolveSettings(clients, settings, session.note), session.clock.now()),
    );
    refuseTwins(wanted);
    const existing = await readAllMappings(session);
    const matches = matchMappings(wanted, existing);
    const plans: Plan<MappingStep>[] | null = await readForMatches(session, await compareMatches(session, matches));
    if (plans === null) return giveUnplanned(session, 'Nothing was changed: AWS could not be read.');
    if (options.prune === true) plans.push(...(await planPrune(session, options, unnamedMappings(matches, existing))));
    session.remember(false);
    return carryOut(session, joinPlans(plans), 'Apply these changes?');
  });
}

/** At most this many in parallel, with pauses between so that Ctrl-C is noticed. */
const batch = 100;

async function inBatches<T, U>(items: readonly T[], signal: AbortSignal, work: (item: T) => Promise<U>): Promise<U[]> {
  const pause = pausing(signal);
  const done: U[] = [];
  for (let start = 0; start < items.length; start += batch) {
    await pause();
    done.push(...(await Promise.all(items.slice(start, start + batch).map(work))));
  }
  signal.throwIfAborted();
  return done;
}

async function printFile(session: ChangeSession, options: ApplyOptions): Promise<number> {
  const { printMappingFile } = await import('../../../mapping/file.js');
  await deliver(session.io, options, printMappingFile((await readAllMappings(session)).map(settingsOf)));
  return exitCodes.ok;
}

/** Two names in a file may mean the same mapping. */
function refuseTwins(wanted: readonly MappingSettings[]): void {
  const seen = new Map<string, number>();
  for (const [index, { cluster, function: functionArn, topic }] of wanted.entries()) {
    const key = [cluster, functionArn, topic].join(' ');
    const earlier = seen.get(key);
    if (earlier !== undefined)
      throw new UsageError(
        `mappings[${earlier}] and mappings[${index}] have the same cluster, topic and function`,
        key,
      );
    seen.set(key, index);
  }
}

/**
 * The mappings of the file's clusters that are not in the file: listed in the plan, but deleted only if the user
 * agrees to that separately.
 */
async function planPrune(
  session: ChangeSession,
  options: ApplyOptions,
  others: readonly Mapping[],
): Promise<Plan<MappingStep>[]> {
  if (others.length === 0) return [];
  const plans = others.map((mapping) => planDelete(mapping, session.wait));
  if (options.dryRun === true || options.confirmPrune === true) return plans;
  const names = others
    .map((mapping) => `${mapping.UUID} (${qualifiedNameOf(mapping.FunctionArn) ?? ''} ← ${mapping.Topics[0] ?? ''})`)
    .join(', ');
  const agreed = await confirm(
    session.io,
    `Not in the file: ${names}. Delete ${others.length === 1 ? 'it' : 'them'}?`,
    {
      sentence: `--prune would delete ${names}`,
      hint: 'Pass --confirm-prune to delete them, or omit --prune. Nothing was changed.',
    },
  );
  return agreed ? plans : [];
}
