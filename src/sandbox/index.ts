/** The accounts that ship with the tool. */
import type { SandboxAccount } from './account.js';
import { crossAccounts } from './accounts/cross-account.js';
import { deletedClusterAccounts } from './accounts/deleted-cluster.js';
import { functionAndSettings, unusualSettings } from './accounts/function-and-settings.js';
import { halfReadableAccounts } from './accounts/half-readable.js';
import { networkAccounts } from './accounts/network.js';
import { oddButHealthy } from './accounts/odd-but-healthy.js';
import { otherAccounts } from './accounts/others.js';
import { recordAccounts } from './accounts/records.js';
import { privateZoneAccounts } from './accounts/private-zones.js';
import { rightsAccounts } from './accounts/rights.js';
import { secretAccounts } from './accounts/secrets.js';
import { selfManagedAccounts } from './accounts/self-managed.js';
import { severalAccount } from './accounts/several.js';
import { createSandbox, type Sandbox } from './sandbox.js';

export type { Sandbox, SandboxAccount };

export const sandboxAccounts: readonly SandboxAccount[] = [
  ...networkAccounts,
  ...privateZoneAccounts,
  ...rightsAccounts,
  ...secretAccounts,
  ...crossAccounts,
  ...otherAccounts,
  ...deletedClusterAccounts,
  ...recordAccounts,
  ...functionAndSettings,
  severalAccount,
  ...selfManagedAccounts,
  ...halfReadableAccounts,
  ...oddButHealthy,
  ...unusualSettings,
];

/** What `--sandbox` takes without a name. */
export const defaultSandbox = 'nat-blackhole';

/** A fresh account of this name, by the clock of this machine or by another; undefined where there is none. */
export function openAccount(name: string, now?: () => Date): Sandbox | undefined {
  const account = sandboxAccounts.find((candidate) => candidate.name === name);
  if (account === undefined) return undefined;
  return createSandbox(account.build(), {
    ...(account.contents === undefined ? {} : { contents: account.contents() }),
    ...(now === undefined ? {} : { now }),
  });
}
