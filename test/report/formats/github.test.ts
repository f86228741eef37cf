/** Annotations: one workflow command a line, whatever the names are. */
import { describe, expect, test } from 'vitest';
import {
  finding,
  hostileReport,
  hostileTexts,
  mapping,
  rendered,
  reportWith,
  sandboxReports,
} from './support/reports.js';

/** As the runner reads a line: the properties end at the first `::`. */
function parse(line: string) {
  const [, kind, properties, message] = /^::(error|warning|notice) ((?:[^:]|:(?!:))*)::(.*)$/.exec(line)!;
  const unescape = (text: string) =>
    text
      .replaceAll('%2C', ',')
      .replaceAll('%3A', ':')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%');
  return {
    kind,
    message: unescape(message!),
    ...Object.fromEntries(properties!.split(',').map((pair) => pair.split('=').map(unescape) as [string, string])),
  };
}
const annotations = async (...words: Parameters<typeof rendered>) => {
  const text = await rendered(...words);
  return text === '' ? [] : text.trimEnd().split('\n').map(parse);
};

const inFile = (file: string) => ({ location: { file, line: 48, column: 7, path: 'Resources.A' } });

describe('github', () => {
  test.each(sandboxReports())('%s: every failure is an error', async (_, report) => {
    const errors = (await annotations(report, 'github')).filter(({ kind }) => kind === 'error');
    const failing = report.mappings.flatMap(({ findings }) => findings.filter(({ status }) => status === 'fail'));
    expect(errors.length).toBeGreaterThanOrEqual(failing.length);
    const isBad = report.mappings.some(({ verdict }) => verdict === 'broken' || verdict === 'unknown');
    expect(errors.length > 0).toBe(isBad || failing.length > 0);
  });

  test('the file is relative to the repository, and its name cannot end the command', async () => {
    const findings = ['app,a:b%.yaml', '../app.yaml', '/elsewhere/app.yaml', '-'].map((file) =>
      finding({ ...inFile(file), title: 'First line,\nsecond: 100%' }),
    );
    expect(await annotations(reportWith({ findings }), 'github')).toMatchObject([
      { file: 'infrastructure/app,a:b%.yaml', line: '48', col: '7', title: 'network.aws-path' },
      { file: 'app.yaml' },
      { title: 'network.aws-path' },
      { title: 'network.aws-path' },
    ]);
  });

  test('what the user accepted is no error', async () => {
    const findings = [
      finding({ suppression: { reason: 'x', until: '2099-01-01', kind: 'inSource' } }),
      finding({ check: 'network.nacl', isKnown: true }),
    ];
    const list = await annotations(reportWith({ mappings: [mapping({ verdict: 'healthy', findings })] }), 'github');
    expect(list.map(({ kind }) => kind)).toEqual(['notice']);
  });

  test('undecided checks of a mapping are one notice', async () => {
    const findings = ['network.nacl', 'network.aws-path'].map((check) => finding({ check, status: 'unknown' }));
    const mappings = [mapping({ verdict: 'unknown', answer: 'missing permissions hide the cause', findings })];
    expect(await annotations(reportWith({ mappings }), 'github')).toMatchObject([
      { kind: 'error', message: 'missing permissions hide the cause' },
      { kind: 'notice', message: expect.stringContaining('network.nacl, network.aws-path') as string },
    ]);
    // The verdict of a template is often open until the deployment.
    const ofTemplate = await annotations(reportWith({ mappings, command: 'lint' }), 'github');
    expect(ofTemplate.map(({ kind }) => kind)).toEqual(['notice']);
  });

  test('hostile names: each line is one command, and nothing else', async () => {
    const list = await annotations(hostileReport(), 'github');
    expect(list.length).toBeGreaterThan(3 * hostileTexts.length);
  });
});
