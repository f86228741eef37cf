/** The hidden command `__complete`: what the scripts of the shells ask at each Tab. */
import { commands } from '../commands/index.js';
import type { Io } from '../io.js';
import { complete, type CandidateSources } from './candidates.js';

const list = (values: readonly string[], description = '') => values.map((value) => ({ value, description }));

/** What the words before `--` say. */
interface Manner {
  /** Whether names of the account may be kept in a file. */
  cache: boolean;
  /** Candidates for `--flag=value` are the whole word, where the shell replaces all of it. */
  wholeWords: boolean;
  /** The word being typed, from a shell that cannot pass an empty one as the last. */
  word: string | undefined;
}

function mannerOf(words: readonly string[]): Manner {
  const [, word] = words.map((given) => /^--word=(.*)$/s.exec(given)).find((match) => match !== null) ?? [];
  return { cache: !words.includes('--no-cache'), wholeWords: words.includes('--whole-words'), word };
}

/**
 * Writes a line `VALUE<tab>DESCRIPTION` for each candidate; the last line is `:files`, `:folders` or `:none`. `words`:
 * flags of this command itself, `--`, and those after the program's name, of which the last one is being typed.
 */
export async function answerCompletion(words: readonly string[], io: Io): Promise<void> {
  const end = words.indexOf('--');
  const { cache, wholeWords, word } = mannerOf(words.slice(0, end));
  const typed = [...words.slice(end + 1), ...(word === undefined ? [] : [word])];
  const silent: Io = { ...io, stderr: { write: () => true } };
  const sources: CandidateSources = {
    async checks(withTemplates) {
      const { checks } = await import('../../checks/index.js');
      const { templateChecks } = await import('../../catalogue/template-checks.js');
      return [...checks, ...(withTemplates ? templateChecks : [])].map(({ id, title }) => ({
        value: id,
        description: title,
      }));
    },
    async texts() {
      const { errorTextIds } = await import('../../catalogue/texts.js');
      return list(errorTextIds, 'message');
    },
    async sandboxes() {
      const { sandboxAccounts } = await import('../../sandbox/index.js');
      return sandboxAccounts.map(({ name, summary }) => ({ value: name, description: summary }));
    },
    async profiles() {
      const { profileNames } = await import('../../account/profiles.js');
      return list(profileNames(io.env));
    },
    async account(flags) {
      const { accountNames } = await import('./account-names.js');
      return accountNames(flags, silent, cache);
    },
  };
  const { candidates, paths } = await complete(typed, commands, sources);
  const flag = wholeWords ? (/^--[a-z-]+=/.exec(typed.at(-1) ?? '')?.[0] ?? '') : '';
  io.stdout.write(
    [...candidates.map(({ value, description }) => `${flag}${value}\t${description}`), `:${paths ?? 'none'}`, ''].join(
      '\n',
    ),
  );
}
