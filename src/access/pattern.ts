/** Patterns of policies: `*` and `?`, and the policy variables in them. */
import { hasSymbol } from '../snapshot/symbols.js';
import { contextValues, type Context } from './context.js';
import { mayBeEqual } from './may-match.js';
import { no, unknown, yes, type TriStateAnswer } from './tri-state.js';

const anyText = Symbol('*');
const anyCharacter = Symbol('?');
/** An unknown value: it may be any text. */
const someText = Symbol('${…}');
type Token = string | typeof anyText | typeof anyCharacter | typeof someText;

/** What a pattern needs besides its text. Older policy versions have no variables. */
export interface PatternRules {
  context: Context;
  variables: boolean;
  /** Off for operators that compare complete texts (StringEquals). */
  wildcards: boolean;
  /** The pattern is compared in lower case, including variables. */
  ignoreCase?: boolean;
}

interface Pattern {
  tokens: Token[];
  /** The tokens between colons: of the six fields of an ARN only the last may hold colons. Made when first asked for. */
  fields?: Token[][];
  /** Variables whose value is unknown. */
  unresolved: string[];
  /** Variables without a value in the request: such a pattern matches nothing. */
  absent: string[];
}

const variable = /\$\{([^}]*)\}/y;

const constants = new Map<string, Pattern>();
/** This many parsed patterns without variables are kept, because the same ones are compared repeatedly. */
const mostConstants = 10_000;

function readPattern(text: string, rules: PatternRules): Pattern {
  if (rules.variables && text.includes('${')) return readTokens(text, rules);
  const key = `${rules.wildcards ? '*' : '='}${rules.ignoreCase === true ? 'a' : 'A'}${text}`;
  const earlier = constants.get(key);
  if (earlier !== undefined) return earlier;
  if (constants.size >= mostConstants) constants.clear();
  const made = readTokens(text, { ...rules, variables: false });
  constants.set(key, made);
  return made;
}

function readTokens(text: string, rules: PatternRules): Pattern {
  const pattern: Pattern = { tokens: [], unresolved: [], absent: [] };
  for (let at = 0; at < text.length;) {
    variable.lastIndex = at;
    const placeholder = rules.variables ? variable.exec(text) : null;
    if (placeholder !== null) {
      addVariable(pattern, placeholder[1]!, rules);
      at = variable.lastIndex;
      continue;
    }
    const character = rules.ignoreCase === true ? text[at]!.toLowerCase() : text[at]!;
    pattern.tokens.push(
      rules.wildcards && character === '*' ? anyText : rules.wildcards && character === '?' ? anyCharacter : character,
    );
    at += 1;
  }
  return pattern;
}

/** `${key}`, `${key, 'default'}`, and the escapes `${*}`, `${?}`, `${$}`. */
function addVariable(pattern: Pattern, inner: string, { context, ignoreCase }: PatternRules): void {
  const push = (value: string) => void pattern.tokens.push(...(ignoreCase === true ? value.toLowerCase() : value));
  if (inner === '*' || inner === '?' || inner === '$') return void pattern.tokens.push(inner);
  const [, key = inner, fallback] = /^\s*([^,\s]+)\s*(?:,\s*'(.*)'\s*)?$/.exec(inner) ?? [];
  const values = contextValues(context, key);
  if (values === undefined) {
    pattern.unresolved.push(key);
    pattern.tokens.push(someText);
  } else if (values === null || values.length !== 1) {
    if (fallback === undefined) pattern.absent.push(key);
    else push(fallback);
  } else push(values[0]!);
}

const spans = (token: Token | undefined): boolean => token === anyText || token === someText;

