/**
 * Decides which Kafka records Lambda sends to the function. The rules are those of the Lambda developer guide (Filtering
 * events from Amazon MSK and self-managed Apache Kafka): patterns are joined by OR; `value` is compared as JSON or as
 * plain text, whichever it is; where its format is not that of the pattern, Lambda ignores the part about `value` and
 * the rest of the pattern decides.
 */
import { isUtf8 } from 'node:buffer';
import { parseExactly } from '../text/exact-json.js';
import { compileLeaf, compileRule, isAlternatives } from './compile-rule.js';

/** A record as Lambda’s pollers read it. */
export interface FilterableRecord {
  /** Null for a tombstone. */
  value: Uint8Array | null;
  key?: Uint8Array | null;
  topic?: string;
  partition?: number;
  offset?: number;
  timestamp?: number;
  timestampType?: string;
}

/**
 * Why a record is sent or filtered out. `format`: it is sent because its format is not that of the pattern, so that
 * Lambda ignores the pattern’s rules for the content. `pattern`: the index of the pattern that matches.
 */
export type FilterVerdict =
  | { sent: true; because: 'no-filter' }
  | { sent: true; because: 'match' | 'format'; pattern: number }
  | { sent: false; because: 'no-match' };

/** The compiled filter of a mapping. */
export interface RecordFilter {
  judge(record: FilterableRecord): FilterVerdict;
  /** Whether Lambda sends the record to the function: `judge` without the reason. */
  sends(record: FilterableRecord): boolean;
}

/** Compiles the patterns of a mapping, which `filterFaults` finds to be valid. No pattern: every record is sent. */
export function compileFilter(patterns: readonly string[]): RecordFilter {
  if (patterns.length === 0) return { judge: () => ({ sent: true, because: 'no-filter' }), sends: () => true };
  const compiled = patterns.map(compilePattern);
  const needsNumberText = compiled.some((pattern) => pattern.needsNumberText);
  const judge = (record: FilterableRecord): FilterVerdict => {
    const content: Contents = {
      value: contentOf(record.value, needsNumberText),
      // Decoded only by patterns that ask for it.
      key: undefined,
    };
    let ignored = -1;
    for (const [index, { matches }] of compiled.entries()) {
      const verdict = matches(record, content);
      if (verdict === 'match') return { sent: true, because: 'match', pattern: index };
      if (verdict === 'format' && ignored === -1) ignored = index;
    }
    return ignored === -1 ? { sent: false, because: 'no-match' } : { sent: true, because: 'format', pattern: ignored };
  };
  return { judge, sends: (record) => judge(record).sent };
}

/** The content of a value or key. `other`: neither JSON nor UTF-8 text, or a tombstone. */
export type Content = { format: 'json'; document: unknown } | { format: 'plain'; text: string } | { format: 'other' };

interface Contents {
  value: Content;
  key: Content | undefined;
}

const other: Content = { format: 'other' };

/** A number that `JSON.parse` may not keep as it is written: with an exponent, a final zero or many digits. */
const inexact = /\d[eE]|\.\d*0(?!\d)|\d{16}|-0(?![.\d])/;

/**
 * How Lambda reads a value: an object or a list in JSON, or plain text. A number, a word or a quoted text alone is
 * plain text, because a rule for members cannot match it.
 */
export function contentOf(bytes: Uint8Array | null | undefined, withNumberText = false): Content {
  if (bytes === null || bytes === undefined || !isUtf8(bytes)) return other;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (!mayBeDocument(text)) return { format: 'plain', text };
  try {
    const document: unknown = JSON.parse(text);
    const exact = withNumberText && inexact.test(text) ? parseExactly(text) : undefined;
    return { format: 'json', document: exact ?? document };
  } catch {
    return { format: 'plain', text };
  }
}

/** Whether the first character that is not space begins an object or a list. */
function mayBeDocument(text: string): boolean {
  let at = 0;
  while (at < text.length && (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t')) at++;
  return text[at] === '{' || text[at] === '[';
}

type Json = Record<string, unknown>;
interface CompiledPattern {
  matches(record: FilterableRecord, contents: Contents): 'match' | 'format' | 'no-match';
  needsNumberText: boolean;
}

/** A rule for the content: an object for JSON, a list for plain text. */
interface ContentRule {
  format: 'json' | 'plain';
  matches(content: Content): boolean;
  needsNumberText: boolean;
}

/** A part of a pattern; `isIgnored`: the rules for the content are left out, because no format fits. */
type Part = (record: FilterableRecord, contents: Contents, isIgnored: boolean) => boolean;

function compilePattern(pattern: string): CompiledPattern {
  const rules: ContentRule[] = [];
  const part = compilePart(parseExactly(pattern) as Json, rules);
  return {
    needsNumberText: rules.some((rule) => rule.needsNumberText),
    matches(record, contents) {
      const { format } = contents.value;
      const isIgnored = rules.length > 0 && !rules.some((rule) => rule.format === format);
      if (!part(record, contents, isIgnored)) return 'no-match';
      return isIgnored ? 'format' : 'match';
    },
  };
}

function compilePart(rule: Json, valueRules: ContentRule[]): Part {
  const parts = Object.entries(rule).map(([name, inner]): Part => {
    if (isAlternatives(name, inner)) {
      const alternatives = inner.map((alternative) => compilePart(alternative, valueRules));
      return (record, contents, isIgnored) => alternatives.some((part) => part(record, contents, isIgnored));
    }
    if (name === 'value') {
      const content = compileContent(inner);
      valueRules.push(content);
      return (_, { value }, isIgnored) => isIgnored || content.matches(value);
    }
    if (name === 'key') {
      const content = compileContent(inner);
      return ({ key }, contents) => content.matches((contents.key ??= contentOf(key, content.needsNumberText)));
    }
    const metadata = compileRule({ [name]: inner });
    return (record) => metadata.matches(record);
  });
  return (record, contents, isIgnored) => parts.every((part) => part(record, contents, isIgnored));
}

function compileContent(rule: unknown): ContentRule {
  if (Array.isArray(rule)) {
    const { matches, acceptsAbsence } = compileLeaf(rule);
    // Plain text is compared as text: a rule for numbers does not match digits.
    return {
      format: 'plain',
      needsNumberText: false,
      matches: (content) =>
        content.format === 'plain' ? matches(content.text) : content.format === 'other' && acceptsAbsence,
    };
  }
  const compiled = compileRule(rule as Json);
  return {
    format: 'json',
    needsNumberText: compiled.needsNumberText,
    matches: (content) => content.format === 'json' && compiled.matches(content.document),
  };
}
