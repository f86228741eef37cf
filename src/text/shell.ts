/**
 * Commands for people to paste into a POSIX shell. Names in them come from an account or from a file that a stranger
 * made, so every command is built here: the type of a command cannot be made from a plain text elsewhere.
 */

declare const quoted: unique symbol;

/** A command whose every value is quoted. Made by `shell` or `shellCommand`. */
export type ShellCommand = string & { readonly [quoted]: true };

/** A word for a POSIX shell: a plain word is unchanged, everything else is in single quotes. */
export const shellQuote = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A command of these words. */
export const shellCommand = (...words: readonly string[]): ShellCommand =>
  words.map(shellQuote).join(' ') as ShellCommand;

/**
 * A command as a template: shell`aws logs tail ${group} --since 1h`. Each value becomes one word, or the end of the word
 * that it follows. A value that begins with a dash would be read as an option: after an option it is joined to it by `=`,
 * elsewhere it is left out.
 */
export function shell(parts: TemplateStringsArray, ...values: readonly (string | number)[]): ShellCommand {
  let line = parts[0]!;
  for (const [index, value] of values.entries()) {
    const text = String(value);
    const isOption = text.startsWith('-') && /(^|\s)$/.test(line);
    if (isOption && /\s--[\w-]+ $/.test(line)) line = `${line.trimEnd()}=${shellQuote(text)}`;
    else line += isOption ? 'NAME' : shellQuote(text);
    line += parts[index + 1]!;
  }
  return line as ShellCommand;
}