/** At most the product of both lengths: the algorithm only backtracks to the last wildcard. */
function matchesTokens(tokens: readonly Token[], text: string | readonly Token[]): boolean {
  let [token, at, lastSpan, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    if (spans(tokens[token])) {
      lastSpan = token;
      resume = at;
      token += 1;
    } else if ((tokens[token] === anyCharacter && text[at] !== someText) || tokens[token] === text[at]) {
      token += 1;
      at += 1;
    } else if (lastSpan >= 0) {
      token = lastSpan + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  while (spans(tokens[token])) token += 1;
  return token === tokens.length;
}

const noMatch = no('it does not match');
const isPlain = (pattern: string, { variables, wildcards }: PatternRules): boolean =>
  !(variables && pattern.includes('${')) && !(wildcards && /[*?]/.test(pattern));

/** `pattern` must not have an absent variable; with one it would match nothing. */
const conclude = (pattern: Pattern, matches: boolean): TriStateAnswer => {
  if (!matches) return noMatch;
  return pattern.unresolved.length > 0 ? unknown(`the value of ${pattern.unresolved[0]} is unknown`) : yes();
};

/** The first variable without a value in the request: AWS says that it may invalidate the complete statement. */
export const absentVariable = (text: string, rules: PatternRules): string | undefined =>
  readPattern(text, rules).absent[0];

/** Whether the complete text matches the pattern. */
export function matchText(pattern: string, text: string, rules: PatternRules): TriStateAnswer {
  if (isPlain(pattern, rules))
    return (rules.ignoreCase === true ? pattern.toLowerCase() : pattern) === text
      ? yes()
      : mayMatch(pattern, text, rules);
  const read = readPattern(pattern, rules);
  if (read.absent.length > 0) return no(`the request has no ${read.absent[0]}`);
  return matchesTokens(read.tokens, text) ? conclude(read, true) : mayMatch(pattern, text, rules);
}

/** For texts that do not match as they are written: symbols in them stand for any text. */
function mayMatch(pattern: string, text: string, rules: PatternRules): TriStateAnswer {
  if (!hasSymbol(pattern) && !hasSymbol(text)) return noMatch;
  return mayBeEqual(pattern, text, rules) ? unknown('a part of it is known after deployment') : noMatch;
}

/**
 * Whether an ARN matches a pattern field by field. Only the last of the six fields may contain colons; a wildcard
 * spans slashes but, before that field, no colon. Missing fields are completed with `*` (IAM user guide: element
 * Resource).
 */
export function matchArn(pattern: string, arn: string, rules: PatternRules): TriStateAnswer {
  const read = readPattern(pattern, rules);
  if (read.absent.length > 0) return no(`the request has no ${read.absent[0]}`);
  const fields = (read.fields ??= tokenFields(read.tokens));
  const parts = arnFields(arn);
  const matches =
    fields.length <= parts.length &&
    parts.every((part, index) => index >= fields.length || matchesTokens(fields[index]!, part));
  return matches ? conclude(read, true) : mayMatch(pattern, arn, rules);
}

/**
 * Whether a statement's Resource covers a resource. A `*` at the end of a segment may span the following colons (IAM
 * user guide: element Resource); AWS does not document whether one inside a segment does.
 */
export function matchResource(pattern: string, resource: string, rules: PatternRules): TriStateAnswer {
  const flat = matchText(pattern, resource, rules);
  if (pattern === '*' || !resource.startsWith('arn:')) return flat;
  const byField = matchArn(pattern, resource, rules);
  if (flat.is === byField.is || byField.is === 'yes') return byField;
  if (flat.is === 'no' || !/\*[^*:]+:/.test(pattern)) return flat.is === 'no' ? byField : flat;
  return unknown(`${pattern} matches ${resource} only if a wildcard may match a colon`);
}

/**
 * The same for a partly unknown resource, in which `*` is any text. Yes if it is covered for every text, no if for
 * none, otherwise unknown.
 */
export function matchOpenResource(pattern: string, resource: string, rules: PatternRules): TriStateAnswer {
  const read = readPattern(pattern, rules);
  if (read.absent.length > 0) return no(`the request has no ${read.absent[0]}`);
  const asked: Token[] = [];
  for (const character of resource) asked.push(character === '*' ? someText : character);
  if (matchesTokens(read.tokens, asked)) return conclude(read, true);
  const [fields, parts] = [tokenFields(read.tokens), tokenFields(asked)];
  const common =
    fields.length <= parts.length &&
    parts.every((part, index) => index >= fields.length || overlap(fields[index]!, part));
  return common
    ? unknown(`a part of ${resource} is unknown, so ${pattern} may or may not match it`)
    : no('it does not match');
}

/** Whether a pattern and a partly unknown resource have a text in common; only the pattern has `?`. */
function overlap(pattern: readonly Token[], resource: readonly Token[]): boolean {
  let row = resource.reduce<boolean[]>((before, token) => [...before, before.at(-1)! && spans(token)], [true]);
  for (const token of pattern) {
    const next = [spans(token) && row[0]!];
    for (let at = 0; at < resource.length; at += 1) {
      const other = resource[at]!;
      const either = spans(token) || spans(other);
      const same = token === other || token === anyCharacter;
      next.push(either ? row[at]! || row[at + 1]! || next[at]! : same && row[at]!);
    }
    row = next;
  }
  return row.at(-1)!;
}

export const arnFields = (arn: string): string[] => {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
};

function tokenFields(tokens: readonly Token[]): Token[][] {
  const fields: Token[][] = [[]];
  for (const token of tokens)
    if (token === ':' && fields.length < 6) fields.push([]);
    else fields.at(-1)!.push(token);
  return fields;
}
