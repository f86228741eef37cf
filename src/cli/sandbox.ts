/** The sandbox account of `--sandbox [NAME]`. */
import { createSandbox, defaultSandbox, loadSandbox, sandboxAccounts } from '../sandbox/index.js';
import { UsageError } from './usage-error.js';

/** Throws `UsageError` for a name that is not there. */
export function openSandbox(name: string | true) {
  const wanted = name === true ? defaultSandbox : name;
  if (!sandboxAccounts.some((account) => account.name === wanted))
    throw new UsageError(`there is no sandbox account “${wanted}”`, 'See them all with `msk-lambda sandbox list`.');
  const snapshot = loadSandbox(wanted);
  return { region: snapshot.region, answer: createSandbox(snapshot).answer, name: wanted };
}
