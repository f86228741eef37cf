/** Terraform's functions. A function of unknown values gives a symbol, unless the result does not depend on them. */
import { basename, dirname } from 'node:path/posix';
import { collectionFunctions } from './functions-collections.js';
import { networkFunctions } from './functions-network.js';
import { textFunctions } from './functions-text.js';
import { parseTemplate } from './expression.js';
import type { Implementation } from './implementation.js';
import { within, type Scope } from './scope.js';
import { ExpressionError } from './tokens.js';
import type { Expression } from './tree.js';
import { canonical, Failure, isUnknown, isValueObject, textOfValue, toJson, type Value } from './values.js';

type Derived = (key: string) => Value;

/** The evaluation of arguments. */
interface Evaluation {
  evaluate(expression: Expression, scope: Scope): Value;
  /** Throws `Failure`. */
  value(expression: Expression, scope: Scope): Value;
}

const implementations: Readonly<Record<string, Implementation>> = {
  ...collectionFunctions,
  ...networkFunctions,
  ...textFunctions,
  jsonencode: ([input = null]) => JSON.stringify(toJson(input)),
  jsondecode: ([text = null]) => {
    if (isUnknown(text)) return undefined;
    try {
      return JSON.parse(textOfValue(text)) as Value;
    } catch {
      throw new Failure('not JSON');
    }
  },
  sensitive: ([input = null]) => input,
  nonsensitive: ([input = null]) => input,
  basename: ([path = null]) => basename(textOfValue(path)),
  dirname: ([path = null]) => dirname(textOfValue(path)),
  abspath: ([path = null]) => textOfValue(path),
  pathexpand: ([path = null]) => textOfValue(path),
};

/** Throws `Failure`. */
export function callFunction(
  { name: written, args: argumentExpressions, isExpanded }: Extract<Expression, { is: 'call' }>,
  scope: Scope,
  derived: Derived,
  evaluation: Evaluation,
): Value {
  const name = written.replace(/^core::/, '');
  if (name === 'try' || name === 'can') return attempt(name, argumentExpressions, scope, evaluation);
  const args = argumentExpressions.map((argument) => evaluation.value(argument, scope));
  if (isExpanded) {
    const last = args.pop();
    if (!Array.isArray(last)) return derived(`${name}(${canonical([...args, last ?? null])}…)`);
    args.push(...last);
  }
  const key = `${name}(${canonical(args)})`;
  if (name === 'file' || name === 'filebase64' || name === 'fileexists' || name === 'templatefile')
    return readingFunction(name, args, scope, evaluation) ?? derived(key);
  if (name === 'templatestring') return derived(key);
  const implementation = Object.hasOwn(implementations, name) ? implementations[name] : undefined;
  const result = implementation?.(args);
  return result === undefined ? derived(key) : result;
}

/** The first argument that has a value. */
function attempt(name: string, args: readonly Expression[], scope: Scope, { value }: Evaluation): Value {
  for (const argument of args)
    try {
      const result = value(argument, scope);
      return name === 'can' ? true : result;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  if (name === 'can') return false;
  throw new Failure('no argument has a value');
}

/** Templates within templates, at most. */
const deepestTemplates = 5;
let openTemplates = 0;

function readingFunction(
  name: string,
  [path = null, variables = null]: Value[],
  scope: Scope,
  { evaluate }: Evaluation,
): Value | undefined {
  if (typeof path !== 'string' || isUnknown(path)) return undefined;
  const text = scope.readFile(path);
  if (name === 'fileexists') return text === null ? undefined : true;
  if (text === null) return undefined;
  if (name === 'file') return text;
  if (name === 'filebase64') return Buffer.from(text).toString('base64');
  if (!isValueObject(variables) || openTemplates >= deepestTemplates) return undefined;
  openTemplates += 1;
  try {
    return evaluate(parseTemplate(text), within({ ...scope, lookup: () => undefined }, variables));
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  } finally {
    openTemplates -= 1;
  }
}
