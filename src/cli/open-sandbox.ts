/** The sandbox account of `--sandbox [NAME]`. */
import { defaultSandbox, openAccount, sandboxAccounts, type Sandbox } from '../sandbox/index.js';
import { nearNames } from '../text/similar-names.js';
import { UsageError } from '../errors.js';

/** Throws `UsageError` for an unknown name. */
export function openSandbox(name: string | true): Sandbox {
  const wanted = name === true ? defaultSandbox : name;
  const sandbox = openAccount(wanted);
  if (sandbox !== undefined) return sandbox;
  const near = nearNames(
    wanted,
    sandboxAccounts.map((account) => account.name),
  );
  throw new UsageError(
    `unknown sandbox account “${wanted}”`,
    near.length > 0 ? `Did you mean: ${near.join(', ')}?` : 'List all accounts: `msk-lambda sandbox list`.',
  );
}
