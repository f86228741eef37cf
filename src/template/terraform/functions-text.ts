/** Terraform's functions of text and numbers. */
import { createHash } from 'node:crypto';
import { beginOfSymbol, hasSymbol } from '../../snapshot/symbols.js';
import type { Implementation } from './implementation.js';
import {
  Failure,
  isPartlyUnknown,
  isUnknown,
  keepsSymbols,
  numberOfValue,
  textOfValue,
  toJson,
  type Value,
} from './values.js';

/** A function of texts that are known completely. */
const ofKnown =
  (work: (...texts: string[]) => Value): Implementation =>
  (args) =>
    args.some(isPartlyUnknown) ? undefined : work(...args.map(textOfValue));

const ofNumbers =
  (work: (...numbers: number[]) => number): Implementation =>
  (args) => {
    const numbers = args.flat();
    return numbers.some(isPartlyUnknown) ? undefined : work(...numbers.map(numberOfValue));
  };

/** `/…/` is a regular expression of RE2; what JavaScript cannot read is no pattern of ours. */
function patternOf(text: string, flags: string): RegExp {
  try {
    const [, modifiers = '', body = text] = /^\(\?([ims]+)\)([\s\S]*)$/.exec(text) ?? [];
    return new RegExp(body.replaceAll('(?P<', '(?<'), flags + modifiers);
  } catch {
    throw new Failure('not a pattern');
  }
}

/** A pattern over text with symbols: a result that cuts a symbol tells nothing. */
const matched = (text: string, results: readonly string[]): boolean => keepsSymbols(text, results);

function groupsOf(match: RegExpExecArray): Value {
  if (match.groups !== undefined)
    return Object.fromEntries(Object.entries(match.groups).map(([name, group]) => [name, group ?? null]));
  return match.length === 1 ? match[0] : match.slice(1).map((group) => group ?? null);
}

/** Without the line ends at the end. */
function withoutLineEnds(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1;
  return text.slice(0, end);
}

/** Longer texts are not matched against the patterns of a template. */
const longestMatched = 20_000;

