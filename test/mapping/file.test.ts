import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import fileSchema from '../../schema/mapping-file.v1.json' with { type: 'json' };
import { MappingFileWrong, parseMappingFile, printMappingFile } from '../../src/mapping/file.js';
import { validateSettings } from '../../src/mapping/validate.js';
import { everything, least, likelySettings } from './support/settings.js';
import { runs } from '../random/seed.js';

const now = new Date('2026-11-24T10:00:00Z');
const read = (text: string) => parseMappingFile(text, 'm.yaml', now);
const problems = (text: string): readonly string[] => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof MappingFileWrong) return error.problems;
    throw error;
  }
  return [];
};
const validate = new Ajv2020().compile(fileSchema);

test('what is printed is read back, and fits the published schema', () => {
  expect(read(printMappingFile([least, everything]))).toEqual([least, everything]);
  fc.assert(
    fc.property(likelySettings, (settings) => {
      fc.pre(validateSettings(settings, { now }).length === 0);
      const text = printMappingFile([settings]);
      expect(read(text)).toEqual([settings]);
      expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
    }),
    { numRuns: runs(300) },
  );
});

test('JSON, one mapping alone, and an instant as a number or a date are understood', () => {
  expect(read(JSON.stringify({ mappings: [least] }))).toEqual([least]);
  expect(read(JSON.stringify(least))).toEqual([least]);
  const at = (instant: string) =>
    read(
      `function: f-1\ncluster: c-1\ntopic: orders\nstartingPosition: AT_TIMESTAMP\nstartingPositionTimestamp: ${instant}\n`,
    )[0]?.startingPositionTimestamp;
  expect(at('1700000000')).toBe('2023-11-14T22:13:20.000Z');
  expect(at('2023-11-14T22:13:20Z')).toBe('2023-11-14T22:13:20.000Z');
});

const head = 'mappings:\n  - function: f-1\n    cluster: c-1\n    topic: orders\n    startingPosition: LATEST\n';
describe('a wrong file is told by line and path', () => {
  test.each<[string, string, RegExp]>([
    ['a range', `${head}    batchSize: 0\n`, /^m\.yaml:6: mappings\[0\]\.batchSize takes a whole number/],
    [
      'a text for a number',
      `${head}    batchSize: "5"\n`,
      /^m\.yaml:6: mappings\[0\]\.batchSize takes a whole number from 1 to 10,000, not 5/,
    ],
    [
      'inside a block',
      `${head}    provisionedPollers:\n      minimum: 1\n      maximum: 9999\n`,
      /^m\.yaml:8: mappings\[0\]\.provisionedPollers\.maximum/,
    ],
    [
      'inside a list',
      `${head}    filters:\n      - '{"value":[1]}'\n      - '{'\n`,
      /^m\.yaml:8: mappings\[0\]\.filters\[1\] is not valid/,
    ],
    [
      'a word that is none',
      `${head}    batchsize: 5\n`,
      /^m\.yaml:6: mappings\[0\]\.batchsize is no setting of a mapping/,
    ],
    [
      'what is missing',
      'mappings:\n  - function: f-1\n    cluster: c-1\n    topic: orders\n',
      /^m\.yaml:2: mappings\[0\]\.startingPosition is missing/,
    ],
    [
      'what goes together',
      `${head}    logLevel: INFO\n`,
      /^m\.yaml:6: mappings\[0\]\.logLevel needs provisioned pollers: give mappings\[0\]\.provisionedPollers too/,
    ],
    [
      'the same twice',
      `${head}${head.replace('mappings:\n', '')}`,
      /^m\.yaml:6: mappings\[1\] has the same cluster, function and topic as mappings\[0\]/,
    ],
    [
      'a group twice',
      `${head}    consumerGroup: readers\n${head.replace('mappings:\n', '').replace('topic: orders', 'topic: payments')}    consumerGroup: readers\n`,
      /^m\.yaml:11: mappings\[1\] has the same consumerGroup as mappings\[0\]/,
    ],
    ['a key twice', `${head}    topic: other\n`, /^m\.yaml:6: .*unique/],
    ['broken YAML', 'mappings:\n  - function: "f\n', /^m\.yaml:\d: /],
    ['another document', 'hello', /“mappings”, a list/],
    ['a list', '- function: f', /“mappings”, a list/],
    ['no list', 'mappings: 3', /“mappings”, a list/],
    ['a mapping that is none', 'mappings:\n  - 3\n', /^m\.yaml:2: .*is to be a mapping/],
    ['more beside', `version: 3\n${head}`, /^m\.yaml:1: version is not known here/],
    [
      'a bomb of aliases',
      `a: &a [1,1]\n${'bcdefghij'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(12).fill(`*${'abcdefghij'[index]!}`).join(',')}]`)
        .join('\n')}\n`,
      /alias/i,
    ],
    ['nothing', '', /“mappings”, a list/],
  ])('%s', (_, text, message) => {
    const [first, ...others] = problems(text);
    expect(first).toMatch(message);
    expect(others).toEqual([]);
  });
});

test('no text makes it fail in another way', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => void problems(text)),
    { numRuns: runs(500) },
  );
});
