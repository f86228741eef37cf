/** Text and blocks in man(7). */

/** The day on which the pages' prose was last looked over. */
export const dated = '2026-11-29';

const symbols: Record<string, string> = {
  '’': '\\(cq',
  '‘': '\\(oq',
  '“': '\\(lq',
  '”': '\\(rq',
  '–': '\\(en',
  '×': '\\(mu',
  '·': '\\(pc',
  '→': '\\(->',
  '…': '...',
};

/** Text for man(7): no backslash, hyphen or leading control character means more than itself. */
export const escape = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('`', '\\(ga')
    .replace(
      /[^\u0020-\u007e\n]/gu,
      (sign) => symbols[sign] ?? `\\[u${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replace(/^(?=[.'])/gm, '\\&');

const widest = 78;

/** The same broken at blanks into lines that a reader of the source can take in; man(1) fills them again. */
export function filled(text: string): string {
  const lines = [''];
  for (const word of text
    .split(/\s+/)
    .filter((line) => line !== '')
    .map(escape)) {
    const line = `${lines.at(-1)!} ${word}`.trim();
    if (line.length <= widest || lines.at(-1) === '') lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.join('\n');
}

/** A heading. */
export const section = (name: string): string => `.SH ${name}`;
/** A term with what it means, indented under it. */
export const entry = (term: string, text: string): string[] => ['.TP', `.B ${escape(term)}`, filled(text)];
/** Lines that stay as they are. */
export const example = (lines: readonly string[]): string[] => ['.EX', ...lines.map(escape), '.EE'];
/** Prose, a paragraph for each line. */
export const paragraphs = (text: string): string[] =>
  text.split('\n').flatMap((line, index) => (index === 0 ? [filled(line)] : ['.br', filled(line)]));

/** A sentence begins with a capital. */
export const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The first line of a page. */
export const title = (name: string, dated: string, version: string): string =>
  `.TH ${escape(name.toUpperCase())} 1 "${dated}" "${version}" "User Commands"`;
