/** Where arguments of Terraform are written, also when they come from locals, variables and policy documents. */
import type { DocumentPath, Location } from '../location.js';
import type { Attribute, Body, SourceFile } from './body.js';
import { blocksOf } from './config.js';
import type { Scope } from './scope.js';
import type { ModuleView } from './module-view.js';
import type { Expression } from './tree.js';

interface Position {
  file: SourceFile;
  at: number;
}

/** `Properties`, `BatchSize` → `batch_size`. */
export const snakeCase = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])(?=[A-Z][a-z])/g, '$1_')
    .toLowerCase();

export function toLocation({ file, at }: Position, path: DocumentPath): Location {
  return { file: file.path, ...file.position(at), path: path.join('.') };
}

/** References that are followed, at most. */
const mostHops = 20;

/** The position of an argument, or of the nearest block around it. */
export function positionIn(
  body: Body,
  scope: Scope,
  module: ModuleView,
  path: DocumentPath,
  around: Position,
  hops = 0,
): Position {
  const [first, ...rest] = path;
  if (first === undefined) return around;
  const name = String(first);
  const attribute = body.attributes.get(name) ?? body.attributes.get(snakeCase(name));
  if (attribute !== undefined) return positionOfAttribute(attribute, module, rest, hops);
  const index = typeof rest[0] === 'number' ? rest[0] : 0;
  const placed = blocksOf(body, name, scope);
  const found = placed[index] ?? (name === snakeCase(name) ? undefined : blocksOf(body, snakeCase(name), scope)[index]);
  if (found === undefined) return around;
  const inner = typeof rest[0] === 'number' ? rest.slice(1) : rest;
  return positionIn(found.body, found.scope, module, inner, { file: found.block.file, at: found.block.at }, hops);
}

function positionOfAttribute(attribute: Attribute, module: ModuleView, path: DocumentPath, hops: number): Position {
  const around = { file: attribute.file, at: attribute.at };
  return positionInExpression(attribute.expression, attribute.file, module, path, around, hops);
}

/** `path`: within the value of the expression. */
function positionInExpression(
  expression: Expression,
  file: SourceFile,
  module: ModuleView,
  path: DocumentPath,
  around: Position,
  hops: number,
): Position {
  const [first, ...rest] = path;
  if (first === undefined || hops > mostHops) return around;
  switch (expression.is) {
    case 'object': {
      const entry = expression.entries.find(({ key }) => key.is === 'literal' && key.value === first);
      // A policy may have one statement without a list.
      if (entry === undefined)
        return first === 0 ? positionInExpression(expression, file, module, rest, around, hops) : around;
      return positionInExpression(entry.value, file, module, rest, placed(entry.key, file, around), hops);
    }
    case 'list': {
      const item = expression.items[Number(first)];
      return item === undefined
        ? around
        : positionInExpression(item, file, module, rest, placed(item, file, around), hops);
    }
    case 'call': {
      const [argument] = expression.args;
      return expression.name === 'jsonencode' && argument !== undefined
        ? positionInExpression(argument, file, module, path, around, hops)
        : around;
    }
    case 'attribute':
    case 'index':
      return followed(expression, module, path, around, hops + 1);
    default:
      return around;
  }
}

const placed = ({ offset }: Expression, file: SourceFile, around: Position): Position =>
  offset === undefined ? around : { file, at: offset };

function followed(
  expression: Expression,
  module: ModuleView,
  path: DocumentPath,
  around: Position,
  hops: number,
): Position {
  const names = namesOf(expression);
  const [root, second = '', third = '', fourth] = names;
  if (root === 'local') {
    const attribute = module.localAttribute(second);
    return attribute === undefined ? around : positionOfAttribute(attribute, module, path, hops);
  }
  if (root === 'var') {
    const argument = module.argument(second);
    return argument === null ? around : positionOfAttribute(argument.attribute, argument.module, path, hops);
  }
  if (root === 'data' && second === 'aws_iam_policy_document' && (fourth === 'json' || fourth === 'minified_json')) {
    const [document] = module.instances('data', second, third);
    if (document === undefined) return around;
    return positionIn(
      document.block.body,
      document.instance.scope,
      module,
      documentPath(path),
      { file: document.block.file, at: document.block.at },
      hops,
    );
  }
  return around;
}

/** A path in a policy as the arguments of the data source. */
function documentPath([statement, index = 0, member, ...rest]: DocumentPath): DocumentPath {
  if (statement !== 'Statement') return [];
  const argument = member === undefined ? undefined : arguments_[String(member)];
  return ['statement', index, ...(argument === undefined ? [] : [argument, ...rest])];
}

const arguments_: Record<string, string> = {
  Action: 'actions',
  NotAction: 'not_actions',
  Resource: 'resources',
  NotResource: 'not_resources',
  Effect: 'effect',
  Principal: 'principals',
  Condition: 'condition',
};

/** `data.x.y[0].json` → its names; empty for another expression. */
function namesOf(expression: Expression): string[] {
  switch (expression.is) {
    case 'variable':
      return [expression.name];
    case 'attribute':
      return [...namesOf(expression.of), expression.name];
    case 'index':
      return namesOf(expression.of);
    default:
      return [];
  }
}
