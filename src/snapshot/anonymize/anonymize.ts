/**
 * A snapshot in which nobody can be told: the same input gives the same token, and a judgement of the whole says the
 * same. What no rule names is made a token.
 */
import { createHash } from 'node:crypto';
import type { CollectionName, Snapshot } from '../snapshot.js';
import { collections } from '../snapshot.js';
import { createCipher } from './cipher.js';
import { anonymizeFilter, anonymizePolicy } from './documents.js';
import { ruleOf, type Rule } from './rules.js';
import { createWords, type Words } from './words.js';

export interface Anonymizing {
  /** Whoever has it can make the same tokens again, so that two snapshots can be compared. */
  key: string;
  /** Whether a text of Lambda's still means what it meant; one that would not keeps the names in it that are plain words. */
  sameMeaning: (before: string, after: string) => boolean;
  /** Weaker tokens, which keep every pattern of a policy exact: for a snapshot that the others would have judged otherwise. */
  flat?: boolean;
}

export function anonymize(snapshot: Snapshot, { key, sameMeaning, flat = false }: Anonymizing): Snapshot {
  const words = createWords(
    createCipher(createHash('sha256').update(key).digest('hex'), { cuts: midWordPieces(snapshot), flat }),
  );
  const change: Record<Rule, (text: string) => string> = {
    keep: (text) => text,
    name: words.name,
    sentence: (text) =>
      [words.freeText(text), words.sentence(text)].find((sentence) => sameMeaning(text, sentence)) ??
      words.identifiers(text),
    distinguished: words.distinguished,
    policy: (text) => anonymizePolicy(text, words),
    filter: (text) => anonymizeFilter(text, words),
    property: (text) => (/^(true|false|-?[\d.]+|[a-z]{1,12})$/i.test(text) ? text : words.name(text)),
  };
  const changed = (collection: CollectionName): object =>
    Object.fromEntries(
      Object.entries(snapshot[collection]).map(([id, read]) => [
        collection === 'metrics' ? metricId(id, words) : words.name(id),
        walk(read, collection, 'value'),
      ]),
    );

  function walk(value: unknown, collection: CollectionName, member: string): unknown {
    if (typeof value === 'string') return change[ruleOf(collection, member)](value);
    if (Array.isArray(value)) return value.map((element) => walk(element, collection, member));
    if (typeof value !== 'object' || value === null) return value;
    // The members of server properties are Kafka's, not ours.
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        walk(
          inner,
          collection,
          collection === 'serverProperties' && member === 'value' && name !== 'value' ? 'property' : name,
        ),
      ]),
    );
  }

  // Sentences last: by then every name has been met.
  const names = Object.keys(collections) as CollectionName[];
  for (const name of names) changed(name);
  return {
    ...snapshot,
    ...(Object.fromEntries(names.map((name) => [name, changed(name)])) as Pick<Snapshot, CollectionName>),
    account: snapshot.account === null ? null : words.name(snapshot.account),
    caller: null,
    targets: snapshot.targets.map(words.name),
    selfManagedTargets: snapshot.selfManagedTargets.map(words.name),
    reads: snapshot.reads.map((read) => ({ ...read, error: read.error === null ? null : words.freeText(read.error) })),
  };
}

/** `AWS/Lambda|Errors|Sum|FunctionName=order-handler`: the values of the dimensions. */
const metricId = (id: string, words: Words): string =>
  id
    .split('|')
    .map((part) => part.replace(/(?<==)(.*)$/s, (value) => words.name(value)))
    .join('|');

/** Pieces of words that policies have behind a wildcard. */
function midWordPieces(snapshot: Snapshot): Set<string> {
  const pieces = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string')
      for (const [, piece] of value.matchAll(/[*?]([A-Za-z0-9]{1,200})/g)) pieces.add(piece!);
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) collect(inner);
  };
  for (const name of Object.keys(collections) as CollectionName[])
    if (/polic/i.test(name) || name === 'roles' || name === 'vpcEndpoints' || name === 'destinations')
      collect(snapshot[name]);
  return pieces;
}
