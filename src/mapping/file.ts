/** A mapping file in YAML or JSON: parsed with the position of every error, and written. */
import { UsageError } from '../errors.js';
import { isCollection, isMap, isNode, LineCounter, parseDocument, stringify, type Document } from 'yaml';
import * as z from 'zod/mini';
import { visible } from '../text/visible.js';
import { foreignFile } from './foreign-keys.js';
import { instantOf } from './instant.js';
import { settingsSchema, type MappingSettings } from './settings.js';
import { validateSettings } from './validate.js';

export const mappingFileSchema = z.strictObject({
  $schema: z.optional(z.string().check(z.describe('for editors'))),
  mappings: z.array(settingsSchema),
});

/** The file is not a valid mapping file; each line of `problems` has a position and a sentence. */
export class MappingFileWrong extends UsageError {
  override name = 'MappingFileWrong';
  constructor(readonly problems: readonly string[]) {
    super(problems.map(visible).join('\n'), 'JSON Schema of the file: schema/mapping-file.v1.json in the package.');
  }
}

/**
 * The mappings of a file's text, `{mappings: […]}` or a single mapping. `name`: for the messages. Throws
 * `MappingFileWrong`.
 */
export function parseMappingFile(text: string, name: string, now: Date): MappingSettings[] {
  const { data: whole, lineOf } = readFile(text, name);
  const at = (path: readonly (string | number)[]): string => `${name}:${lineOf(path)}`;
  const alone =
    typeof whole === 'object' && whole !== null && !Array.isArray(whole) && !Object.hasOwn(whole, 'mappings');
  const list: unknown = alone ? [whole] : (whole as { mappings?: unknown } | null)?.mappings;
  const extra =
    alone || typeof whole !== 'object' || whole === null
      ? []
      : Object.keys(whole).filter((key) => key !== 'mappings' && key !== '$schema');
  const foreign = alone ? foreignFile(whole as object) : undefined;
  if (foreign !== undefined)
    throw new MappingFileWrong([
      `${name}:1: this is ${foreign}; a mapping file contains “mappings”, a list of mappings with function, cluster, topic and startingPosition`,
    ]);
  if (!Array.isArray(list) || Array.isArray(whole))
    throw new MappingFileWrong([`${name}:1: the file must contain “mappings”, a list of mappings`]);
  const problems = extra.map((key) => `${at([key])}: unknown key ${key}: the file contains only “mappings”`);
  const mappings = list.map((entry, index) => {
    const path = alone ? [] : ['mappings', index];
    const name = alone ? '' : `mappings[${index}]`;
    const say = (setting: string, message: string) =>
      problems.push(`${at([...path, ...setting.split('.')])}: ${message}`);
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      say('', `${name} must be a mapping with function, cluster, topic, startingPosition and optional settings`);
      return entry as MappingSettings;
    }
    const settings = withInstant(entry as Record<string, unknown>);
    const nameOf = (setting: string) => `${name}${name === '' ? '' : '.'}${setting.replace(/\.(\d+)/g, '[$1]')}`;
    for (const { setting, message } of validateSettings(settings as Partial<MappingSettings>, { now, nameOf }))
      say(setting, message);
    return settings as unknown as MappingSettings;
  });
  if (problems.length === 0) {
    for (const [first, second] of twins(mappings, ({ cluster, function: name, topic }) =>
      JSON.stringify([cluster, name, topic]),
    ))
      problems.push(
        `${at(['mappings', second])}: mappings[${second}] has the same cluster, function and topic as mappings[${first}]`,
      );
    for (const [first, second] of twins(mappings, ({ consumerGroup }) => consumerGroup))
      problems.push(
        `${at(['mappings', second, 'consumerGroup'])}: mappings[${second}] has the same consumerGroup as mappings[${first}]; Lambda allows a consumer group in one mapping only`,
      );
  }
  if (problems.length > 0) throw new MappingFileWrong(problems);
  return mappings;
}

interface ReadFile {
  data: unknown;
  /** The line of the member at the path, or of its nearest parent where it is missing. */
  lineOf(path: readonly (string | number)[]): number;
}

/** JSON is YAML too, but the YAML parser takes a second for 5,000 mappings: for JSON it runs only to find a line. */
function readFile(text: string, name: string): ReadFile {
  const data = asJson(text);
  if (data === undefined) return readYaml(text, name);
  let read: ReadFile | undefined;
  return { data, lineOf: (path) => (read ??= readYaml(text, name)).lineOf(path) };
}

function readYaml(text: string, name: string): ReadFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0)
    throw new MappingFileWrong(
      document.errors.map((error) => `${name}:${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]!}`),
    );
  return { data: toData(document, name), lineOf: (path) => lines.linePos(offsetOf(document, path)).line };
}

function toData(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    throw new MappingFileWrong([`${name}:1: ${(error as Error).message.split('\n')[0]!}`]);
  }
}

/**
 * The data of JSON that is written as `JSON.stringify` writes it, white space aside; otherwise undefined. Such a text
 * has no repeated key, and no number or escape that YAML may read as something else.
 */
function asJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const data: unknown = JSON.parse(text);
    return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1') === JSON.stringify(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** A number, or a text that is not an ISO instant, is parsed as on the command line. */
function withInstant(settings: Record<string, unknown>): Record<string, unknown> {
  const timestamp = settings['startingPositionTimestamp'];
  return typeof timestamp === 'number' || typeof timestamp === 'string'
    ? { ...settings, startingPositionTimestamp: instantOf(String(timestamp)) }
    : settings;
}

/** The position of the path in the text, or of its nearest parent where it is missing. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (!isCollection(node)) break;
    const key = isMap(node)
      ? node.items.find(
          (pair) => String(isNode(pair.key) ? (pair.key as { value?: unknown }).value : pair.key) === String(step),
        )?.key
      : undefined;
    const next = node.get(typeof step === 'string' && /^\d+$/.test(step) && !isMap(node) ? Number(step) : step, true);
    if (next === undefined) break;
    node = next;
    const position = isNode(key) ? key.range?.[0] : isNode(node) ? node.range?.[0] : undefined;
    offset = position ?? offset;
  }
  return offset;
}

/** Duplicate keys. */
function twins(
  mappings: readonly MappingSettings[],
  keyOf: (mapping: MappingSettings) => string | undefined,
): [number, number][] {
  const first = new Map<string, number>();
  return mappings.flatMap((mapping, index): [number, number][] => {
    const key = keyOf(mapping);
    if (key === undefined) return [];
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    return earlier === undefined ? [] : [[earlier, index]];
  });
}

const order = Object.keys(settingsSchema.def.shape);

/** The text of a file with these mappings; `parseMappingFile` returns the same mappings from it. */
export function printMappingFile(mappings: readonly MappingSettings[]): string {
  const inOrder = mappings.map((settings) =>
    Object.fromEntries(Object.entries(settings).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b))),
  );
  // YAML 1.1 quotes what older parsers would read as a boolean or a date.
  return stringify({ mappings: inOrder }, { version: '1.1', lineWidth: 0 });
}
