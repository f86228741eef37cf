/** Reports, judged by programs of others: Microsoft's SARIF validator, libxml, GitHub's Markdown renderer. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import type { ReportFormat } from '../../../src/report/formats/index.js';
import type { Report } from '../../../src/report/formats/report.js';
import { hostileReport, rendered, sandboxReports, templateReport } from '../../report/formats/support/reports.js';
import { leftOut } from '../left-out.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-judges-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reports = (): [string, Report][] => [
  ...sandboxReports(),
  ['template', templateReport()],
  ['hostile', hostileReport()],
];
const isMissing = (program: string, word: string): boolean => spawnSync(program, [word]).error !== undefined;

async function written(format: ReportFormat): Promise<string[]> {
  const files: string[] = [];
  for (const [name, report] of reports()) {
    const file = join(folder, `${name}.${format}`);
    writeFileSync(file, await rendered(report, format));
    files.push(file);
  }
  return files;
}

/** The folder in which the packages `@microsoft/sarif-multitool` and `@microsoft/jest-sarif` (the schema) are installed. */
const packages = process.env['MSK_LAMBDA_SARIF'];
const inPackages = (...path: string[]) => join(packages!, 'node_modules', '@microsoft', ...path);
describe.skipIf(leftOut('SARIF', packages === undefined ? 'MSK_LAMBDA_SARIF names no folder' : null))('SARIF', () => {
  interface Log {
    runs: { results: { ruleId: string }[] }[];
  }
  /** The rules that files break. The program exits 0 whatever it finds. */
  function brokenRules(files: readonly string[]): string[] {
    const output = join(folder, 'validation.sarif');
    rmSync(output, { force: true });
    const { stdout } = spawnSync(
      process.execPath,
      [
        inPackages('sarif-multitool', 'bin.js'),
        'validate',
        ...files,
        '--rule-kind',
        'Sarif',
        '--output',
        output,
        '--log',
        'ForceOverwrite',
      ],
      { encoding: 'utf8' },
    );
    expect(stdout).toContain(`${files.length} files scanned`);
    const { runs } = JSON.parse(readFileSync(output, 'utf8').replace(/^\uFEFF/, '')) as Log;
    return [...new Set(runs.flatMap(({ results }) => results.map(({ ruleId }) => ruleId)))];
  }
  const schemaFaults = () => {
    // The schema is of draft 4, whose keywords here are those of later drafts.
    const {
      $schema: _draft,
      id: _id,
      ...schema
    } = JSON.parse(readFileSync(inPackages('jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    const validate = new Ajv({
      strict: false,
      validateFormats: false,
      validateSchema: false,
      unicodeRegExp: false,
    }).compile(schema);
    return (text: string) =>
      validate(JSON.parse(text))
        ? []
        : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);
  };

  test('the validator finds nothing in any report but that the tool has no home page', async () => {
    expect(brokenRules(await written('sarif')).filter((rule) => rule !== 'SARIF2005')).toEqual([]);
  });

  test('the published schema accepts every report', async () => {
    const faultsOf = schemaFaults();
    for (const [name, report] of reports()) expect(faultsOf(await rendered(report, 'sarif')), name).toEqual([]);
  });

  test('both find a fault that is made', async () => {
    const text = await rendered(templateReport(), 'sarif');
    const file = join(folder, 'faulty.sarif');
    writeFileSync(file, text.replaceAll(/"ruleIndex": \d+/g, '"ruleIndex": 9999'));
    expect(brokenRules([file])).toContain('SARIF1009');
    expect(schemaFaults()(text.replace('"level": "error"', '"level": "fatal"'))).not.toEqual([]);
  });
});

describe.skipIf(leftOut('JUnit', isMissing('xmllint', '--version') ? 'xmllint is not installed' : null))(
  'libxml',
  () => {
    const schema = fileURLToPath(new URL('junit.xsd', import.meta.url));
    const judge = (files: readonly string[]) =>
      spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, ...files], { encoding: 'utf8' });

    test('reads every report, and it is as the schema says', async () => {
      const { status, stderr } = judge(await written('junit'));
      expect(stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates'))).toEqual([]);
      expect(status).toBe(0);
    });

    test('refuses a report with an unknown element', async () => {
      const file = join(folder, 'faulty.xml');
      writeFileSync(file, (await rendered(templateReport(), 'junit')).replaceAll('skipped', 'left-out'));
      expect(judge([file]).status).not.toBe(0);
    });
  },
);

describe.skipIf(leftOut('Markdown', isMissing('cmark-gfm', '--version') ? 'cmark-gfm is not installed' : null))(
  'cmark-gfm',
  () => {
    const toHtml = (markdown: string): string =>
      spawnSync(
        'cmark-gfm',
        ['--unsafe', ...['autolink', 'table', 'strikethrough', 'tasklist'].flatMap((name) => ['--extension', name])],
        { encoding: 'utf8', input: markdown, maxBuffer: 50_000_000 },
      ).stdout;
    const elements = (html: string) => new Set([...html.matchAll(/<([a-z]\w*)/g)].map(([, name]) => name));
    /** What GitHub makes links of after rendering is text outside of code. */
    const textOutsideCode = (html: string) =>
      html.replaceAll(/<(pre|code)\b[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]*>/g, '');

    test('renders the elements of our own layout only, without links and mentions', async () => {
      for (const [name, report] of reports())
        for (const isShort of [false, true]) {
          const html = toHtml(await rendered(report, 'markdown', { isShort }));
          for (const element of elements(html))
            expect(['h3', 'h4', 'p', 'ul', 'li', 'code', 'pre', 'strong', 'br'], name).toContain(element);
          expect(textOutsideCode(html), name).not.toMatch(/@[a-z]|#\d|\bwww\.|:\/\/|\bGH-\d/i);
        }
    });

    test('makes a link of what is not escaped', () => {
      expect(elements(toHtml('see www.example.com <b>x</b>'))).toEqual(new Set(['p', 'a', 'b']));
    });
  },
);
