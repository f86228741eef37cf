/** Words for PowerShell, and for the native programs that it starts (about_Quoting_Rules, about_Parsing). */

/** What a word needs besides PowerShell's own quotes. */
export interface PowerShellWord {
  text: string;
  /** The word is right only where PowerShell passes arguments as Windows PowerShell 5.1 does. */
  needsLegacy: boolean;
}

/** PowerShell reads typographic quotes like straight ones. */
const quotes = /['\u2018-\u201b]/g;
/** A comma makes an array, and an option with a dot or a colon is split into two words. */
const plain = /^(?:[A-Za-z0-9_+=:./][A-Za-z0-9_+=:./-]*|--?[A-Za-z][A-Za-z0-9-]*)$/;

export function powerShellWord(word: string): PowerShellWord {
  if (plain.test(word)) return { text: word, needsLegacy: false };
  const isSplit = word === '' || (/\s/.test(word) && word.endsWith('\\'));
  // Up to 7.2, PowerShell does not escape quotes in an argument, drops an empty one, and ends no quotes that follow a
  // backslash.
  const escaped = word.replaceAll(/(?<!\\)(\\*)"/g, String.raw`$1$1\"`);
  const argument = isSplit ? `"${escaped.replace(/(?<!\\)\\+$/, '$&$&')}"` : escaped;
  return { text: `'${argument.replaceAll(quotes, '$&$&')}'`, needsLegacy: argument !== word };
}

/** Since 7.3 PowerShell escapes quotes itself, unless this variable says otherwise; in older versions it has no effect. */
export const legacyArguments = (command: string): string =>
  `& { $PSNativeCommandArgumentPassing = 'Legacy'; ${command} }`;
