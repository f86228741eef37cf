/** The files that `lint` reads. */
import { existsSync, readFileSync, realpathSync, statSync, readdirSync } from 'node:fs';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../../../errors.js';
import type { TemplateSource } from '../../../template/cloudformation/read-templates.js';
import { nestedAssemblies, readAssembly } from '../../../template/input/cdk.js';
import type { TemplateFormat } from '../../../template/resource.js';
import { whyUnreadable } from '../../../text/file-errors.js';
import { readStdin } from '../../read-stdin.js';
import { detectFormat } from './detect-format.js';
import type { Io } from '../../io.js';

/** Templates are smaller (CloudFormation quota: 1 MB); plans may be larger. */
export const mostBytes = 50_000_000;
const templateEndings = new Set(['.yaml', '.yml', '.json', '.template']);
const terraformEndings = ['.tf', '.tofu', '.tfvars', '.tf.json', '.tofu.json', '.tfvars.json'];
/** A file that Terraform reads with the other files of its folder. */
export const isTerraformFile = (path: string): boolean => terraformEndings.some((ending) => path.endsWith(ending));
/** Folders without templates of this project. */
const leftOut = new Set(['node_modules', '.git', '.terraform', '.venv', '.aws-sam']);
/** What `serverless package` writes; the other template there creates only the bucket for the code. */
const serverlessTemplate = 'cloudformation-template-update-stack.json';

export interface LintInput {
  sources: TemplateSource[];
  /** Where the files say that they are deployed. */
  region: string | undefined;
  account: string | undefined;
  /** A Terraform plan among the files. */
  plan: { path: string; text: string } | null;
}

/** Throws `UsageError` for a path that cannot be read. In folders, files that are no template are left out. */
export async function readInput(
  paths: readonly string[],
  format: TemplateFormat | undefined,
  io: Io,
): Promise<LintInput> {
  const input: LintInput = { sources: [], region: undefined, account: undefined, plan: null };
  for (const path of paths.length === 0 ? ['.'] : paths)
    if (path === '-') addFile(input, path, await readStdin(io, 'standard input is too long for a template'), format);
    else if (isFolder(path)) addFolder(input, path, format);
    // Terraform reads folders, not files.
    else if (isTerraformFile(path)) addTerraform(input, dirname(path));
    else addFile(input, path, readText(path), format);
  // A file that is named twice is deployed once.
  const unique = new Map(input.sources.toReversed().map((source) => [resolve(source.path), source]));
  return { ...input, sources: [...unique.values()].toReversed() };
}

/** A file that the user names, or standard input. */
function addFile(input: LintInput, path: string, text: string, format: TemplateFormat | undefined): void {
  const detected = format === undefined || format === 'terraform' ? detectFormat(text) : null;
  if (detected === 'plan') {
    if (input.plan !== null && input.plan.path !== path)
      throw new UsageError(`${input.plan.path} and ${path} are both Terraform plans`, 'Check one plan at a time.');
    input.plan = { path, text };
  } else if (detected === 'assembly' && path !== '-') addAssembly(input, dirname(path), text);
  else input.sources.push({ path, text, format: format ?? (detected === 'terraform' ? detected : formatOf(path)) });
}

const formatOf = (path: string): TemplateFormat =>
  path.endsWith(serverlessTemplate) ? 'serverless' : 'cloudformation';

