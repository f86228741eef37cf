/** `--sandbox` may come before a target: then the next word is the target, not the name of an account. */
import { UsageError } from '../errors.js';
import { nearNames } from '../text/similar-names.js';
import { sandboxAccounts } from '../sandbox/index.js';

/** The same words, with `--sandbox` moved to where no other word follows it. A misspelt name stays, to be reported. */
export function separateSandboxArgument(words: readonly string[]): string[] {
  if (targetAfterSandbox(words) === null) return [...words];
  const at = words.indexOf('--sandbox');
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  return [...words.slice(0, at), ...words.slice(at + 1, end), '--sandbox', ...words.slice(end)];
}

/** Throws `UsageError` where the word after `--sandbox` cannot be a target either. `targets`: more by one than the command takes. */
export function refuseAsSandboxName(words: readonly string[], targets: readonly string[]): void {
  const word = targetAfterSandbox(words);
  if (word !== null && targets.includes(word)) throw unknownSandbox(word);
}

/** The word after `--sandbox`, if it is neither the name of a sandbox account nor similar to one. */
function targetAfterSandbox(words: readonly string[]): string | null {
  const next = words[words.indexOf('--sandbox') + 1];
  if (!words.includes('--sandbox') || next === undefined || next.startsWith('-')) return null;
  return sandboxAccounts.some(({ name }) => name === next) || similarSandboxes(next).length > 0 ? null : next;
}

const similarSandboxes = (name: string): string[] =>
  nearNames(
    name,
    sandboxAccounts.map((account) => account.name),
  );

/** The error about a name that no sandbox account has. */
export function unknownSandbox(name: string): UsageError {
  const near = similarSandboxes(name);
  return new UsageError(
    `unknown sandbox account “${name}”`,
    near.length > 0 ? `Did you mean: ${near.join(', ')}?` : 'List all accounts: `msk-lambda sandbox list`.',
  );
}
