/** How a probe reaches the account and its brokers: from this machine, through a proxy, or in a sandbox. */
import type { Clients } from '../../../account/clients.js';
import { severalMappings } from '../../../account/several-mappings.js';
import { UsageError } from '../../../errors.js';
import { directDialer, type Dialer } from '../../../kafka/dial.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import type { Io } from '../../io.js';
import { openUnlimitedClients, sandboxClients } from '../../open-account.js';
import type { SourceOptions } from '../../shared-options.js';

type ReachOptions = Pick<SourceOptions, 'profile' | 'endpointUrl' | 'sandbox' | 'debug'>;

export interface ProbeReach {
  dial: Dialer;
  /** PEM of an authority that is trusted for this command only; null: none. */
  authority: string | null;
  /** The account of a sandbox, with the mappings that it is for; null for AWS. */
  account: Pick<Snapshot, 'targets' | 'mappings'> | null;
  clients(region: string | undefined): Promise<Clients>;
  /** Closes the brokers of a sandbox. */
  stop(): Promise<void>;
}

/** Throws `UsageError` for an address that is no proxy's, and for an unknown sandbox account. */
export async function openReach(
  via: string | undefined,
  options: ReachOptions,
  io: Io,
  /** Aborts the calls to AWS. */
  signal: AbortSignal = io.signal,
): Promise<ProbeReach> {
  if (options.sandbox === undefined)
    return {
      dial: await dialerOf(via),
      authority: null,
      account: null,
      clients: (region) =>
        openUnlimitedClients({ ...options, ...(region === undefined ? {} : { region }) }, io, signal),
      stop: async () => {},
    };
  const { openSandbox } = await import('../../open-sandbox.js');
  const sandbox = openSandbox(options.sandbox);
  const { dial, certificateAuthority, stop } = await sandbox.startBrokers();
  return {
    dial,
    authority: certificateAuthority,
    account: sandbox.snapshot(),
    clients: () => sandboxClients(sandbox, options.debug === true ? { signal, debug: debugTo(io) } : { signal }),
    stop,
  };
}

const debugTo =
  ({ stderr }: Io) =>
  (line: string): void =>
    void stderr.write(`${line}\n`);

async function dialerOf(via: string | undefined): Promise<Dialer> {
  if (via === undefined) return directDialer;
  const { proxyDialer } = await import('../../../kafka/proxy-dialer.js');
  return proxyDialer(via);
}

/** The mapping that a sandbox account is for. Throws `TargetNotFound` where it has several, `UsageError` for none. */
export function onlyTarget(account: ProbeReach['account']): string {
  const [target, ...others] = account?.targets ?? [];
  if (account === null || target === undefined) throw new UsageError('missing argument: the mapping or cluster');
  if (others.length > 0) throw severalMappings('the sandbox account has', account);
  return target;
}
