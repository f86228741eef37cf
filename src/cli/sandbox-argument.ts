/** `--sandbox` may come before a target: then the next word is the target, not the name of an account. */
import { nearNames } from '../text/similar-names.js';
import { sandboxAccounts } from '../sandbox/index.js';

/** The same words, with `--sandbox` moved to where no other word follows it. A misspelt name stays, to be reported. */
export function separateSandboxArgument(words: readonly string[]): string[] {
  const at = words.indexOf('--sandbox');
  const next = words[at + 1];
  if (at < 0 || next === undefined || next.startsWith('-')) return [...words];
  const names = sandboxAccounts.map(({ name }) => name);
  if (names.includes(next) || nearNames(next, names).length > 0) return [...words];
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  return [...words.slice(0, at), ...words.slice(at + 1, end), '--sandbox', ...words.slice(end)];
}
