/** The intrinsic functions (CloudFormation template reference: intrinsic functions). What cannot be known is a symbol. */
import { hasSymbol, isSymbol, textSymbol } from '../../snapshot/symbols.js';
import { isObject, type Json } from '../resource.js';
import { subnetsOf } from './cidr.js';
import { noValue, type Resolved, type Resolver } from './resolver.js';

type Evaluate = (argument: Json, stack: Resolver) => Resolved;

/** Undefined for a name that is no intrinsic function, or one whose argument has another form. */
export function resolveFunction(name: string, argument: Json, stack: Resolver): Resolved | undefined {
  const evaluate = functions[name];
  return evaluate === undefined ? undefined : evaluate(argument, stack);
}

const list = (value: Json): Json[] => (Array.isArray(value) ? value : [value]);
const asText = (value: Json): string =>
  typeof value === 'string'
    ? value
    : value === null
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);

/** The same expression has the same symbol. */
function unknownResult(name: string, argument: Json, stack: Resolver): string {
  const resolved = JSON.stringify(stack.resolve(argument));
  return stack.unknown(`${name} ${resolved}`, `a value of ${name}`);
}

const functions: Record<string, Evaluate> = {
  Ref: (name, stack) =>
    typeof name === 'string'
      ? (stack.ref(name) ?? stack.unknown(`Ref ${name}`, `“${name}”, which the template does not define`))
      : unknownResult('Ref', name, stack),

  'Fn::GetAtt': (argument, stack) => {
    const [logicalId, ...attribute] =
      typeof argument === 'string' ? argument.split('.') : list(argument).map((part) => asText(stack.resolve(part)));
    const name = attribute.join('.');
    return (
      stack.attribute(logicalId ?? '', name) ??
      stack.unknown(`GetAtt ${logicalId}.${name}`, `${logicalId}.${name}, which the template does not define`)
    );
  },

  'Fn::Sub': (argument, stack) => {
    const [template, variables] = list(argument);
    const given = isObject(variables) ? variables : {};
    return asText(template ?? '').replaceAll(/\$\{(!?)([^}]*)\}/g, (_, literal: string, inner: string) => {
      const name = inner.trim();
      if (literal !== '') return `\${${inner}}`;
      if (Object.hasOwn(given, name)) return asText(stack.resolve(given[name]!));
      const value =
        name.includes('.') && !name.startsWith('AWS::')
          ? resolveFunction('Fn::GetAtt', name, stack)
          : resolveFunction('Ref', name, stack);
      return value === undefined || value === noValue ? '' : asText(value);
    });
  },

  'Fn::Join': (argument, stack) => {
    const [delimiter, items] = list(argument).map((part) => stack.resolve(part));
    if (!Array.isArray(items)) return unknownResult('Fn::Join', argument, stack);
    return items.map(asText).join(asText(delimiter ?? ''));
  },

  'Fn::Split': (argument, stack) => {
    const [delimiter, text] = list(argument).map((part) => stack.resolve(part));
    // A symbol for a parameter may contain the delimiter; a name or id of a resource does not.
    return typeof text !== 'string' || isSymbol(text) || delimiter === ''
      ? unknownResult('Fn::Split', argument, stack)
      : text.split(asText(delimiter ?? ''));
  },

  'Fn::Select': (argument, stack) => {
    const [index, items] = list(argument).map((part) => stack.resolve(part));
    const at = Number(asText(index ?? ''));
    return Array.isArray(items) && Number.isInteger(at) && items[at] !== undefined
      ? items[at]
      : unknownResult('Fn::Select', argument, stack);
  },

  'Fn::If': (argument, stack) => {
    const [condition, then, otherwise] = list(argument);
    const branch = (value: Json | undefined): Resolved =>
      value === undefined ? unknownResult('Fn::If', argument, stack) : stack.resolveOptional(value);
    const decided = typeof condition === 'string' ? stack.condition(condition) : stack.test(condition ?? null);
    if (decided !== 'unknown') return branch(decided === 'yes' ? then : otherwise);
    const first: Resolved = branch(then);
    const second: Resolved = branch(otherwise);
    const isSame =
      first === second || (first !== noValue && second !== noValue && JSON.stringify(first) === JSON.stringify(second));
    return isSame
      ? first
      : stack.unknown(
          `If ${JSON.stringify(argument)}`,
          `a value that the condition ${asText(condition ?? null)} decides`,
        );
  },

  'Fn::FindInMap': (argument, stack) => {
    const [map, first, second, options] = list(argument).map((part) => stack.resolve(part));
    const entry = stack.section('Mappings')[asText(map ?? '')];
    const inner = isObject(entry) ? entry[asText(first ?? '')] : undefined;
    const value = isObject(inner) ? inner[asText(second ?? '')] : undefined;
    if (value !== undefined) return stack.resolve(value);
    const isKnown = ![map, first, second].some((part) => hasSymbol(asText(part ?? '')));
    if (isKnown && isObject(options) && options['DefaultValue'] !== undefined) return options['DefaultValue'];
    return unknownResult('Fn::FindInMap', argument, stack);
  },

  'Fn::ImportValue': (argument, stack) => {
    const name = asText(stack.resolve(argument));
    const value = stack.context.exported(name);
    if (value !== undefined) return value;
    // The same for all stacks that import it.
    const symbol = textSymbol(`export ${name}`);
    stack.context.note(symbol, `the export ${name}`);
    return symbol;
  },

  'Fn::GetAZs': (argument, stack) => {
    const named = asText(stack.resolve(argument));
    const region = named === '' ? stack.context.scope.region : named;
    return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
  },

  'Fn::Cidr': (argument, stack) => {
    const [block, count, bits] = list(argument).map((part) => stack.resolve(part));
    return subnetsOf(asText(block ?? ''), Number(count), Number(bits)) ?? unknownResult('Fn::Cidr', argument, stack);
  },

  'Fn::Base64': (argument, stack) => {
    const text = stack.resolve(argument);
    return typeof text === 'string' && !hasSymbol(text)
      ? Buffer.from(text).toString('base64')
      : unknownResult('Fn::Base64', argument, stack);
  },

  'Fn::Length': (argument, stack) => {
    const items = stack.resolve(argument);
    return Array.isArray(items) ? items.length : unknownResult('Fn::Length', argument, stack);
  },

  'Fn::ToJsonString': (argument, stack) => JSON.stringify(stack.resolve(argument)),

  'Fn::Transform': (argument, stack) => unknownResult('Fn::Transform', argument, stack),
};
