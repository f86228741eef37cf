/** How PowerShell and cmd read a line, and how the C library reads a process's command line, by their documented rules. */

/** The words of a command line in the C library of Windows (Microsoft: parsing C command-line arguments). */
export function argumentsOf(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quoted = false;
  for (let index = 0; index < line.length;) {
    const slashes = /^\\*/.exec(line.slice(index))![0].length;
    index += slashes;
    const character = line[index];
    if (character === '"') {
      word = (word ?? '') + '\\'.repeat(Math.floor(slashes / 2));
      if (slashes % 2 === 1) word += '"';
      else if (quoted && line[index + 1] === '"') {
        word += '"';
        index++;
      } else quoted = !quoted;
      index++;
      continue;
    }
    if (slashes > 0) word = (word ?? '') + '\\'.repeat(slashes);
    if (character === undefined) break;
    if (!quoted && (character === ' ' || character === '\t')) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
    index++;
  }
  return word === null ? words : [...words, word];
}

/** The command line that cmd starts a program with: percent signs first, then carets and quotes. */
export function cmdLine(line: string, variables: Readonly<Record<string, string>>): string {
  // At the prompt, an unknown variable stays as it is written.
  const expanded = line.replaceAll(/%([^%:]+)(?::[^%]*)?%/g, (all, name: string) => variables[name] ?? all);
  let text = '';
  let quoted = false;
  for (let index = 0; index < expanded.length; index++) {
    const character = expanded[index]!;
    if (character === '"') quoted = !quoted;
    if (quoted || character === '"') text += character;
    else if (character === '^') {
      index++;
      // A caret at the end of a line continues it.
      if (expanded[index] !== '\n') text += expanded[index] ?? '';
    } else if (/[&|<>()\n]/.test(character) && !/[()]/.test(character))
      throw new Error(`cmd ends the command: ${text}`);
    else text += character;
  }
  return text;
}

const quotes = /['\u2018-\u201b]/;

/** The words that PowerShell reads, for a line without variables; the flag: arguments are passed as in version 5.1. */
function powerShellWords(line: string): { words: string[]; isLegacy: boolean } {
  const wrapped = /^\s*& \{ \$PSNativeCommandArgumentPassing = 'Legacy'; (.*) \}$/s.exec(line);
  const text = wrapped?.[1] ?? line;
  const words: string[] = [];
  let word: string | null = null;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (character === '`' && text[index + 1] === '\n') index++;
    else if (quotes.test(character)) {
      word ??= '';
      for (index++; ; index++) {
        if (index >= text.length) throw new Error('a quote is not closed');
        if (!quotes.test(text[index]!)) word += text[index]!;
        else if (quotes.test(text[index + 1] ?? '')) word += text[index++]!;
        else break;
      }
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (/[A-Za-z0-9_+=:./-]/.test(character)) word = (word ?? '') + character;
    else throw new Error(`PowerShell gives ${character} a meaning`);
  }
  return { words: word === null ? words : [...words, word], isLegacy: wrapped !== null };
}

/** The command line that PowerShell starts a program with. */
export function nativeCommandLine(line: string, version: '5.1' | '7.2' | '7.4'): string {
  const { words, isLegacy } = powerShellWords(line);
  const standard = version === '7.4' && !isLegacy;
  return words
    .filter((word) => standard || word !== '')
    .map((word) => (standard ? escapedArgument(word) : legacyArgument(word, version)))
    .join(' ');
}

/** As .NET’s argument list: quotes and the backslashes before them are escaped. */
const escapedArgument = (word: string): string =>
  word !== '' && !/[\s"]/.test(word)
    ? word
    : `"${word.replaceAll(/(\\*)"/g, String.raw`$1$1\"`).replace(/\\+$/, '$&$&')}"`;

/** As NativeCommandParameterBinder: only blanks outside quotes put an argument in quotes, and nothing is escaped. */
function legacyArgument(word: string, version: string): string {
  let quoteCount = 0;
  let needsQuotes = false;
  for (const [index, character] of [...word].entries()) {
    if (character === '"' && [...word][index - 1] !== '\\') quoteCount++;
    else if (/\s/.test(character) && quoteCount % 2 === 0) needsQuotes = true;
  }
  if (!needsQuotes) return word;
  return `"${word}${version === '5.1' ? '' : /\\*$/.exec(word)![0]}"`;
}