function addFolder(input: LintInput, folder: string, format: TemplateFormat | undefined): void {
  const manifest = readBeside(join(folder, 'manifest.json'));
  if (format === 'cdk' || (manifest !== null && /"artifacts"\s*:/.test(manifest))) {
    addAssembly(input, folder, manifest);
    return;
  }
  const packaged = readBeside(join(folder, serverlessTemplate));
  if (packaged !== null) {
    input.sources.push({ path: join(folder, serverlessTemplate), text: packaged, format: 'serverless' });
    return;
  }
  const entries = entriesOf(folder);
  // `serverless package` has written out all that the service leaves to variables and plugins.
  const isPackaged = readBeside(join(folder, '.serverless', serverlessTemplate)) !== null;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    // A link may lead out of the folder.
    if (entry.isDirectory() && !leftOut.has(entry.name)) addFolder(input, path, format);
    if (entry.isFile() && isTerraformFile(entry.name))
      input.sources.push({ path, text: readText(path), format: 'terraform' });
    if (entry.isDirectory() && entry.name === '.terraform') addDownloadedModules(input, folder);
    if (!entry.isFile() || isTerraformFile(entry.name) || !templateEndings.has(extname(entry.name))) continue;
    const text = readText(path);
    const isServiceFile = isService(entry.name, text);
    if (isServiceFile ? !isPackaged : isTemplate(text))
      input.sources.push({ path, text, format: format ?? (isServiceFile ? 'serverless' : 'cloudformation') });
  }
}

/** The configuration in a folder, with the modules below it. */
function addTerraform(input: LintInput, folder: string): void {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name === '.terraform') addDownloadedModules(input, folder);
    else if (entry.isDirectory() && !leftOut.has(entry.name)) addTerraform(input, path);
    else if (entry.isFile() && isTerraformFile(entry.name))
      input.sources.push({ path, text: readText(path), format: 'terraform' });
  }
}

/** The modules that `terraform init` has copied; their examples are left out. */
function addDownloadedModules(input: LintInput, folder: string): void {
  const manifest = readBeside(join(folder, '.terraform', 'modules', 'modules.json')) ?? '';
  const folders = new Set(
    [...manifest.matchAll(/"Dir"\s*:\s*"(\.terraform\/modules\/[^"\\]+)"/g)].map(([, dir]) => dir!),
  );
  const root = realpathSync(folder);
  for (const dir of folders) {
    const module = join(folder, dir);
    if (!existsSync(module) || !realpathSync(module).startsWith(root + sep)) continue;
    for (const entry of entriesOf(module))
      if (entry.isFile() && isTerraformFile(entry.name))
        input.sources.push({
          path: join(module, entry.name),
          text: readText(join(module, entry.name)),
          format: 'terraform',
        });
  }
}

const entriesOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));

function addAssembly(input: LintInput, folder: string, manifest: string | null): void {
  if (manifest === null)
    throw new UsageError(`${folder} has no manifest.json`, 'Run `cdk synth` first, and name the folder cdk.out.');
  const { sources, region, account } = readAssembly(folder, manifest, readBeside);
  input.sources.push(...sources);
  input.region ??= region;
  input.account ??= account;
  for (const inner of nestedAssemblies(manifest)) {
    const path = join(folder, inner);
    const text = relative(folder, path).startsWith('..') ? null : readBeside(join(path, 'manifest.json'));
    if (text !== null) addAssembly(input, path, text);
  }
}

/** A `serverless.yml` of the Serverless Framework. */
const isService = (name: string, text: string): boolean =>
  /^serverless\b/.test(name) && /^[ \t]*"?provider"?[ \t]*:/m.test(text);

const isTemplate = (text: string): boolean => /^[ \t]*"?Resources"?[ \t]*:/m.test(text) && /\bAWS::/.test(text);

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new UsageError(whyUnreadable(path, error), undefined, { cause: error });
  }
}

export function readText(path: string): string {
  try {
    if (statSync(path).size > mostBytes) throw new UsageError(`${path} is larger than ${mostBytes / 1_000_000} MB`);
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(whyUnreadable(path, error), undefined, { cause: error });
  }
}

function readBeside(path: string): string | null {
  try {
    return readText(path);
  } catch {
    return null;
  }
}

/** Reads a file beside a template; null for one outside the folders of the input, also by a link. */
export function besideReader(paths: readonly string[]): (path: string) => string | null {
  const folders = (paths.length === 0 ? ['.'] : paths)
    .filter((path) => path !== '-')
    .map((path) => realpathSync(isFolder(path) ? path : resolve(path, '..')));
  return (path) => {
    try {
      const real = realpathSync(path);
      return folders.some((folder) => real.startsWith(folder + sep)) ? readText(real) : null;
    } catch {
      return null;
    }
  };
}
