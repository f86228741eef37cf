/** The accounts that ship with the tool. */
import type { SandboxAccount } from './account.js';
import { crossAccounts } from './accounts/cross-account.js';
import { clusterAccounts } from './accounts/cluster.js';
import { deletedClusterAccounts } from './accounts/deleted-cluster.js';
import { functionAndSettings, stoppedMappings, unusualSettings } from './accounts/function-and-settings.js';
import { halfReadableAccounts } from './accounts/half-readable.js';
import { networkAccounts } from './accounts/network.js';
import { recordAccounts } from './accounts/records.js';
import { privateZoneAccounts } from './accounts/private-zones.js';
import { registryAccounts, unusualRegistries } from './accounts/schema-registry.js';
import { rightsAccounts } from './accounts/rights.js';
import { secretAccounts } from './accounts/secrets.js';
import { insideKafka } from './accounts/inside-kafka.js';
import { selfManagedAccounts } from './accounts/self-managed.js';
import { sixMappings } from './accounts/six-mappings.js';
import { unusualButHealthy } from './accounts/unusual-but-healthy.js';
import { createSandbox, type Sandbox } from './sandbox.js';

export type { Sandbox, SandboxAccount };

export const sandboxAccounts: readonly SandboxAccount[] = [
  ...networkAccounts,
  ...privateZoneAccounts,
  ...rightsAccounts,
  ...secretAccounts,
  ...crossAccounts,
  ...clusterAccounts,
  ...insideKafka,
  ...stoppedMappings,
  ...deletedClusterAccounts,
  ...recordAccounts,
  ...functionAndSettings,
  ...registryAccounts,
  sixMappings,
  ...selfManagedAccounts,
  ...halfReadableAccounts,
  ...unusualButHealthy,
  ...unusualSettings,
  ...unusualRegistries,
];

/** The account for `--sandbox` without a name. */
export const defaultSandbox = 'nat-blackhole';

/** A new account of this name, with the given clock or this machine's; undefined where there is none. */
export function openAccount(name: string, now?: () => Date): Sandbox | undefined {
  const account = sandboxAccounts.find((candidate) => candidate.name === name);
  if (account === undefined) return undefined;
  return createSandbox(account.build(), {
    ...(account.contents === undefined ? {} : { contents: account.contents() }),
    ...(account.kafka === undefined ? {} : { kafka: account.kafka }),
    ...(now === undefined ? {} : { now }),
  });
}
