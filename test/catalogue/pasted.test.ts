/** The right entry for a text, however a tool, a page or a terminal wraps it; and no entry for a text that is none of AWS's. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claims, comparedText } from '../../src/catalogue/known-text.js';
import { knownTexts, matchAny, matchText } from '../../src/catalogue/match.js';
import { lastResorts } from '../../src/catalogue/service-refusals.js';
import { errorTexts } from '../../src/catalogue/texts.js';
import { runs } from '../random/seed.js';
import { cutTexts, foreignTexts, pastedTexts } from './support/pasted-texts.js';

test.each(pastedTexts)('%s: %s', (id, text) => expect(matchAny(text)?.id).toBe(id));

test.each(Object.entries(cutTexts).flatMap(([id, texts]) => texts.map((text) => [id, text] as const)))(
  'cut off, %s: %s',
  (id, text) => expect(matchAny(text)?.id).toBe(id),
);

test.each(foreignTexts.map((text) => [text]))('not claimed: %s', (text) => expect(matchAny(text)).toBeUndefined());

test('no text of an entry is another entry’s too', () => {
  const resorts = new Set(lastResorts.map(({ id }) => id));
  for (const entry of knownTexts) {
    const compared = comparedText(entry.text);
    const claiming = knownTexts.filter((other) => !resorts.has(other.id) && claims(other, compared));
    if (!resorts.has(entry.id)) expect(claiming.map(({ id }) => id).filter((id) => id !== entry.id)).toEqual([]);
    expect(matchAny(entry.text)?.id).toBe(entry.id);
  }
});

test.each([
  ['too many connects', 'client-too-many-connects', ['cluster.health']],
  ['a topic', 'log-topic-authorization', ['access.kafka-topic', 'cluster.acl']],
  ['a name without the prefix', 'scram-secret-name-prefix', ['secret.name-prefix']],
  ['the default key', 'scram-secret-default-key', ['secret.kms']],
  ['a payload', 'record-payload-too-large', ['mapping.batch']],
  ['a schema', 'record-schema-not-found', ['mapping.schema-registry']],
  ['brokers out of reach', 'client-cannot-reach-brokers', ['network.broker-ingress', 'network.broker-egress']],
  ['Lambda’s connection error', 'connection-error', ['network.broker-ingress', 'network.broker-egress']],
])('the first causes of %s', (_, id, first) => {
  const causes = knownTexts.find((entry) => entry.id === id)!.causes.map(({ check }) => check);
  expect(causes.slice(0, first.length)).toEqual(first);
});

const boxed = (text: string, width: number, left: string, right: string): string =>
  (text.match(new RegExp(`[^]{1,${width}}`, 'g')) ?? []).map((line) => `${left}${line}${right}`).join('\n');
const red = '\u001b[31m';
const plain = '\u001b[0m';

/** Ways in which a text reaches the clipboard. */
const wrappings = {
  'a table of the AWS CLI': (text: string) =>
    `-------\n|  GetEventSourceMapping  |\n+-----+\n|  LastProcessingResult |  ${text}  |\n+-----+`,
  'a table that breaks lines': (text: string) => boxed(text, 40, '| ', ' |'),
  'the box of Terraform': (text: string) => `╷\n${boxed(`Error: ${text}`, 70, '│ ', '')}\n╵`,
  'a quotation': (text: string) => boxed(text, 30, '> > ', ''),
  JSON: (text: string) => JSON.stringify({ message: text }),
  'JSON in JSON': (text: string) => JSON.stringify({ message: JSON.stringify({ message: text }) }),
  'JSON, not ASCII escaped': (text: string) =>
    JSON.stringify({ message: text }).replace(
      /[^\n -~]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  'an error of the AWS CLI': (text: string) =>
    `\nAn error occurred (ValidationError) when calling the X operation: ${text}\n`,
  'an event of CloudFormation': (text: string) =>
    `Resource handler returned message: "${text} (Service: Lambda, Status Code: 400, Request ID: 0)" (HandlerErrorCode: InvalidRequest)`,
  colours: (text: string) => `${red}${text.slice(0, 9)}${plain}${red}${text.slice(9)}${plain}`,
  'colours that lost their escape': (text: string) => `[31m${text}[0m`,
  'colours of a log': (text: string) => `\\u001b[1;31m${text}\\u001b[0m`,
  'a terminal that breaks words': (text: string) => boxed(text, 17, '', ''),
  'a carriage return': (text: string) => boxed(text, 60, '', '\r'),
  'typographic quotes': (text: string) => `“${text.replaceAll("'", '’').replaceAll('"', '”')}”`,
  'entities of HTML': (text: string) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll("'", '&#39;')
      .replaceAll('"', '&quot;')
      .replaceAll('>', '&gt;')
      .replaceAll(' ', '&nbsp;'),
  'the source of a page': (text: string) => text.replaceAll('"', '&amp;quot;').replaceAll("'", '&amp;#x27;'),
  'soft hyphens': (text: string) => [...text].join('\u00ad'),
  'a non-breaking space': (text: string) => text.replaceAll(' ', '\u00a0'),
};

describe.each(Object.entries(wrappings))('in %s', (_, wrap) => {
  test('every text of the catalogue', () => {
    for (const entry of knownTexts) expect(matchAny(wrap(entry.text))?.id, wrap(entry.text)).toBe(entry.id);
  });

  test('every text of the tables', () => {
    for (const [id, text] of pastedTexts)
      // A conflict of no known kind and the CLI's own words are told by nothing else than the wrapping's words.
      if (!lastResorts.some((entry) => entry.id === id)) expect(matchAny(wrap(text))?.id, wrap(text)).toBe(id);
  });

  test('every text of a mapping’s result, for the diagnosis too', () => {
    for (const entry of errorTexts) expect(matchText(wrap(`PROBLEM: ${entry.text}`))?.id).toBe(entry.id);
  });
});

/** These break a line, or part signs, anywhere: also within an entity or an escape, which is then another text. */
const breaking: readonly (keyof typeof wrappings)[] = [
  'a table that breaks lines',
  'the box of Terraform',
  'a quotation',
  'a terminal that breaks words',
  'a carriage return',
  'colours',
  'soft hyphens',
];
const spelling: readonly (keyof typeof wrappings)[] = [
  'JSON',
  'JSON in JSON',
  'JSON, not ASCII escaped',
  'colours',
  'colours that lost their escape',
  'colours of a log',
  'entities of HTML',
  'the source of a page',
];

test('two wrappings, one in the other', () => {
  const wrapping = fc.constantFrom(...(Object.keys(wrappings) as (keyof typeof wrappings)[]));
  fc.assert(
    fc.property(fc.constantFrom(...errorTexts), wrapping, wrapping, (entry, inner, outer) => {
      fc.pre(!(breaking.includes(outer) && spelling.includes(inner)));
      expect(matchAny(wrappings[outer](wrappings[inner](entry.text)))?.id).toBe(entry.id);
    }),
    { numRuns: runs(300) },
  );
});

test('short forms of the connection error, and what only looks like one', () => {
  for (const text of [
    'Connection error.',
    'PROBLEM: Connection error',
    '"PROBLEM: Connection error."',
    '| Connection error. |',
  ])
    expect(matchAny(text)?.id, text).toBe('connection-error');
  expect(matchAny('[Connection] Connection error: connect ETIMEDOUT b-1.x.kafka.amazonaws.com:9098')?.id).toBe(
    'client-cannot-reach-brokers',
  );
  expect(matchText('PROBLEM: Connection error. A sentence that nobody has seen.')?.id).toBe('connection-error');
});
