/** How a probe reaches the account and its brokers: from this machine, through a proxy, or in a sandbox. */
import type { Clients } from '../../../account/clients.js';
import { UsageError } from '../../../errors.js';
import { directDialer, type Dialer } from '../../../kafka/dial.js';
import type { Io } from '../../io.js';
import { openUnlimitedClients, sandboxClients } from '../../open-account.js';
import type { SourceOptions } from '../../shared-options.js';

type ReachOptions = Pick<SourceOptions, 'profile' | 'endpointUrl' | 'sandbox' | 'debug'>;

export interface ProbeReach {
  dial: Dialer;
  /** PEM of an authority that is trusted for this command only; null: none. */
  authority: string | null;
  /** The mappings that the sandbox account shows; null for AWS. */
  targets: readonly string[] | null;
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
      targets: null,
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
    targets: sandbox.snapshot().targets,
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

/** The mapping that a sandbox account is for. Throws `UsageError` where it has several. */
export function onlyTarget(targets: readonly string[]): string {
  const [target, ...others] = targets;
  if (target === undefined || others.length > 0)
    throw new UsageError(
      `the sandbox account has ${targets.length} mappings; choose one by UUID`,
      `Its mappings: ${targets.join(', ')}`,
    );
  return target;
}
