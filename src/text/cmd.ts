/** Words for the prompt of cmd.exe, and for the programs that it starts (Microsoft: parsing C command-line arguments). */

const plain = /^[A-Za-z0-9_+=:,./\\@-]+$/;
const special = new Set('()%!^"<>&|');

/** Null where cmd cannot be given the word: a line break ends its command. */
export function cmdWord(word: string, program: string): string | null {
  if (/[\r\n\0]/.test(word)) return null;
  if (plain.test(word)) return word;
  // npm starts this program with a batch file, which reads the words a second time.
  if (program === 'msk-lambda' && word.includes('"') && /[&|<>^]/.test(word)) return null;
  const argument = `"${word.replaceAll(/(?<!\\)(\\*)"/g, String.raw`$1$1\"`).replace(/(?<!\\)\\+$/, '$&$&')}"`;
  // In quotes, only a quote and a percent sign have a meaning.
  return /["%]/.test(word) ? withCarets(argument) : argument;
}

/**
 * Every special character with a caret, quotes too, so that cmd never is in quotes. The caret after a percent sign
 * becomes a part of a variable's name, which then does not exist.
 */
const withCarets = (argument: string): string =>
  [...argument]
    .map((character, index, all) => (special.has(character) || all[index - 1] === '%' ? `^${character}` : character))
    .join('');
