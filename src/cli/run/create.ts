import { lookFor, compareWith, createCall, createMapping } from '../../mapping/create.js';
import { plannedMapping } from '../../mapping/mapping-of.js';
import { judgePlanned, type Preflight } from '../../mapping/preflight.js';
import { resolveSettings } from '../../mapping/resolve.js';
import type { Difference } from '../../mapping/differences.js';
import type { MappingSettings } from '../../mapping/settings.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { ChangeStep } from '../../report/documents/change.js';
import { deliver } from '../answer.js';
import { giveOutcome, refused, showPlan, stepOf, type Outcome } from '../change/answer.js';
import { checkBefore, inTheWay, mayGoOn, openQuestions } from '../change/check.js';
import { finishNew } from '../change/finish.js';
import { inSession, patiently, type ChangeSession } from '../change/session.js';
import { askedSettings, wholeSettings } from '../change/settings.js';
import type { CreateOptions } from '../commands/create.js';
import type { Call } from '../define.js';
import { exitCodes } from '../exit-codes.js';

/** Makes one mapping, once. */
export async function run({ options, io }: Call<CreateOptions>): Promise<number> {
  const asked = await askedSettings(options, io, new Date());
  const wanted = wholeSettings(asked, new Date());
  if (options.printFile === true) {
    const { printMappingFile } = await import('../../mapping/file.js');
    await deliver(io, options, printMappingFile([wanted]));
    return exitCodes.ok;
  }
  return inSession(options, io, async (session) => create(session, options, wanted));
}

async function create(session: ChangeSession, options: CreateOptions, wanted: MappingSettings): Promise<number> {
  const settings = wholeSettings(await resolveSettings(session.reading(), wanted), session.clock.now());
  session.io.signal.throwIfAborted();
  const target = options.disabledTest === true ? { ...settings, enabled: false } : settings;
  const planned = plannedMapping(target);
  const plan = [{ ...stepOf('create', planned, { calls: [createCall(target)] }), mapping: null }];

  const found = await lookFor(session.reading(), settings);
  session.io.signal.throwIfAborted();
  const there = isOk(found) && found.value !== null && found.value.State !== 'Deleting' ? found.value : null;
  if (there !== null) {
    const differences = await compareWith(session.reading(), there, settings);
    if (!isUnfinishedTest(differences, options)) return settleExisting(session, there, settings, differences);
    return giveOutcome(session, await finishNew(session, options, settings, there, { changed: 0, plan: [stepOf('enable', there, { differences })] }));
  }

  const preflight = await checkBefore(session, planned, (snapshot) => judgePlanned(snapshot, planned, settings.auth));
  if (preflight === null) return giveOutcome(session, { outcome: 'undecided', message: 'Nothing was made: AWS could not be read.', plan });
  return makeChecked(session, options, { settings, target, plan, preflight });
}

/** A mapping that an earlier --disabled-test made and did not come to enable. */
const isUnfinishedTest = (differences: readonly Difference[], { disabledTest }: CreateOptions): boolean =>
  disabledTest === true && differences.length === 1 && differences[0]!.setting === 'enabled';

interface Checked {
  settings: MappingSettings;
  /** As it is made first: disabled for a test. */
  target: MappingSettings;
  plan: ChangeStep[];
  preflight: Preflight;
}

