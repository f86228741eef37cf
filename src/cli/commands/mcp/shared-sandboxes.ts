/** The sandbox accounts of a server: a change that one call makes, the next call sees. */
import type { Sandbox } from '../../../sandbox/sandbox.js';

export class SharedSandboxes {
  private readonly opened = new Map<string | true, Sandbox>();

  /** Throws `UsageError` for an unknown name. */
  readonly open = async (name: string | true): Promise<Sandbox> => {
    const { openSandbox } = await import('../../open-sandbox.js');
    const sandbox = this.opened.get(name) ?? openSandbox(name);
    this.opened.set(name, sandbox);
    return sandbox;
  };
}
