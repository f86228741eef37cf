/** The text of the commands that read, at three widths, plain and coloured. `vitest run -u` updates the files. */
import { join } from 'node:path';
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { runInProcess } from '../cli/in-process.js';

const invocations: Record<string, string[]> = {
  'doctor-nat-blackhole': ['doctor', '--sandbox', 'nat-blackhole'],
  'doctor-managed-policy-only': ['doctor', '--sandbox', 'managed-policy-only'],
  'doctor-secret-misspelt': ['doctor', '--sandbox', 'secret-misspelt'],
  'doctor-topic-misspelt': ['doctor', '--sandbox', 'topic-misspelt'],
  'doctor-half-readable': ['doctor', '--sandbox', 'half-readable'],
  'doctor-disabled': ['doctor', '--sandbox', 'disabled'],
  'doctor-several': ['doctor', '--sandbox', 'several'],
  'doctor-endpoints': ['doctor', '--sandbox', 'endpoints'],
  'network-nat-blackhole': ['network', '--sandbox', 'nat-blackhole'],
  'network-several': ['network', '--sandbox', 'several'],
  'list-several': ['list', '--sandbox', 'several'],
  'inspect-scram': ['inspect', '--sandbox', 'scram'],
  'explain-check': ['explain', 'network.aws-path'],
  'broker-scram': ['broker', 'orders-cluster', '--sandbox', 'scram'],
  'policy-endpoints': ['policy', '--sandbox', 'endpoints'],
};

const looks = [60, 80, 120].flatMap((columns) =>
  (['plain', 'coloured'] as const).map((look) => [columns, look] as const),
);

describe.each(Object.entries(invocations))('%s', (name, words) => {
  test.each(looks)('%i columns, %s', async (columns, look) => {
    const { stdout, stderr } = await runInProcess(words, {
      columns,
      colour: new Chalk({ level: look === 'plain' ? 0 : 1 }),
    });
    // oxlint-disable-next-line no-control-regex -- escapes are written so that the files can be read
    const text = `${stdout}${stderr}`.replaceAll('\u001b', '\\e');
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `${name}.${columns}.${look}.txt`));
  });
});
