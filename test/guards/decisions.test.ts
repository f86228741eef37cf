/** docs/decisions: numbered without a gap, all in the index, the same headings, and the files that they name are there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(`${project}docs/decisions/${file}`, 'utf8');
const pages = readdirSync(`${project}docs/decisions`).filter((file) => file !== 'README.md');

test('numbers follow one another', () =>
  expect(pages.map((file) => Number(file.slice(0, 4))).toSorted((a, b) => a - b)).toEqual(
    pages.map((_, index) => index + 1),
  ));

test('the index links to every page', () => {
  const links = [...read('README.md').matchAll(/\]\(([^)]+\.md)\)/g)].map(([, link]) => link);
  expect(links).toEqual(pages.toSorted());
});

describe.each(pages)('%s', (file) => {
  const text = read(file);

  test('its title has its number, and it tells context, decision and consequences', () => {
    expect(text).toMatch(new RegExp(`^# ${file.slice(0, 4)}: `));
    for (const heading of ['Context', 'Decision', 'Consequences']) expect(text).toContain(`\n## ${heading}\n`);
  });

  test('the files that it names are there', () => {
    const paths = [...text.matchAll(/`((?:bin|docs|scripts|src|test)\/[\w./-]+)`/g)].map(([, path]) => path!);
    expect(paths.filter((path) => !existsSync(`${project}${path}`))).toEqual([]);
  });
});
