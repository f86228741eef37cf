/** Files in Terraform's JSON syntax (`.tf.json`), as bodies of HCL (Terraform: JSON configuration syntax). */
import { readYaml } from '../cloudformation/read-yaml.js';
import type { PositionTree } from '../location.js';
import { isObject, type Json, type JsonObject } from '../resource.js';
import { SourceFile, type Attribute, type Block, type Body } from './body.js';
import { parseExpression, parseTemplate } from './expression.js';
import { ExpressionError } from './tokens.js';
import type { Expression } from './tree.js';

/** How many labels a block of the top level has. */
const labels: Record<string, number> = {
  resource: 2,
  data: 2,
  module: 1,
  variable: 1,
  output: 1,
  provider: 1,
  locals: 0,
  terraform: 0,
};
/** Nested blocks that are read as blocks; the others are read as lists of objects. */
const nested: Record<string, number> = { lifecycle: 0, dynamic: 1 };
/** Arguments that are expressions without `${…}`. */
const bare = new Set(['type', 'depends_on', 'ignore_changes', 'provider', 'providers']);

/** Throws `TemplateError`. */
export function parseJsonFile(path: string, text: string): Body {
  const file = new SourceFile(path, text);
  try {
    JSON.parse(text);
  } catch {
    readYaml(text, path);
    throw file.error('it is not JSON', 0);
  }
  const { data, positions } = readYaml(text, path);
  if (!isObject(data)) throw file.error('an object is expected', 0);
  // Variables may have any name.
  return new JsonReader(file).body(data, positions, path.endsWith('.tfvars.json') ? {} : labels, () => false);
}

class JsonReader {
  constructor(private readonly file: SourceFile) {}

  /** `isBare`: whether an argument of this body is written without `${…}`. */
  body(
    object: JsonObject,
    positions: PositionTree,
    blockTypes: Readonly<Record<string, number>>,
    isBare: (name: string) => boolean,
  ): Body {
    const attributes = new Map<string, Attribute>();
    const blocks: Block[] = [];
    for (const [name, value] of Object.entries(object)) {
      const at = positions.children.get(name) ?? positions;
      if (name === '//') continue;
      if (Object.hasOwn(blockTypes, name)) blocks.push(...this.blocks(name, [], blockTypes[name]!, value, at));
      else
        attributes.set(name, {
          expression: this.expression(value, at, isBare(name)),
          at: this.offset(at),
          file: this.file,
        });
    }
    return { attributes, blocks };
  }

  private blocks(
    type: string,
    names: readonly string[],
    missing: number,
    value: Json,
    positions: PositionTree,
  ): Block[] {
    if (Array.isArray(value))
      return value.flatMap((item, index) =>
        this.blocks(type, names, missing, item, positions.children.get(String(index)) ?? positions),
      );
    if (!isObject(value)) return [];
    if (missing > 0)
      return Object.entries(value).flatMap(([name, member]) =>
        name === '//'
          ? []
          : this.blocks(type, [...names, name], missing - 1, member, positions.children.get(name) ?? positions),
      );
    const inner = type === 'dynamic' ? { content: 0 } : type === 'locals' || type === 'variable' ? {} : nested;
    const isBare = (name: string) =>
      type !== 'locals' && type !== 'output' && bare.has(name) && !isArgument(type, name);
    return [
      {
        type,
        labels: [...names],
        body: this.body(value, positions, inner, isBare),
        at: this.offset(positions),
        file: this.file,
      },
    ];
  }

  private expression(value: Json, positions: PositionTree, isBare: boolean): Expression {
    const offset = this.offset(positions);
    if (typeof value === 'string') return { ...this.text(value, isBare), offset };
    if (Array.isArray(value))
      return {
        is: 'list',
        items: value.map((item, index) =>
          this.expression(item, positions.children.get(String(index)) ?? positions, isBare),
        ),
        offset,
      };
    if (!isObject(value)) return { is: 'literal', value, offset };
    return {
      is: 'object',
      entries: Object.entries(value).map(([name, member]) => ({
        key: { ...this.text(name, false), offset: this.offset(positions.children.get(name) ?? positions) },
        value: this.expression(member, positions.children.get(name) ?? positions, isBare),
      })),
      offset,
    };
  }

  private text(text: string, isBare: boolean): Expression {
    try {
      return isBare && !text.startsWith('${') ? parseExpression(text) : parseTemplate(text);
    } catch (error) {
      if (error instanceof ExpressionError) return { is: 'opaque', text };
      throw error;
    }
  }

  private offset({ line, column }: PositionTree): number {
    return this.file.offset(line, column);
  }
}

/** `type` and `provider` of a resource are arguments of its own. */
const isArgument = (blockType: string, name: string): boolean =>
  blockType !== 'variable' && (name === 'type' || name === 'providers');
