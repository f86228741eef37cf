/** The sandbox account of `--sandbox [NAME]`. */
import { defaultSandbox, openAccount, type Sandbox } from '../sandbox/index.js';
import { unknownSandbox } from './sandbox-argument.js';

/** Throws `UsageError` for an unknown name. */
export function openSandbox(name: string | true): Sandbox {
  const wanted = name === true ? defaultSandbox : name;
  const sandbox = openAccount(wanted);
  if (sandbox === undefined) throw unknownSandbox(wanted);
  return sandbox;
}
