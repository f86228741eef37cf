/**
 * The evidence of a finding, each fact once: facts of one resource that differ in one word are one line, and the same
 * fact about several resources is one line with a table below it.
 */
import stringWidth from 'string-width';
import type { Evidence } from '../checks/define.js';
import { wrap } from '../text/wrap.js';
import type { Mentions } from './resource-mentions.js';

interface Style {
  columns: number;
  indent: number;
}

export function evidenceLines(
  { title, evidence }: { title: string; evidence: readonly Evidence[] },
  mentions: Mentions,
  { columns, indent }: Style,
): string[] {
  const joined = joinFacts(
    evidence
      .filter((item) => !repeatsTitle(item, title))
      .map(({ resource, fact, afterTitle = fact }) => ({ resource, fact: afterTitle })),
  );
  return groupsOf(joined).flatMap((group) =>
    group.length === 1
      ? [wrap(`•\u00a0${line(group[0]!, mentions)}`, { columns, indent, hang: 2 })]
      : tableOf(group, mentions, { columns, indent }),
  );
}

const line = ({ resource, fact }: Evidence, mentions: Mentions): string => {
  const subject = mentions.resource(resource);
  return `${subject}: ${mentions.sentence(fact)}`;
};

/** Whether every word of a fact is in the title. */
function repeatsTitle({ fact }: Evidence, title: string): boolean {
  const inTitle = new Set(wordsOf(title));
  return wordsOf(fact).every((word) => inTitle.has(word));
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}:.*/-]+/gu) ?? [];

/** Facts of the same resource that differ in one word: that word lists all of them. */
function joinFacts(evidence: readonly Evidence[]): Evidence[] {
  const lines: { resource: string; words: string[]; at: number | null; variants: string[] }[] = [];
  for (const { resource, fact } of evidence) {
    const words = fact.split(' ');
    const isJoined = lines.some((earlier) => {
      if (earlier.resource !== resource || earlier.words.length !== words.length) return false;
      const differing = words.flatMap((word, index) => (word === earlier.words[index] ? [] : [index]));
      if (differing.length === 0) return true;
      const [at] = differing;
      if (differing.length > 1 || (earlier.at !== null && earlier.at !== at)) return false;
      earlier.at = at!;
      if (!earlier.variants.includes(words[at!]!)) earlier.variants.push(words[at!]!);
      return true;
    });
    if (!isJoined) lines.push({ resource, words, at: null, variants: [] });
  }
  return lines.map(({ resource, words, at, variants }) => ({
    resource,
    fact: words
      .map((word, index) =>
        index === at
          ? listed(
              [word, ...variants.filter((other) => other !== word)],
              /^(?:no|it has no)$/i.test(words.slice(0, at).join(' ')),
            )
          : word,
      )
      .join(' '),
  }));
}

/** `a, b, c`, after “no” `a, b or c`; the punctuation after each word comes once, at the end. */
function listed(words: readonly string[], isDenied: boolean): string {
  const [mark] = /[,;:.]$/.exec(words[0]!) ?? [''];
  if (!words.every((word) => word.endsWith(mark))) return words.join(', ');
  const bare = words.map((word) => word.slice(0, word.length - mark.length));
  const list = isDenied ? `${bare.slice(0, -1).join(', ')} or ${bare.at(-1)}` : bare.join(', ');
  return `${list}${mark}`;
}

const idPattern = /(?<![\w-])([a-z]+(?:-[a-z]+)*)-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![\w-])/g;

/** What an id of EC2 identifies, by its prefix. */
const nouns: Record<string, string> = {
  subnet: 'subnet',
  vpc: 'VPC',
  sg: 'security group',
  rtb: 'route table',
  acl: 'network ACL',
  nat: 'NAT gateway',
  vpce: 'endpoint',
  igw: 'internet gateway',
  eni: 'network interface',
  pcx: 'peering connection',
  tgw: 'transit gateway',
};
const prefixOf = (id: string): string | null => {
  const prefix = /^([a-z]+(?:-[a-z]+)*)-(?:[0-9a-f]{17}|[0-9a-f]{8})$/.exec(id)?.[1];
  return prefix !== undefined && prefix in nouns ? prefix : null;
};

/** Neighbours and others with the same fact, but for the ids in it. */
function groupsOf(evidence: readonly Evidence[]): Evidence[][] {
  const groups = new Map<string, Evidence[]>();
  for (const item of evidence) {
    const prefix = prefixOf(item.resource);
    const key =
      prefix === null
        ? `${item.resource}\n${item.fact}`
        : `${prefix}\n${item.fact.replace(idPattern, (_, kind: string) => `{${kind}}`)}`;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].flatMap((group) =>
    new Set(group.map(({ resource }) => resource)).size === group.length ? [group] : group.map((item) => [item]),
  );
}

/** `Each of 3 route tables: …`, then a row for each. */
function tableOf(group: readonly Evidence[], mentions: Mentions, { columns, indent }: Style): string[] {
  const idsOf = ({ fact }: Evidence) => fact.match(idPattern) ?? [];
  const first = group[0]!;
  const varying = idsOf(first).map((id, index) => group.some((item) => idsOf(item)[index] !== id));
  let index = -1;
  const fact = first.fact.replace(idPattern, (id, prefix: string, offset: number, whole: string) => {
    index++;
    if (varying[index] !== true) return id;
    const noun = nouns[prefix] ?? id;
    // A noun that stands before the id is enough.
    if (whole.slice(0, offset).endsWith(`${noun} `)) return '\u0000';
    return offset === 0 ? noun : `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;
  });
  const noun = nouns[prefixOf(first.resource)!]!;
  const head = `•\u00a0Each of ${group.length} ${noun}s: ${mentions.sentence(fact.replaceAll(' \u0000', ''))}`;
  const rows = group.map((item) =>
    [item.resource, ...idsOf(item).filter((_, position) => varying[position])].map((id) => mentions.parts(id)),
  );
  // Where the table is too wide: without the names of the other resources in the fact, then without columns.
  const tables = [
    rows.map((row) => row.flatMap(({ name, id, zone }) => [name, id, zone])),
    rows.map((row) => row.flatMap(({ name, id, zone }, column) => (column === 0 ? [name, id, zone] : [id]))),
  ].map((cells) => inColumns(cells, indent + 2));
  return [
    wrap(head, { columns, indent, hang: 2 }),
    ...(tables.find((lines) => lines.every((text) => stringWidth(text) <= columns)) ??
      rows.map((row) => wrap(row.map(inSentence).join(', '), { columns, indent: indent + 2, hang: 2 }))),
  ];
}

/** Columns that are empty in all rows are left out. */
function inColumns(rows: readonly string[][], indent: number): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))));
  return rows.map((row) =>
    `${' '.repeat(indent)}${row
      .flatMap((cell, column) => (widths[column] === 0 ? [] : [cell + ' '.repeat(widths[column]! - stringWidth(cell))]))
      .join('  ')}`.trimEnd(),
  );
}

const inSentence = ({ name, id, zone }: { name: string; id: string; zone: string }): string => {
  const details = [...(name === '' ? [] : [id]), ...(zone === '' ? [] : [zone])].filter((part) => part !== '');
  return `${name === '' ? id : name}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
};
