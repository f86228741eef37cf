/** The action and the examples of docs/pipelines.md, as far as a shell can run them. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yaml from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { healthy, toYaml } from '../template/support/healthy.js';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-pipelines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (...path: string[]) => join(folder, ...path);
const read = (path: string) => readFileSync(path, 'utf8');

beforeAll(() => {
  mkdirSync(inFolder('bin'));
  mkdirSync(inFolder('infrastructure'));
  writeFileSync(
    inFolder('bin', 'msk-lambda'),
    `#!/bin/sh\nexec node "${join(repository, 'bin/msk-lambda.js')}" "$@"\n`,
  );
  chmodSync(inFolder('bin', 'msk-lambda'), 0o755);
  const template = healthy();
  template.Resources['Role']!.Properties['Policies'] = [];
  writeFileSync(inFolder('infrastructure', 'template.yaml'), toYaml(template));
});

const bash = (script: string, env: Record<string, string> = {}) =>
  spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { HOME: folder, PATH: `${inFolder('bin')}${delimiter}${process.env['PATH'] ?? ''}`, ...env },
  });

describe('action.yml', () => {
  interface Action {
    inputs: Record<string, { default: string }>;
    runs: { steps: { run: string; env: Record<string, string> }[] };
  }
  const action = yaml.load(read(join(repository, 'action.yml'))) as Action;
  const [step] = action.runs.steps;
  let runs = 0;
  /** Runs the step as the runner does, with its expressions replaced. */
  function runStep(inputs: Record<string, string>) {
    const [summary, output] = [inFolder(`summary-${++runs}`), inFolder(`output-${runs}`)];
    for (const file of [summary, output]) writeFileSync(file, '');
    const all = Object.fromEntries(Object.entries(action.inputs).map(([name, { default: value }]) => [name, value]));
    const env = Object.fromEntries(
      Object.entries(step!.env).map(([name, expression]) => [
        name,
        expression
          .replace('${{ github.action_path }}', repository)
          .replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, input: string) => ({ ...all, ...inputs })[input]!),
      ]),
    );
    const result = bash(step!.run, { ...env, GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output });
    return { ...result, summary: read(summary), output: read(output) };
  }

  test('the script has no expression: inputs are data', () => expect(step!.run).not.toContain('${{'));

  test('lint: annotations, summary, SARIF, exit code', () => {
    const { status, stdout, summary, output } = runStep({ arguments: 'infrastructure\n' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=infrastructure\/template\.yaml,line=\d+,col=\d+,title=access\./m);
    expect(summary).toMatch(/^### `msk-lambda lint`: 1 mapping \(1 broken\)/);
    expect(output).toBe('exit-code=1\nsarif-file=msk-lambda.sarif\n');
    expect(JSON.parse(read(inFolder('msk-lambda.sarif')))).toMatchObject({ version: '2.1.0' });
  });

  test('doctor', () => {
    const { status, stdout, summary } = runStep({ command: 'doctor', arguments: '--sandbox\nnat-blackhole' });
    expect(status).toBe(1);
    expect(stdout).toContain('::error title=network.aws-path');
    expect(summary).toContain('order-handler');
  });

  test('a baseline: nothing new, exit code 0', () => {
    expect(bash('msk-lambda baseline update base.json --lint infrastructure').status).toBe(0);
    expect(runStep({ arguments: 'infrastructure', baseline: 'base.json' }).status).toBe(0);
  });

  test('inputs are never code', () => {
    const { status } = runStep({
      arguments: '$(touch owned)\n`touch owned`\n; touch owned',
      'sarif-file': 'a b.sarif',
    });
    expect(status).toBe(2);
    expect(bash('ls owned').status).not.toBe(0);
    expect(runStep({ command: 'lint; touch owned' }).status).toBe(2);
  });
});

describe('docs/pipelines.md', () => {
  const page = read(join(repository, 'docs/pipelines.md'));
  const examples = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(([, language, text]) => ({
    language,
    text: text!,
  }));
  /** Command lines of this program in the examples, with what prepares them. */
  const lines = examples
    .flatMap(({ text }) =>
      [...text.matchAll(/^\s*(?:- |sh ')?((?:mkdir -p |msk-lambda (?:lint|doctor|baseline) )[^'\n]*)/gm)].map(
        ([, line]) => line!,
      ),
    )
    // A page is opened at a terminal only: test/e2e/terminal/open.test.ts.
    .filter((line) => !line.includes('--open'));

  test('every YAML example is YAML', () => {
    for (const { language, text } of examples) if (language === 'yaml') expect(yaml.load(text)).toBeTypeOf('object');
  });

  test('every command line runs, and writes the files that it names', () => {
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      const sandboxed = /msk-lambda (?:doctor|baseline update \S+$)/.test(line) ? `${line} --sandbox` : line;
      const { status, stderr } = bash(sandboxed);
      expect([0, 1], `${line}\n${stderr}`).toContain(status);
      for (const [, file] of line.matchAll(/--report \w+=(\S+)/g)) expect(read(inFolder(file!)), file).not.toBe('');
    }
  });

  test('the configuration file of the page is accepted', () => {
    writeFileSync(inFolder('project.yaml'), examples.find(({ text }) => text.startsWith('targets:'))!.text);
    expect(bash('msk-lambda doctor --sandbox --config project.yaml').status).toBe(1);
  });
});

test('.pre-commit-hooks.yaml: the hook checks the templates among the files of a repository', () => {
  const [hook] = yaml.load(read(join(repository, '.pre-commit-hooks.yaml'))) as { entry: string; files: string }[];
  const files = { 'compose.yaml': 'services: {web: {image: x}}\n', 'list.yaml': '- 1\n', 'package.json': '{}\n' };
  mkdirSync(inFolder('other'));
  for (const [file, text] of Object.entries(files)) {
    expect(file).toMatch(new RegExp(hook!.files));
    writeFileSync(inFolder('other', file), text);
  }
  expect(bash(`cd other && ${hook!.entry}`).status).toBe(0);
  writeFileSync(inFolder('other', 'template.yaml'), read(inFolder('infrastructure', 'template.yaml')));
  expect(bash(`cd other && ${hook!.entry}`).status).toBe(1);
});
