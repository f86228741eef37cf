/** The script of each shell. `flags`: flags of `__complete` with a blank before each, or nothing. */
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { powershellScript } from './powershell.js';
import { zshScript } from './zsh.js';

export const completionScripts = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
} as const satisfies Record<string, (flags: string) => string>;

export type CompletionShell = keyof typeof completionScripts;
