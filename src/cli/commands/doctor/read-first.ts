/** `doctor` asks AWS before it loads what judges the answers: the modules are loaded while AWS is answering. */
import type { DoctorOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { prepare, targetsOf } from '../../report-files/prepare.js';
import { readSource } from '../../open-account.js';

const loadChecks = () => import('../../../checks/index.js');
const loadRun = () => import('./run.js');

export async function run(given: Call<DoctorOptions>): Promise<number> {
  const prepared = await prepare(given, { reports: true, templates: false });
  const isForAll = prepared.options.all === true && prepared.args.length === 0;
  const call = isForAll ? prepared : { ...prepared, args: targetsOf(prepared) };
  if (!readsAtOnce(call)) return (await loadRun()).run(call);
  const source = await readSource(call.args, call.options, call.io, { nameLeftOut: true }, [loadChecks, loadRun]);
  return (await loadRun()).run(call, undefined, source);
}

/** Flags that `run` judges before it reads, or that change what it reads. */
const judgedFirst = [
  'check',
  'skip',
  'regions',
  'fix',
  'wait',
  'yes',
  'dryRun',
  'allowRisky',
  'changeOwned',
  'undoFile',
  'choose',
] as const satisfies readonly (keyof DoctorOptions)[];

/** Whether the command line is valid without a look at the checks, and asks for one diagnosis and no change. */
const readsAtOnce = ({ args, options }: Call<DoctorOptions>): boolean =>
  !(options.all === true && args.length > 0) &&
  judgedFirst.every((flag) => options[flag] === undefined || options[flag] === false);
