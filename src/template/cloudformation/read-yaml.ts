/** Reads the YAML or JSON of a CloudFormation template, with the position of every value. */
import yaml from 'js-yaml';
import type { PositionTree } from '../location.js';
import { TemplateError, type DuplicateKey, type Json } from '../resource.js';

export interface ReadDocument {
  /** Of a key that is written twice, the last value. */
  data: Json;
  positions: PositionTree;
  duplicates: DuplicateKey[];
}

/** The short forms of the intrinsic functions (CloudFormation template reference: intrinsic functions). */
const functions =
  'And Base64 Cidr Equals FindInMap GetAtt GetAZs If ImportValue Join Length Not Or Select Split Sub ToJsonString Transform'.split(
    ' ',
  );

const kinds = ['scalar', 'sequence', 'mapping'] as const;
const tag = (name: string, key: string, construct = (value: unknown): unknown => value) =>
  kinds.map(
    (kind) => new yaml.Type(`!${name}`, { kind, construct: (value: unknown) => ({ [key]: construct(value) }) }),
  );

const schema = yaml.CORE_SCHEMA.extend([
  ...functions.filter((name) => name !== 'GetAtt').flatMap((name) => tag(name, `Fn::${name}`)),
  ...tag('GetAtt', 'Fn::GetAtt', (value) => (typeof value === 'string' ? splitOnce(value) : value)),
  ...tag('Ref', 'Ref'),
  ...tag('Condition', 'Condition'),
]);

/** `Role.Arn`; the logical id has no dot, the attribute may (`Nested.Outputs.Name`). */
const splitOnce = (text: string): string[] => {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
};

/** No template needs more; a few lines of aliases can stand for billions of values. */
const mostValues = 500_000;
const deepest = 100;

/** Throws `TemplateError` with line and column for text that is not YAML, and for aliases that explode. */
export function readYaml(text: string, file: string): ReadDocument {
  const lines = lineStarts(text);
  const at = (line: number, column: number) => ({ file, line, column, path: '' });
  const nodes = nodeListener();
  let data: unknown;
  try {
    // A duplicate key is a finding, not the end: `json` makes js-yaml accept it.
    data = yaml.load(text.startsWith('{') || text.startsWith('[') ? text.replaceAll('\t', ' ') : text, {
      schema,
      json: true,
      filename: file,
      listener: nodes.listener,
    } as yaml.LoadOptions);
  } catch (error) {
    // Nesting without end overflows the parser's stack.
    if (error instanceof RangeError) throw new TemplateError('its values are nested too deeply', at(1, 1));
    if (!(error instanceof yaml.YAMLException)) throw error;
    throw new TemplateError(
      error.reason.includes('maxDepth') ? `its values are nested more than ${deepest} levels deep` : error.reason,
      at((error.mark?.line ?? 0) + 1, (error.mark?.column ?? 0) + 1),
    );
  }
  const root = nodes.root();
  const duplicates: DuplicateKey[] = [];
  const positions =
    root === null
      ? { line: 1, column: 1, children: new Map() }
      : treeOf(root, null, text, lines, ({ key, first, second }) =>
          duplicates.push({
            key,
            first: { ...at(first.line, first.column), path: key },
            second: { ...at(second.line, second.column), path: key },
          }),
        );
  assertSize(data, (message) => new TemplateError(message, at(1, 1)));
  return { data: (data ?? null) as Json, positions, duplicates };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return starts;
}

interface OpenNode {
  start: number;
  children: { node: OpenNode; value: unknown }[];
  kind: string | null;
}

interface Duplicate {
  key: string;
  first: Position;
  second: Position;
}

type Position = Pick<PositionTree, 'line' | 'column'>;

/** js-yaml calls the listener at the start and end of every value, the keys of a mapping included. */
function nodeListener(): { listener: Listener; root(): OpenNode | null } {
  const stack: OpenNode[] = [];
  let root: OpenNode | null = null;
  return {
    root: () => root,
    listener(event, state) {
      if (event === 'open') {
        stack.push({ start: state.position, children: [], kind: null });
        return;
      }
      const node = stack.pop()!;
      node.kind = state.kind;
      const parent = stack.at(-1);
      if (parent === undefined) root = node;
      else parent.children.push({ node, value: state.result });
    },
  };
}

type Listener = (
  this: void,
  event: 'open' | 'close',
  state: { position: number; kind: string | null; result: unknown },
) => void;

/**
 * js-yaml reads a flow collection that begins a line as if it were a key, and then keeps it: the value is reported twice,
 * the inner one with its parts.
 */
function readAgain(node: OpenNode): OpenNode {
  const [first] = node.children;
  const isAgain =
    node.children.length === 1 &&
    (node.kind === 'mapping' ||
      (node.kind === 'sequence' && first?.node.kind === 'sequence' && first.node.start === node.start));
  return isAgain ? readAgain(first!.node) : node;
}

function treeOf(
  outer: OpenNode,
  key: OpenNode | null,
  text: string,
  lines: readonly number[],
  note: (duplicate: Duplicate) => void,
): PositionTree {
  const node = readAgain(outer);
  const children = new Map<string, PositionTree>();
  if (node.kind === 'mapping')
    for (let index = 0; index + 1 < node.children.length; index += 2) {
      const [name, value] = [node.children[index]!, node.children[index + 1]!];
      const child = treeOf(value.node, name.node, text, lines, note);
      const label = String(name.value);
      const first = children.get(label);
      if (first !== undefined && label !== '<<') note({ key: label, first, second: child });
      children.set(label, child);
    }
  else if (node.kind === 'sequence')
    for (const [index, { node: item }] of node.children.entries())
      children.set(String(index), treeOf(item, null, text, lines, note));
  return { ...positionOf((key ?? node).start, text, lines), children };
}

/** js-yaml reports a start before the blanks, line ends and comments that precede the value. */
function positionOf(start: number, text: string, lines: readonly number[]): Position {
  const blank = /(?:[ \t\r\n]|#[^\n]*(?:\n|$)|- (?=\S))*/y;
  blank.lastIndex = start;
  const index = Math.min(start + (blank.exec(text)?.[0].length ?? 0), text.length);
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]! <= index) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: index - lines[low]! + 1 };
}

/** Counts the values as the resolver will visit them: one that aliases share counts each time. */
function assertSize(data: unknown, fault: (message: string) => Error): void {
  let count = 0;
  const visit = (value: unknown, depth: number): void => {
    if (++count > mostValues) throw fault('it has too many values (aliases count each time)');
    if (depth > deepest) throw fault(`its values are nested more than ${deepest} levels deep`);
    if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  visit(data, 0);
}
