/** The test broker, compiled: Apache Kafka by Maven and the Java files of this folder, kept until one of them changes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type KafkaVersion = '4.3.1' | '3.9.1';

const folder = fileURLToPath(new URL('.', import.meta.url));
const cache = fileURLToPath(new URL('../../../node_modules/.cache/msk-lambda-kafka', import.meta.url));

/** The tool that this machine lacks for a broker, or null. */
export function missingTool(): string | null {
  const lacking = ['java', 'javac', 'mvn'].find((tool) => spawnSync(tool, ['-version'], { stdio: 'ignore' }).error);
  return lacking === undefined ? null : `this machine lacks ${lacking}`;
}

/** The class path with the compiled broker; downloads and compiles where that was not done before. */
export function classPath(version: KafkaVersion): string {
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.java'))
    .map((name) => join(folder, name));
  const libraries = made(`${version}-${digest([join(folder, 'pom.xml')])}`, (target) =>
    execFileSync(
      'mvn',
      [
        '-q',
        '-B',
        '-f',
        join(folder, 'pom.xml'),
        'dependency:copy-dependencies',
        `-Dkafka.version=${version}`,
        `-DoutputDirectory=${target}`,
      ],
      { stdio: ['ignore', 'ignore', 'inherit'], cwd: target },
    ),
  );
  const classes = made(`${version}-classes-${digest([join(folder, 'pom.xml'), ...sources])}`, (target) =>
    execFileSync('javac', ['-nowarn', '-Xlint:none', '-cp', join(libraries, '*'), '-d', target, ...sources], {
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
  );
  return [classes, join(libraries, '*')].join(delimiter);
}

/** A folder of the cache; a new one appears only when it is complete, since several suites may fill it at once. */
function made(name: string, fill: (target: string) => unknown): string {
  const target = join(cache, name);
  if (existsSync(target)) return target;
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(join(cache, 'partial-'));
  try {
    fill(partial);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

function digest(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
