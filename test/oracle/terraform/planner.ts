/** Makes plans with Terraform and the stand-in provider, without a registry and without an account. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('provider', import.meta.url));

export interface Planner {
  /** Which tool is missing; null where all are there. */
  missing: string | null;
  /** The text of `terraform show -json` for a plan of these files. */
  plan(files: Readonly<Record<string, string>>): string;
  /** Removes all that was written. */
  remove(): void;
}

export function planner(): Planner {
  const root = mkdtempSync(join(tmpdir(), 'msk-lambda-terraform-'));
  const remove = () => rmSync(root, { recursive: true, force: true });
  const missing = ['terraform', 'go'].find((tool) => spawnSync(tool, ['version']).error !== undefined);
  const unbuilt = missing === undefined ? build(root) : `${missing} is not installed`;
  const plans = new Map<string, string>();
  return {
    missing: unbuilt,
    remove,
    plan(files) {
      const key = JSON.stringify(files);
      const made = plans.get(key) ?? planOf(root, String(plans.size), files);
      plans.set(key, made);
      return made;
    },
  };
}

/** Builds the provider, and tells Terraform where it is; null, or why it cannot be built. */
function build(root: string): string | null {
  const { status, stderr } = spawnSync('go', ['build', '-o', join(root, 'bin', 'terraform-provider-aws'), '.'], {
    cwd: source,
    encoding: 'utf8',
  });
  if (status !== 0) return `the provider cannot be built: ${stderr.trim().split('\n').at(-1) ?? ''}`;
  writeFileSync(
    join(root, 'settings.tfrc'),
    `provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = ${JSON.stringify(join(root, 'bin'))}\n  }\n}\n`,
  );
  return null;
}

function planOf(root: string, name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, name);
  for (const [path, text] of Object.entries({ 'secret.auto.tfvars': secretFor(files), ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const terraform = (...words: string[]): string => {
    const { status, stdout, stderr } = spawnSync('terraform', [`-chdir=${folder}`, ...words], {
      encoding: 'utf8',
      maxBuffer: 100_000_000,
      env: {
        ...process.env,
        TF_CLI_CONFIG_FILE: join(root, 'settings.tfrc'),
        CHECKPOINT_DISABLE: '1',
        TF_IN_AUTOMATION: '1',
      },
    });
    if (status !== 0) throw new Error(`terraform ${words[0]!}: ${stderr}`);
    return stdout;
  };
  terraform('get', '-no-color');
  terraform('plan', '-input=false', '-no-color', '-lock=false', '-out=made.plan');
  return terraform('show', '-json', 'made.plan');
}

/** A password for the configurations that ask for one. */
const secretFor = (files: Readonly<Record<string, string>>): string =>
  Object.values(files).some((text) => text.includes('variable "password"')) ? `password = "${randomUUID()}"\n` : '';
