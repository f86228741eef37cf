/** HCL templates as trees: text with `${…}` and `%{…}` (HCL specification: template expressions). */
import { endOfInterpolation, ExpressionError, isOpening } from './tokens.js';
import type { Expression } from './tree.js';

/** Parses an expression of a template; `base`: where it begins in its file. */
export type ParseExpression = (text: string, base?: number) => Expression;

export interface TemplateOptions {
  /** Whether the text has escapes, as in quotes. */
  isQuoted?: boolean;
  /** Where the text begins in its file. */
  base?: number;
}

type Part = { literal: string } | { value: Expression } | { directive: string };

/** The tree of a template. A template of one interpolation only is its value, of any type. Throws `ExpressionError`. */
export function templateTree(text: string, options: TemplateOptions, parse: ParseExpression): Expression {
  const parts = partsOf(text, options, parse);
  const reader = { parts, at: 0, parse };
  const tree = sequence(reader);
  if (reader.at < parts.length) throw new ExpressionError('a template directive has no beginning', options.base ?? 0);
  return tree;
}

function partsOf(text: string, { isQuoted = false, base }: TemplateOptions, parse: ParseExpression): Part[] {
  const parts: Part[] = [];
  let literal = '';
  let trimsNext = false;
  const push = (trims: boolean) => {
    let piece = isQuoted ? unescape(literal) : literal;
    if (trimsNext) piece = piece.replace(/^\s+/, '');
    if (trims) piece = piece.trimEnd();
    if (piece !== '') parts.push({ literal: piece });
    literal = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    if (text.startsWith('$${', at) || text.startsWith('%%{', at)) {
      literal += text.slice(at + 1, at + 3);
      at += 2;
    } else if (isOpening(text, at)) {
      const end = endOfInterpolation(text, at + 2, base);
      const inner = text.slice(at + 2, end);
      push(inner.startsWith('~'));
      trimsNext = inner.endsWith('~');
      const code = inner.replace(/^~/, ' ').replace(/~$/, '');
      parts.push(
        text[at] === '%'
          ? { directive: code.trim() }
          : { value: parse(code, base === undefined ? undefined : base + at + 2) },
      );
      at = end;
    } else literal += text[at];
  }
  push(false);
  return parts;
}

interface Reader {
  parts: readonly Part[];
  at: number;
  parse: ParseExpression;
}

/** Parts up to `else`, `endif` or `endfor`, which stay unread. */
function sequence(reader: Reader): Expression {
  const items: Expression[] = [];
  for (;;) {
    const part = reader.parts[reader.at];
    if (part === undefined || ('directive' in part && /^(?:else|endif|endfor)\b/.test(part.directive))) break;
    reader.at += 1;
    if ('literal' in part) items.push({ is: 'literal', value: part.literal });
    else if ('value' in part) items.push(part.value);
    else items.push(directive(part.directive, reader));
  }
  if (items.length === 0) return { is: 'literal', value: '' };
  return items.length === 1 ? items[0]! : { is: 'template', parts: items };
}

function directive(code: string, reader: Reader): Expression {
  const take = (word: string): boolean => {
    const part = reader.parts[reader.at];
    if (part === undefined || !('directive' in part) || part.directive !== word) return false;
    reader.at += 1;
    return true;
  };
  const need = (word: string) => {
    if (!take(word)) throw new ExpressionError(`“%{ ${word} }” is missing`, 0);
  };
  const [, condition] = /^if\b([\s\S]*)$/.exec(code) ?? [];
  if (condition !== undefined) {
    const test = reader.parse(condition);
    const consequent = sequence(reader);
    const otherwise: Expression = take('else') ? sequence(reader) : { is: 'literal', value: '' };
    need('endif');
    return { is: 'condition', test, consequent, otherwise };
  }
  const [, names, collection] = /^for\s+([\w-]+(?:\s*,\s*[\w-]+)?)\s+in\b([\s\S]*)$/.exec(code) ?? [];
  if (names === undefined) throw new ExpressionError('an unknown template directive', 0);
  const of = reader.parse(collection!);
  const body = sequence(reader);
  need('endfor');
  return { is: 'repeat', names: names.split(',').map((name) => name.trim()), of, body };
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
const unescape = (text: string): string =>
  text.replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/g, (_, code: string) =>
    code.length > 1 ? codePoint(Number.parseInt(code.slice(1), 16)) : (escapes[code] ?? code),
  );
const codePoint = (code: number): string => (code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\uFFFD');