async function makeChecked(session: ChangeSession, options: CreateOptions, { settings, target, plan, preflight }: Checked): Promise<number> {
  const way = inTheWay(preflight);
  const seen = { plan, findings: preflight.findings, blockers: way?.ids ?? [] };
  const despite = way === null || options.force !== true ? '' : ` Made despite this: ${way.sentence}`;
  if (options.dryRun === true)
    return giveOutcome(session, { ...seen, outcome: 'planned', message: `Nothing was made (--dry-run).${way === null ? ' Nothing stands in its way.' : ` ${way.sentence}`}${openQuestions(preflight)}`, exitCode: way === null ? exitCodes.ok : exitCodes.problem });
  if (way !== null && options.force !== true) return giveOutcome(session, { ...seen, outcome: 'blocked', message: `Nothing was made. ${way.sentence} Mend it, or go on with --force.` });
  if (options.yes !== true && session.io.interactive) await showPlan(session, plan, preflight.findings, seen.blockers);
  if (!(await mayGoOn(session, `Shall this mapping be made${way === null ? '' : ', despite what stands in its way'}?`))) return giveOutcome(session, { ...seen, outcome: 'nothing-to-do', message: 'Nothing was made.', planShown: true });

  const underWay = 'AWS was being asked to make the mapping. The same command again finds it if it is there, and makes no second one.';
  session.soFar.push(underWay);
  const retryRights = !preflight.blockers.some(({ check }) => /^(access|secret)\./.test(check));
  const created = await patiently(session, 'Creating', (patience) => createMapping({ clients: session.clients, settings: target, retryRights, patience }));
  session.soFar.splice(session.soFar.indexOf(underWay), 1);
  if (created.outcome === 'refused') return giveOutcome(session, { ...seen, ...refused(created.refusal, plan, 'Nothing was made.') });
  if (created.outcome === 'unsure') return giveOutcome(session, { ...seen, outcome: 'undecided', message: `${created.because} The same command again finds the mapping if it is there.` });
  if (created.outcome === 'differs') return settleExisting(session, created.mapping, settings, created.differences);
  if (created.outcome === 'adopted') return settleExisting(session, created.mapping, settings, []);
  const finished = await finishNew(session, options, settings, created.mapping, { changed: 1, plan, findings: preflight.findings, open: openQuestions(preflight) });
  return giveOutcome(session, { ...finished, message: `${finished.message}${despite}`, planShown: options.yes !== true && session.io.interactive });
}

/** The mapping is there already: equal, or what is not. */
async function settleExisting(session: ChangeSession, mapping: Mapping, settings: MappingSettings, differences: readonly Difference[]): Promise<number> {
  if (differences.length === 0) {
    const plan = [stepOf('none', mapping)];
    const other = settings.auth === undefined ? null : await assertStanding(session, mapping, settings.auth);
    if (other !== null) return giveOutcome(session, { outcome: 'blocked', message: `The mapping ${mapping.UUID} is there already. ${other}`, plan, mapping });
    return giveOutcome(session, await finishExisting(session, settings, mapping, plan));
  }
  const fixed = differences.filter(({ changeable }) => !changeable).map(({ setting }) => setting);
  const what = differences.map(({ setting, is, wanted }) => `${setting} is ${shown(is)}, not ${shown(wanted)}`).join('; ');
  const how = fixed.length === 0 ? `Change it with \`msk-lambda update ${mapping.UUID}\` and the same flags.` : `${fixed.join(', ')} cannot be changed while it lives: see \`msk-lambda recreate ${mapping.UUID}\`.`;
  return giveOutcome(session, {
    outcome: 'blocked', message: `Nothing was made: a mapping of this cluster, function and topic is there already, ${mapping.UUID}, and it differs: ${what}. ${how}`,
    plan: [stepOf('none', mapping, { differences })], mapping, blockers: ['mapping.conflict'],
  });
}

const shown = (value: unknown): string => (value === null || value === '' ? 'none' : typeof value === 'string' ? value : JSON.stringify(value));

async function finishExisting(session: ChangeSession, settings: MappingSettings, mapping: Mapping, plan: ChangeStep[]): Promise<Outcome> {
  const there: Outcome = { outcome: 'nothing-to-do', message: `The mapping ${mapping.UUID} is there already, as asked. Nothing was changed.`, plan, mapping };
  if (session.options.wait !== true || session.options.dryRun === true) return there;
  const { watchMapping } = await import('../change/outcome.js');
  const watched = await watchMapping(session, mapping, { enabled: settings.enabled ?? true, textBefore: null });
  return { ...there, ...watched, outcome: watched.outcome === 'done' ? 'nothing-to-do' : watched.outcome, message: `${there.message} ${watched.message}`, blockers: watched.causes };
}

async function assertStanding(session: ChangeSession, mapping: Mapping, auth: NonNullable<MappingSettings['auth']>): Promise<string | null> {
  const preflight = await checkBefore(session, mapping, (snapshot) => judgePlanned(snapshot, mapping, auth));
  return preflight?.otherAuth ?? null;
}
