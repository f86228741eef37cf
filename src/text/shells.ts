/** Commands in the syntax of the user's shell. They are kept in POSIX syntax until they are printed. */
import { cmdWord } from './cmd.js';
import { tokensOf } from './posix-words.js';
import { legacyArguments, powerShellWord } from './powershell.js';
import type { ShellCommand } from './shell.js';

export const shells = ['bash', 'powershell', 'cmd'] as const;
export type Shell = (typeof shells)[number];

/** At the end of a line: the command continues in the next one. */
export const continuations: Record<Shell, string> = { bash: '\\', powershell: '`', cmd: '^' };

/**
 * The shell from which the program was started. Outside Windows and in Git Bash (which sets SHELL): bash. On Windows,
 * PSModulePath is also set in cmd, but only PowerShell adds the user's own modules to it.
 */
export function currentShell(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): Shell {
  if (platform !== 'win32' || (env['SHELL'] ?? '') !== '') return 'bash';
  const common = [
    env['ProgramFiles'],
    env['ProgramW6432'],
    env['SystemRoot'],
    'C:\\Program Files',
    'C:\\Windows',
  ].flatMap((folder) => (folder === undefined || folder === '' ? [] : [`${folder.toLowerCase()}\\`]));
  const modules = (env['PSModulePath'] ?? '').toLowerCase().split(';');
  const isOfUser = (folder: string): boolean =>
    /\\(?:windows)?powershell\\modules\\?$/.test(folder) && !common.some((start) => folder.startsWith(start));
  return modules.some(isOfUser) ? 'powershell' : 'cmd';
}

/** A command in one line; where the shell cannot be given it, a sentence instead. */
export const inShell = (command: ShellCommand, shell: Shell = 'bash'): string =>
  shell === 'bash' ? command : (piecesInShell([command], shell)?.[0] ?? unwritable);

export const unwritable = '(cmd cannot express this command: pass --shell bash or --shell powershell)';

/** A sentence with commands between backquotes. */
export const sentenceInShell = (sentence: string, shell: Shell = 'bash'): string =>
  shell === 'bash'
    ? sentence
    : sentence.replaceAll(
        /`((?:aws|msk-lambda|openssl|kafka-[\w-]+) (?:'[^']*'|\\'|[^'`\\])*)`/g,
        (_, command: string) => `\`${inShell(command as ShellCommand, shell)}\``,
      );

/** A command in pieces between which its line may be broken; null where the shell cannot be given it. */
export function piecesInShell(pieces: readonly string[], shell: Shell): string[] | null {
  if (shell === 'bash') return [...pieces];
  const parsed = pieces.map((piece) => tokensOf(piece as ShellCommand));
  return shell === 'cmd' ? piecesInCmd(parsed) : piecesInPowerShell(parsed);
}

type Pieces = ReturnType<typeof tokensOf>[];

function piecesInCmd(pieces: Pieces): string[] | null {
  let program: string | undefined;
  const written = pieces.map((tokens) =>
    tokens.map((token) => {
      if ('operator' in token) {
        program = undefined;
        return token.operator;
      }
      program ??= token.word;
      return cmdWord(token.word, program);
    }),
  );
  return written.flat().includes(null) ? null : written.map((words) => words.join(' '));
}

function piecesInPowerShell(pieces: Pieces): string[] {
  let isLegacy = false;
  let open = 0;
  const written = pieces.map((tokens) =>
    tokens
      .map((token, index) => {
        const space = index === 0 ? '' : ' ';
        if ('operator' in token) {
          if (token.operator === '|') return ' |';
          open++;
          // Windows PowerShell 5.1 has no `&&`.
          return '; if ($?) {';
        }
        const { text, needsLegacy } = powerShellWord(token.word);
        isLegacy ||= needsLegacy;
        return `${space}${text}`;
      })
      .join(''),
  );
  const [before, after] = isLegacy ? legacyArguments('\n').split('\n') : ['', ''];
  return written.map(
    (text, index) =>
      `${index === 0 ? before : ''}${text}${index === written.length - 1 ? `${' }'.repeat(open)}${after}` : ''}`,
  );
}
