import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import doctorSchema from '../../schema/doctor.v1.json' with { type: 'json' };
import type { DoctorDocument } from '../../src/report/documents/doctor.js';
import { openAccount, sandboxAccounts } from '../../src/sandbox/index.js';
import type { Answerer } from '../../src/account/clients.js';
import { startDouble } from '../wire/double.js';
import { looksLikeTrace, run, spawnProgram } from './program.js';

const validate = new Ajv2020().compile(doctorSchema);

/** Accounts that a process of its own reads too: one for each exit code, and one for each protocol of AWS's services. */
const inProcess = new Set(['nat', 'nat-blackhole', 'scram', 'half-readable']);
const runs = sandboxAccounts.flatMap((account) => [
  { name: account.name, account, start: run },
  ...(inProcess.has(account.name)
    ? [{ name: `${account.name}, as a process of its own`, account, start: spawnProgram }]
    : []),
]);

describe('the built program, over HTTP', () => {
  test.concurrent.each(runs)('$name', async ({ account: { name, healthy, verdict, firstCause }, start }) => {
    const double = await startDouble(openAccount(name)!.answer as Answerer);
    try {
      const ran = await start(['doctor', '--output', 'json'], { env: { AWS_ENDPOINT_URL: double.url } });
      expect(looksLikeTrace(ran)).toBe(false);
      const document = JSON.parse(ran.stdout) as DoctorDocument;
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
      const [mapping] = document.mappings;
      const failed = document.reads.filter(({ outcome }) => outcome === 'failed');
      if (healthy) {
        expect(failed).toEqual([]);
        expect(mapping!.findings.filter(({ status }) => status === 'fail')).toEqual([]);
        expect([mapping!.verdict, ran.exitCode]).toEqual(['healthy', 0]);
      } else {
        expect(mapping!.causes[0]?.check ?? null, JSON.stringify(mapping!.causes)).toBe(firstCause);
        expect([mapping!.verdict, ran.exitCode]).toEqual([
          verdict,
          { unknown: 3, disabled: 0, 'at-risk': 0 }[verdict as string] ?? 1,
        ]);
      }
    } finally {
      await double.close();
    }
  });
});
