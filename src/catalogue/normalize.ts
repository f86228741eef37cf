/**
 * Converts text of AWS to the form that is compared, because wordings change and tools wrap the texts. Every pattern
 * here takes linear time.
 */

/**
 * Colours and other control sequences: as bytes, as `\e[31m` in an escaped log, or as `[31m` where the escape was
 * lost.
 */
const controls =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /\u001b\][^\u0007\u001b]{0,200}(?:\u0007|\u001b\\)|(?:\u001b|\^\[|\\{1,16}(?:u001b|x1b|e|033))\[[0-9;?]{0,30}[a-z]|\[(?:\d{1,3};){0,5}\d{1,3}m/gi;

/** Soft hyphens and zero-width characters, which web pages insert into long words. */
const noWidth = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** The borders of boxes and tables, and quotation marks at the start of a line (`>`). */
const frames = /[|\u2500-\u257f]/g;
const quotation = /^[\s>]+/gm;

const namedEntities: Record<string, string> = {
  nbsp: ' ',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  amp: '&',
  rsquo: "'",
  lsquo: "'",
  ldquo: '"',
  rdquo: '"',
};
const entities = /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,5}));/gi;

const decodeEntities = (text: string): string =>
  text.replace(entities, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return namedEntities[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });

/** JSON inside JSON inside a log: a quotation mark or line break may be escaped several times. */
const withoutEscapes = (text: string): string =>
  text
    .replace(/\\{1,16}u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\{1,16}[nrt]/g, '\n')
    .replaceAll('\\', '');

/**
 * The text without the layout of a page, terminal, table, log or editor: without colours, borders, entities, escapes
 * and typographic quotes. Terraform breaks lines inside its box; the AWS CLI has tables.
 */
export const plainText = (text: string): string =>
  // Twice: a page that shows the source of another page escapes the entities again.
  decodeEntities(decodeEntities(withoutEscapes(text.replace(controls, ''))))
    .replace(controls, '')
    .replace(noWidth, '')
    .replace(frames, ' ')
    .replace(quotation, '')
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/[“”„‟″«»]/g, '"');

/**
 * For comparing a complete text: without quotes and `PROBLEM:`, in lower case, white space collapsed, no final
 * period.
 */
export function normalize(text: string): string {
  const plain = plainText(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^["']?(?:problem: ?)?/i, '')
    .toLowerCase();
  let end = plain.length;
  while (end > 0 && '. "\''.includes(plain[end - 1]!)) end--;
  return plain.slice(0, end);
}

/** For searching in a text: in lower case and without white space, because terminals break lines inside words. */
export const squeeze = (text: string): string => plainText(text).replace(/\s+/g, '').toLowerCase();
