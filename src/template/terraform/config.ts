/** The arguments of a resource as data: attributes, and nested blocks as lists of objects, dynamic ones written out. */
import { evaluate, value } from './evaluate.js';
import { unknownValue, within, type Scope } from './scope.js';
import type { Block, Body } from './body.js';
import { Members } from './instances.js';
import { Failure, isUnknown, toJson, type Value, entriesOf } from './values.js';
import type { JsonObject } from '../resource.js';

/** A nested block with the variables of the dynamic block around it. */
export interface PlacedBlock {
  block: Block;
  body: Body;
  scope: Scope;
}

const metaArguments = new Set(['count', 'for_each', 'provider', 'depends_on', 'lifecycle', 'provisioner', 'timeouts']);
/** Blocks within blocks, at most. */
const deepest = 20;

/** The nested blocks of one type. */
export function blocksOf(body: Body, type: string, scope: Scope): PlacedBlock[] {
  return body.blocks.flatMap((block): PlacedBlock[] => {
    if (block.type === type) return [{ block, body: block.body, scope }];
    return block.type === 'dynamic' && block.labels[0] === type ? expanded(block, type, scope) : [];
  });
}

function expanded(block: Block, type: string, scope: Scope): PlacedBlock[] {
  const content = block.body.blocks.find((inner) => inner.type === 'content');
  const forEach = block.body.attributes.get('for_each');
  if (content === undefined || forEach === undefined) return [];
  const named = block.body.attributes.get('iterator')?.expression;
  const iterator = named?.is === 'variable' ? named.name : type;
  const where = `${block.file.path}:${block.at}`;
  const part = (name: string) => unknownValue(scope, `${where} ${name}`, `${iterator}.${name}`);
  const entries = collectionOf(block, scope) ?? [[part('key'), part('value')]];
  return entries.map(([key, item]) => ({
    block,
    body: content.body,
    scope: within(scope, { [iterator]: new Members(where, { key, value: item }) }),
  }));
}

/** Null where the number of blocks is not known. */
function collectionOf(block: Block, scope: Scope): [Value, Value][] | null {
  try {
    const collection = value(block.body.attributes.get('for_each')!.expression, scope);
    if (collection === null || isUnknown(collection)) return null;
    // In a set, keys are the values.
    return Array.isArray(collection)
      ? collection.map((item, index) => [typeof item === 'string' ? item : index, item])
      : entriesOf(collection);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** Every argument of a body that is not null. */
export function configOf(body: Body, scope: Scope, depth = 0): JsonObject {
  const config: JsonObject = {};
  if (depth > deepest) return config;
  for (const [name, { expression }] of body.attributes) {
    if (depth === 0 && metaArguments.has(name)) continue;
    const argument = toJson(evaluate(expression, scope));
    if (argument !== null) config[name] = argument;
  }
  const types = new Set(body.blocks.map((block) => (block.type === 'dynamic' ? (block.labels[0] ?? '') : block.type)));
  for (const type of types)
    if (depth > 0 || !metaArguments.has(type))
      config[type] = blocksOf(body, type, scope).map((placed) => configOf(placed.body, placed.scope, depth + 1));
  return config;
}
