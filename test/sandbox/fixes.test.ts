import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyCall } from '../../src/account/make-changes.js';
import { createClients, type Answerer } from '../../src/account/clients.js';
import { services, type Service } from '../../src/account/services/index.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { Change } from '../../src/fixes/fix.js';
import { canReplay } from '../../src/simulate/simulate.js';
import { capturedAt, region } from '../../src/sandbox/healthy.js';
import { openAccount, sandboxAccounts } from '../../src/sandbox/index.js';
import { readThrough } from '../account/support/read.js';

const rounds = 6;
/** Looks after which a text has followed a change. */
const looks = 3;

const open = (name: string) => {
  const { answer } = openAccount(name, () => new Date(capturedAt))!;
  const answerer = answer as Answerer;
  return {
    clients: createClients({ region, answerer }),
    read: async () => diagnose((await readThrough(answerer)).snapshot).mappings,
  };
};

describe('the fixes of every account', () => {
  test.each(sandboxAccounts.map(({ name }) => name))(
    '%s: each change is known to the sandbox and to the clients',
    async (name) => {
      const fixes = (await open(name).read()).flatMap((mapping) =>
        mapping.findings.flatMap((finding) => finding.fixes),
      );
      const calls = fixes.flatMap((fix) =>
        fix.changes.flatMap((change) => [change, ...(change.undo === null ? [] : [change.undo])]),
      );
      for (const { service, operation } of calls) {
        expect(canReplay({ service, operation }), `${service} ${operation}`).toBe(true);
        const { commands } = await services[service as Service]();
        expect(Object.keys(commands)).toContain(operation);
      }
    },
  );

  // Where the fault is inside Kafka, no check names a cause to fix.
  const explained = sandboxAccounts.filter(({ verdict, firstCause }) => verdict === 'broken' && firstCause !== null);
  test.each(explained.map(({ name }) => name))(
    '%s: the first cause’s first fix that is a change removes it, down to healthy',
    async (name) => {
      const { clients, read } = open(name);
      const fixed: string[] = [];
      for (let round = 0; round < rounds; round++) {
        const [mapping] = await read();
        const cause = mapping?.causes[0]?.check;
        if (cause === undefined) break;
        const fix = mapping!.findings
          .find((finding) => finding.check === cause)!
          .fixes.find(({ changes }) => changes.length > 0);
        if (fix === undefined) {
          // A person's work: a secret's content, a Kafka ACL, a function that is gone.
          expect(
            mapping!.findings
              .find((finding) => finding.check === cause)!
              .fixes.every(({ safety }) => safety === 'by-hand'),
          ).toBe(true);
          return;
        }
        for (const change of fix.changes satisfies Change[])
          expect(await applyCall(clients, change)).toMatchObject({ outcome: 'ok' });
        fixed.push(cause);
        for (let look = 0; look < looks; look++) await read();
        const after = (await read())[0]!;
        expect(
          after.causes.map(({ check }) => check),
          fixed.join(),
        ).not.toContain(cause);
      }
      const [mapping] = await read();
      // A warning that was there beside the fault may stay.
      expect(['healthy', 'at-risk']).toContain(mapping!.verdict);
      expect(mapping!.observed.lastProcessingResult).toBe('OK');
    },
  );
});

test('every operation that the code of a fix names is known to the sandbox and to the clients', async () => {
  const folders = ['checks', 'network', 'access'].map((name) => new URL(`../../src/${name}/`, import.meta.url));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      // `--what-if` plays changes that no fix makes.
      .filter((name) => name.endsWith('.ts') && !name.startsWith('what-if'))
      .map((name) => new URL(name, folder)),
  );
  const named = new Set(
    files.flatMap((file) =>
      [
        ...readFileSync(file, 'utf8').matchAll(
          /'((?:Authorize|Revoke|Create|Delete|Modify|Replace|Put|Update|Attach|Detach|Batch|Cancel|Restore)[A-Z][A-Za-z]+)'/g,
        ),
      ].map(([, name]) => name!),
    ),
  );
  expect(named.size).toBeGreaterThan(15);
  for (const operation of named) {
    const service = (Object.keys(services) as Service[]).find((candidate) =>
      canReplay({ service: candidate, operation }),
    );
    expect(service, operation).toBeDefined();
    expect(Object.keys((await services[service!]()).commands)).toContain(operation);
  }
});
