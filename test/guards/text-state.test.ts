/** What a LastProcessingResult says about state is read in one file; a second reader would answer differently one day. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = new URL('../../src/', import.meta.url);

/** Files that may hold the texts themselves, and why. */
const holders = [
  'catalogue/text-state.ts', // the reader
  'catalogue/healthy-texts.ts', // the texts, to be explained
  'simulate/mapping.ts', // a new mapping begins with one
  'sandbox/healthy.ts', // the mapping of the healthy account shows one
  'sandbox/lifecycle/poll.ts', // pollers in the sandbox write them
  'checks/lag/traffic.ts', // quotes one in a sentence
  'network/question.ts', // names one in a comment
];

const isSandboxAccount = (path: string): boolean => path.startsWith('sandbox/accounts/');

/** Literals and regular expressions that hold one of the texts, or its beginning. */
const mentions = (text: string): boolean =>
  /(['"`])OK\.?\1|\/\^?(\\s\*)?\(*ok\b|toUpperCase\(\) === 'OK|records\s+processed|\/\^?\\?\(?problem/i.test(
    // `'ok'` in small letters is the outcome of a read.
    text.replaceAll("'ok'", ''),
  );

test('no other file matches on OK, “No records processed” or PROBLEM', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !isSandboxAccount(path) && !holders.includes(path));
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter((path) => mentions(readFileSync(new URL(path, source), 'utf8')))).toEqual([]);
});

test.each([
  ["if (mapping.LastProcessingResult === 'OK') return;"],
  ["mapping.LastProcessingResult?.trim().toUpperCase() === 'OK'"],
  ["!/^ok\\.?$/i.test(mapping.LastProcessingResult ?? '')"],
  ['/^no records processed\\.?$/i.test(text)'],
  ['/^\\s*(ok|no records processed)?[\\s.]*$/i.test(text)'],
  ['/^PROBLEM/i.test(text)'],
])('a second reader is found: %s', (line) => expect(mentions(line)).toBe(true));

test('the outcome of a read is no text of Lambda', () => expect(mentions("read.outcome === 'ok'")).toBe(false));
