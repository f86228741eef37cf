/** The PEM key store of Apache Kafka's Java client, compiled and run once for all cases. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const artifacts = ['org.apache.kafka:kafka-clients:3.9.1', 'org.slf4j:slf4j-api:1.7.36'];

export interface PemCase {
  name: string;
  certificate: string;
  privateKey: string;
  password?: string | undefined;
}
export interface Loaded {
  taken: boolean;
  /** The principal where it was taken, else the reason. */
  says: string;
}

/** By the cases' names. Downloads the client with Maven into a folder that is gone afterwards. */
export function loadAll(cases: readonly PemCase[]): Map<string, Loaded> {
  const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-pem-'));
  try {
    for (const artifact of artifacts)
      execFileSync(
        'mvn',
        [
          '-q',
          '-B',
          'dependency:copy',
          `-Dartifact=${artifact}`,
          `-DoutputDirectory=${folder}`,
          '-Dmdep.useBaseVersion=true',
        ],
        { stdio: ['ignore', 'ignore', 'inherit'], cwd: folder },
      );
    const classPath = [...readdirSync(folder).filter((name) => name.endsWith('.jar')), '.']
      .map((name) => join(folder, name))
      .join(delimiter);
    execFileSync('javac', ['-cp', classPath, '-d', folder, fileURLToPath(new URL('LoadPem.java', import.meta.url))]);
    const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
    const input = cases
      .map(({ certificate, privateKey, password }, index) =>
        [index, base64(certificate), base64(privateKey), password === undefined ? '-' : base64(password)].join('\t'),
      )
      .join('\n');
    const { stdout, stderr, status } = spawnSync('java', ['-cp', classPath, 'LoadPem'], {
      input: `${input}\n`,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    if (status !== 0) throw new Error(`the loader ended with ${status}: ${stderr}`);
    return new Map(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => {
          const [index = '', answer, says = ''] = line.split('\t');
          return [
            cases[Number(index)]!.name,
            { taken: answer === 'taken', says: Buffer.from(says, 'base64').toString('utf8') },
          ];
        }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
