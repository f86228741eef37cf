/** What we write as CloudFormation, judged by cfn-lint. `MSK_LAMBDA_CFN_LINT`: the program. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planFormats } from '../../../src/report/plan-formats/index.js';
import { realPlans } from '../../report/plan-formats/real-plans.js';
import { healthy, toYaml } from '../../template/support/healthy.js';
import { leftOut } from '../left-out.js';

const program = process.env['MSK_LAMBDA_CFN_LINT'] ?? 'cfn-lint';
const isMissing = spawnSync(program, ['--version']).error !== undefined;

describe.skipIf(leftOut('cfn-lint', isMissing ? 'cfn-lint is not installed (pip install cfn-lint)' : null))(
  'cfn-lint',
  () => {
    test('accepts the repair plans of all sandbox accounts', () => {
      const folder = mkdtempSync(join(tmpdir(), 'plans-'));
      try {
        const files = realPlans().map(({ name, region, plan }) => {
          const file = join(folder, `${name}.yaml`);
          writeFileSync(file, planFormats.cloudformation(plan, { region }));
          return file;
        });
        const { stdout, status } = spawnSync(
          program,
          ['--regions', 'eu-west-1', '--format', 'parseable', '--', ...files],
          {
            encoding: 'utf8',
            maxBuffer: 50_000_000,
          },
        );
        expect(stdout.replaceAll(folder, '')).toBe('');
        expect(status).toBe(0);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    test('accepts the healthy templates of the tests of lint', () => {
      const folder = mkdtempSync(join(tmpdir(), 'templates-'));
      try {
        const files = (['iam', 'scram', 'mtls'] as const).flatMap((auth) =>
          (['endpoints', 'nat'] as const).map((network) => {
            const file = join(folder, `${auth}-${network}.yaml`);
            const {
              Parameters: _parameters,
              Conditions: _conditions,
              Outputs: _outputs,
              ...template
            } = healthy({ auth, network });
            writeFileSync(file, toYaml(template));
            return file;
          }),
        );
        const { stdout } = spawnSync(program, ['--regions', 'eu-west-1', '--format', 'parseable', '--', ...files], {
          encoding: 'utf8',
          maxBuffer: 50_000_000,
        });
        // Warnings are about style, such as a DependsOn that a reference makes superfluous.
        expect(
          stdout
            .split('\n')
            .filter((line) => /:E\d+:/.test(line))
            .join('\n')
            .replaceAll(folder, ''),
        ).toBe('');
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);
