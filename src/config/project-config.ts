/** The configuration file of a project, `.msk-lambda.yaml`: from text to checked values. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair } from 'yaml';
import { UsageError } from '../errors.js';
import { fitsPattern } from '../text/glob.js';
import { nearNames } from '../text/similar-names.js';
import { fitsCheckPattern } from './check-pattern.js';
import { isDay, type ProjectSuppression } from './suppression.js';

export interface ProjectConfig {
  /** The path of the file, as it is named in messages. */
  file: string;
  /** Mappings, functions or clusters that `doctor` and `network` diagnose where none is named. */
  targets: string[];
  /** Patterns of checks to run, as in `--check`, and to leave out, as in `--skip`. */
  checks: string[];
  skip: string[];
  suppress: ProjectSuppression[];
  /** The format of the result, as in `--output`; null for the usual one. */
  output: string | null;
  /** Files to write, by format; relative to the folder of the configuration file. */
  report: Record<string, string>;
}

/** What the file can name: formats of reports, and ids of checks. */
interface KnownNames {
  formats: readonly string[];
  checks: readonly string[];
}

/** Throws `UsageError` with file and line for what is no valid configuration. */
export function parseProjectConfig(text: string, file: string, { formats, checks }: KnownNames): ProjectConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: true, merge: false });
  const lineOf = (node: unknown): number => lines.linePos((node as Node | undefined)?.range?.[0] ?? 0).line || 1;
  const refuse = (line: number, sentence: string, hint?: string): never => {
    throw new UsageError(`${file}:${line}: ${sentence}`, hint);
  };
  const [error] = document.errors;
  if (error !== undefined) return refuse(error.linePos?.[0].line ?? 1, error.message.split('\n', 1)[0]!, quotes);

  /** The members of a mapping; another type and an unknown key are refused. */
  function members(node: unknown, known: readonly string[], name: string): Map<string, Node | null> {
    if (!isMap(node)) return refuse(lineOf(node), `${name} must be a mapping with the keys ${known.join(', ')}`);
    return new Map(
      (node.items as Pair<Node, Node | null>[]).map(({ key, value }) => {
        const word = isScalar(key) ? String(key.value) : '?';
        if (known.includes(word)) return [word, value];
        const near = nearNames(word, known);
        const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Known keys: ${known.join(', ')}.`;
        return refuse(lineOf(key), `${name} has an unknown key “${word}”`, hint);
      }),
    );
  }
  function textOf(node: unknown, name: string): string {
    if (isScalar(node) && typeof node.value === 'string' && node.value.trim() !== '') return node.value;
    return refuse(lineOf(node), `${name} must be a text`, quotes);
  }
  const items = (node: unknown, name: string): unknown[] => {
    if (isSeq(node)) return node.items;
    return refuse(lineOf(node), `${name} must be a list`);
  };
  const texts = (node: unknown, name: string): string[] =>
    isNothing(node) ? [] : items(node, name).map((item) => textOf(item, `an entry of ${name}`));

  /** Patterns that match at least one check: a misspelt one would do nothing without notice. */
  const patterns = (node: unknown, name: string): string[] =>
    isNothing(node) ? [] : items(node, name).map((item) => patternOf(item, `an entry of ${name}`, fitsCheckPattern));
  function patternOf(node: unknown, name: string, fits: (pattern: string, id: string) => boolean): string {
    const pattern = textOf(node, name);
    if (checks.some((id) => fits(pattern, id))) return pattern;
    const groups = checks.map((id) => `${id.split('.', 1)[0]!}.*`);
    const near = groups.includes(`${pattern}.*`)
      ? [`${pattern}.*`]
      : nearNames(pattern, [...new Set([...checks, ...groups])]);
    const hint =
      near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'See every id with `msk-lambda explain --list`.';
    return refuse(lineOf(node), `${name}: no check matches “${pattern}”`, hint);
  }
  function formatOf(node: unknown): string {
    const format = textOf(node, 'output');
    return formats.includes(format)
      ? format
      : refuse(lineOf(node), `output has an unknown format “${format}”`, `Formats: ${formats.join(', ')}.`);
  }

  function suppression(node: unknown): ProjectSuppression {
    const found = members(node, ['check', 'resource', 'reason', 'until', 'command'], 'an entry of suppress');
    const member = (name: string) =>
      found.has(name)
        ? textOf(found.get(name), `${name} of a suppression`)
        : refuse(lineOf(node), `a suppression has no ${name}`, 'Each needs check, resource, reason and until.');
    const until = member('until');
    if (!isDay(until)) return refuse(lineOf(found.get('until')), `until must be a day as YYYY-MM-DD, not “${until}”`);
    const command = found.has('command') ? member('command') : null;
    if (command !== null && command !== 'doctor' && command !== 'lint')
      return refuse(lineOf(found.get('command')), 'command of a suppression must be doctor or lint');
    const [resource, reason] = [member('resource'), member('reason')];
    member('check');
    const check = patternOf(found.get('check'), 'check of a suppression', fitsPattern);
    return { check, resource, reason, until, command, line: lineOf(node) };
  }

  if (document.contents === null)
    return { file, targets: [], checks: [], skip: [], suppress: [], output: null, report: {} };
  const keys = ['targets', 'checks', 'skip', 'suppress', 'output', 'report'];
  const root = members(document.contents, keys, 'the configuration');
  const report = isNothing(root.get('report'))
    ? new Map<string, Node | null>()
    : members(root.get('report'), formats, 'report');
  return {
    file,
    targets: texts(root.get('targets'), 'targets'),
    checks: patterns(root.get('checks'), 'checks'),
    skip: patterns(root.get('skip'), 'skip'),
    suppress: isNothing(root.get('suppress')) ? [] : items(root.get('suppress'), 'suppress').map(suppression),
    output: isNothing(root.get('output')) ? null : formatOf(root.get('output')),
    report: Object.fromEntries([...report].map(([format, node]) => [format, textOf(node, `the file of ${format}`)])),
  };
}

/** A key without a value. */
const isNothing = (node: unknown): boolean => node == null || (isScalar(node) && node.value === null);

const quotes = 'A text that begins with * or contains a colon and a space must be in quotes.';
