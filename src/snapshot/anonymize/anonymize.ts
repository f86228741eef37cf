/**
 * A snapshot without identities. The same input gives the same token, and the diagnosis stays the same. Texts
 * without a rule become tokens.
 */
import { createHash } from 'node:crypto';
import type { CollectionName, Snapshot } from '../snapshot.js';
import { collections } from '../snapshot.js';
import { createCipher } from './cipher.js';
import { anonymizeFilter, anonymizePolicy } from './documents.js';
import { ruleOf, type Rule } from './rules.js';
import { createWords, type Words } from './words.js';

export interface Anonymizing {
  /** Whoever has the key gets the same tokens again, so that two snapshots can be compared. */
  key: string;
  /** Whether a text of Lambda keeps its meaning. If not, plain words in it that are also names are kept. */
  sameMeaning: (before: string, after: string) => boolean;
  /** Weaker tokens that keep every policy pattern exact, for a snapshot that would otherwise be judged differently. */
  flat?: boolean;
}

export function anonymize(snapshot: Snapshot, how: Anonymizing): Snapshot {
  const steps = anonymizing(snapshot, how);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps, one for each resource. */
export function* anonymizing(
  snapshot: Snapshot,
  { key, sameMeaning, flat = false }: Anonymizing,
): Generator<void, Snapshot> {
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
  function* changed(collection: CollectionName): Generator<void, object> {
    const entries: [string, unknown][] = [];
    for (const [id, read] of Object.entries(snapshot[collection])) {
      const name = collection === 'metrics' ? metricId(id, words) : words.name(id);
      entries.push([name, walk(read, collection, 'value')]);
      yield;
    }
    return Object.fromEntries(entries);
  }

  function walk(value: unknown, collection: CollectionName, member: string): unknown {
    if (typeof value === 'string') return change[ruleOf(collection, member)](value);
    if (Array.isArray(value)) return value.map((element) => walk(element, collection, member));
    if (typeof value !== 'object' || value === null) return value;
    // The members of server properties are Kafka's names.
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

  // Sentences last: only then are all names known.
  const names = Object.keys(collections) as CollectionName[];
  for (const name of names) yield* changed(name);
  const hidden: [CollectionName, object][] = [];
  for (const name of names) hidden.push([name, yield* changed(name)]);
  return {
    ...snapshot,
    ...(Object.fromEntries(hidden) as Pick<Snapshot, CollectionName>),
    account: snapshot.account === null ? null : words.name(snapshot.account),
    caller: null,
    targets: snapshot.targets.map(words.name),
    selfManagedTargets: snapshot.selfManagedTargets.map(words.name),
    reads: snapshot.reads.map((read) => ({ ...read, error: read.error === null ? null : words.freeText(read.error) })),
  };
}

/** `AWS/Lambda|Errors|Sum|FunctionName=order-handler`: only the values of the dimensions change. */
const metricId = (id: string, words: Words): string =>
  id
    .split('|')
    .map((part) => part.replace(/(?<==)(.*)$/s, (value) => words.name(value)))
    .join('|');

/** Parts of words that follow a wildcard in a policy. */
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
