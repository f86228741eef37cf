import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorDocument } from '../../../src/report/documents/doctor.js';
import { spawnProgram } from '../../e2e/program.js';
import { leftOut } from '../left-out.js';
import { sendTo } from './calls.js';
import { missingMoto, startMoto, type Moto } from './server.js';
import { buildWorld, type WorldOptions } from './world.js';

describe.skipIf(leftOut('moto', missingMoto()))('healthy accounts in moto', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  test.each<WorldOptions>([{}, { wayOut: 'nat' }, { auth: 'scram' }, { auth: 'scram', wayOut: 'nat' }])(
    '%o',
    async (options) => {
      const world = await buildWorld(moto.url, sendTo(moto.url), options);
      try {
        const ran = await spawnProgram(['doctor', '--timeout', '120', '--output', 'json'], { env: world.env });
        const document = JSON.parse(ran.stdout) as DoctorDocument;
        expect(document.reads.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
        const [mapping] = document.mappings;
        expect(mapping!.findings.filter(({ status }) => status === 'fail' || status === 'unknown')).toEqual([]);
        expect([mapping!.verdict, ran.exitCode]).toEqual(['healthy', 0]);
      } finally {
        await world.close();
      }
    },
  );
});
