/** Text from AWS as it may be shown: nothing in it can steer a terminal or turn a line around. */

/** C0 and C1 controls, DEL, line and paragraph separators, the marks that change the direction of writing, and halves of a letter. */
const invisible =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };

/** The text with every control character written out. */
export const visible = (text: string): string =>
  text.replace(invisible, (character) => short[character] ?? escape(character));

/** The same for a text of several lines: line breaks stay. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n');

/** JSON has escapes of its own for these; `JSON.stringify` uses them below U+0020 only. */
export const escapeInJson = (json: string): string =>
  invisibleInJson.test(json) ? json.replaceAll(new RegExp(invisibleInJson, 'gu'), escape) : json;

/** The same but for the line breaks that JSON itself is laid out with: most documents have none, and are not copied for it. */
const invisibleInJson = new RegExp(
  invisible.source.replace(String.raw`\u0000-\u001f`, String.raw`\u0000-\u0009\u000b-\u001f`),
  'u',
);

const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
