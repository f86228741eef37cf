/**
 * `npm run release -- X.Y.Z`: sets the version, dates the changelog, regenerates what holds the version, commits and
 * tags. Works on the package in the working directory; pushes and publishes nothing.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const unreleased = '## [Unreleased]';

/** A reason not to release, in words for the maintainer. */
class Refusal extends Error {}

const run = (program: string, ...words: string[]): string =>
  execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

/** Whether `next` is later than `current`; both are X.Y.Z, compared number by number. */
export function isGreater(next: string, current: string): boolean {
  const [wanted, present] = [next, current].map((version) => version.split('.').map(Number)) as [number[], number[]];
  const index = wanted.findIndex((part, position) => part !== present[position]);
  return index !== -1 && wanted[index]! > present[index]!;
}

/**
 * The changelog with its entries under “Unreleased” moved to a section of the version and date (YYYY-MM-DD), and an
 * empty “Unreleased” above it. Undefined where there is no entry to move.
 */
export function datedChangelog(changelog: string, version: string, date: string): string | undefined {
  const [before, after] = changelog.split(`${unreleased}\n`);
  const entries = after?.split(/^## /m)[0] ?? '';
  if (!/^[-*] /m.test(entries)) return undefined;
  return `${before}${unreleased}\n\n## [${version}] - ${date}\n${after}`;
}

function release(version: string | undefined): string {
  if (version === undefined || !/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version))
    throw new Refusal('give the version as X.Y.Z: npm run release -- 1.2.3');
  const { version: current } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  if (!isGreater(version, current)) throw new Refusal(`${version} is not greater than the present version ${current}`);
  const changes = run('git', 'status', '--porcelain');
  if (changes !== '') throw new Refusal(`the working tree is not clean:\n${changes.trimEnd()}`);
  const tag = `v${version}`;
  if (run('git', 'tag', '--list', tag) !== '') throw new Refusal(`the tag ${tag} exists`);
  const changelog = datedChangelog(
    readFileSync('CHANGELOG.md', 'utf8'),
    version,
    new Date().toISOString().slice(0, 10),
  );
  if (changelog === undefined) throw new Refusal(`CHANGELOG.md has no entry under “${unreleased}”`);

  try {
    writeFileSync('CHANGELOG.md', changelog);
    run('npm', 'version', '--no-git-tag-version', '--ignore-scripts', version);
    run('npm', 'run', '--silent', 'generate');
    run('git', 'add', '--all');
    run('git', 'commit', '--quiet', '--message', `Version ${version}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(`${reason}\n  Nothing is committed. To undo the edits: git restore --staged --worktree .`);
  }
  run('git', 'tag', '--annotate', '--message', `Version ${version}`, tag);
  return tag;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  try {
    const tag = release(process.argv[2]);
    process.stdout.write(`Committed and tagged ${tag}. Next: git push --follow-tags, then npm publish.\n`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = 1;
  }