function format(template: string, args: readonly Value[]): string | undefined {
  let next = 0;
  let isDecided = true;
  const text = template.replaceAll(
    /%(?:%|(?:\[(\d+)\])?([-+ 0#]*)([1-9]\d*)?(?:\.(\d+))?([a-zA-Z]))/g,
    (
      written,
      index: string | undefined,
      flags = '',
      width: string | undefined,
      precision: string | undefined,
      verb,
    ) => {
      if (written === '%%') return '%';
      if (index !== undefined) next = Number(index) - 1;
      const argument = args[next];
      next += 1;
      if (argument === undefined) throw new Failure('an argument is missing');
      const isPlain = flags === '' && width === undefined && precision === undefined;
      if (isPlain && (verb === 's' || verb === 'v'))
        return typeof argument === 'object' ? JSON.stringify(toJson(argument)) : textOfValue(argument);
      if (isPlain && verb === 'q' && typeof argument === 'string') return JSON.stringify(argument);
      if (verb === 'd' && !isPartlyUnknown(argument) && precision === undefined && /^0?$/.test(flags as string)) {
        const number = numberOfValue(argument);
        if (Number.isInteger(number) && number >= 0) return String(number).padStart(Number(width ?? 0), flags || ' ');
      }
      if (isPlain && verb === 'd' && isUnknown(argument)) return argument;
      isDecided = false;
      return '';
    },
  );
  return isDecided ? text : undefined;
}

export const textFunctions: Readonly<Record<string, Implementation>> = {
  format: ([template = null, ...args]) => (isPartlyUnknown(template) ? undefined : format(textOfValue(template), args)),
  formatlist: ([template = null, ...args]) => {
    if (isPartlyUnknown(template) || args.some(isUnknown)) return undefined;
    const lengths = args.filter(Array.isArray).map(({ length }) => length);
    const count = lengths[0] ?? 1;
    if (lengths.some((length) => length !== count)) throw new Failure('lists of different lengths');
    const texts = Array.from({ length: count }, (_, index) =>
      format(
        textOfValue(template),
        args.map((argument) => (Array.isArray(argument) ? argument[index]! : argument)),
      ),
    );
    return texts.some((text) => text === undefined) ? undefined : (texts as string[]);
  },
  join: ([separator = null, ...lists]) => {
    if (lists.some(isUnknown)) return undefined;
    return lists
      .flatMap((list) => (Array.isArray(list) ? list : [list]))
      .map(textOfValue)
      .join(textOfValue(separator));
  },
  split: ([separator = null, text = null]) => {
    if (isUnknown(text) || isPartlyUnknown(separator)) return undefined;
    const parts = textOfValue(text).split(textOfValue(separator));
    return matched(textOfValue(text), parts) ? parts : undefined;
  },
  replace: ([text = null, search = null, replacement = null]) => {
    if (isUnknown(text) || isPartlyUnknown(search)) return undefined;
    const [from, wanted, to] = [textOfValue(text), textOfValue(search), textOfValue(replacement)];
    const isPattern = wanted.length > 1 && wanted.startsWith('/') && wanted.endsWith('/');
    if (isPattern && from.length > longestMatched) return undefined;
    const result = isPattern
      ? from.replace(patternOf(wanted.slice(1, -1), 'g'), to.replaceAll(/\$\{(\w+)\}/g, '$$$1'))
      : from.replaceAll(wanted, () => to);
    return matched(from + to, [result]) ? result : undefined;
  },
  regex: ([pattern = null, text = null]) => {
    if (isUnknown(text) || isPartlyUnknown(pattern) || textOfValue(text).length > longestMatched) return undefined;
    const match = patternOf(textOfValue(pattern), '').exec(textOfValue(text));
    if (match === null) {
      if (hasSymbol(textOfValue(text))) return undefined;
      throw new Failure('no match');
    }
    const found = groupsOf(match);
    return matched(textOfValue(text), [...match].map(String)) ? found : undefined;
  },
  regexall: ([pattern = null, text = null]) => {
    if (isPartlyUnknown(text) || isPartlyUnknown(pattern) || textOfValue(text).length > longestMatched)
      return undefined;
    return [...textOfValue(text).matchAll(patternOf(textOfValue(pattern), 'g'))].map((match) =>
      groupsOf(match as unknown as RegExpExecArray),
    );
  },
  startswith: ([text = null, start = null]) => {
    const [whole, part] = [textOfValue(text), textOfValue(start)];
    if (hasSymbol(part)) return undefined;
    const known = whole.slice(0, beginOfSymbol(whole));
    if (!hasSymbol(whole) || known.length >= part.length) return whole.startsWith(part);
    return part.startsWith(known) ? undefined : false;
  },
  endswith: ([text = null, end = null]) =>
    isPartlyUnknown([text, end]) ? undefined : textOfValue(text).endsWith(textOfValue(end)),
  strcontains: ([text = null, part = null]) => {
    if (isPartlyUnknown(part)) return undefined;
    return textOfValue(text).includes(textOfValue(part)) || (isPartlyUnknown(text) ? undefined : false);
  },
  lower: ofKnown((text) => text.toLowerCase()),
  upper: ofKnown((text) => text.toUpperCase()),
  title: ofKnown((text) => text.replaceAll(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase())),
  trimspace: ofKnown((text) => text.trim()),
  trim: ofKnown((text, cut = '') => trimEnd(trimStart(text, cut), cut)),
  trimprefix: ([text = null, prefix = null]) => {
    const [whole, part] = [textOfValue(text), textOfValue(prefix)];
    if (whole.startsWith(part) && !hasSymbol(part)) return whole.slice(part.length);
    return isPartlyUnknown([text, prefix]) ? undefined : whole;
  },
  trimsuffix: ([text = null, suffix = null]) => {
    const [whole, part] = [textOfValue(text), textOfValue(suffix)];
    const rest = whole.slice(0, whole.length - part.length);
    if (whole.endsWith(part) && !hasSymbol(part) && keepsSymbols(whole, [rest])) return rest;
    return isPartlyUnknown([text, suffix]) ? undefined : whole;
  },
  chomp: ofKnown(withoutLineEnds),
  indent: ([spaces = null, text = null]) =>
    isPartlyUnknown(spaces)
      ? undefined
      : textOfValue(text).replaceAll('\n', `\n${' '.repeat(Math.min(Math.max(numberOfValue(spaces), 0), 200))}`),
  substr: ([text = null, start = null, length = null]) => {
    if (isPartlyUnknown([text, start, length])) return undefined;
    const characters = [...textOfValue(text)];
    const from = numberOfValue(start) < 0 ? characters.length + numberOfValue(start) : numberOfValue(start);
    const count = numberOfValue(length);
    return characters.slice(from, count < 0 ? undefined : from + count).join('');
  },
  strrev: ofKnown((text) => [...text].toReversed().join('')),
  base64encode: ofKnown((text) => Buffer.from(text).toString('base64')),
  base64decode: ofKnown((text) => Buffer.from(text, 'base64').toString('utf8')),
  urlencode: ofKnown((text) => encodeURIComponent(text).replaceAll('%20', '+')),
  md5: ofKnown((text) => createHash('md5').update(text).digest('hex')),
  sha1: ofKnown((text) => createHash('sha1').update(text).digest('hex')),
  sha256: ofKnown((text) => createHash('sha256').update(text).digest('hex')),
  min: ofNumbers(Math.min),
  max: ofNumbers(Math.max),
  abs: ofNumbers(Math.abs),
  ceil: ofNumbers(Math.ceil),
  floor: ofNumbers(Math.floor),
  pow: ofNumbers((base, exponent = 1) => base ** exponent),
  signum: ofNumbers(Math.sign),
  parseint: ([text = null, base = null]) => {
    if (isPartlyUnknown([text, base])) return undefined;
    const number = Number.parseInt(textOfValue(text), numberOfValue(base));
    if (Number.isNaN(number)) throw new Failure('not a number');
    return number;
  },
};

function trimStart(text: string, cut: string): string {
  let from = 0;
  while (from < text.length && cut.includes(text[from]!)) from += 1;
  return text.slice(from);
}
function trimEnd(text: string, cut: string): string {
  let to = text.length;
  while (to > 0 && cut.includes(text[to - 1]!)) to -= 1;
  return text.slice(0, to);
}
