/** A cloud assembly of the CDK (`cdk.out`): its manifest names the templates of its stacks. */
import { posix } from 'node:path';
import type { TemplateSource } from '../cloudformation/read-templates.js';
import { isObject, TemplateError, type Json, type JsonObject } from '../resource.js';

export interface Assembly {
  sources: TemplateSource[];
  /** Where the stacks are deployed, if all name the same region or account. */
  region: string | undefined;
  account: string | undefined;
}

/** `read`: the text of a file of the folder; null where there is none. Throws `TemplateError` for a broken manifest. */
export function readAssembly(folder: string, manifest: string, read: (path: string) => string | null): Assembly {
  const file = posix.join(folder, 'manifest.json');
  const stacks = artifactsOf(manifest, file).flatMap((artifact): (TemplateSource & Environment)[] => {
    const properties = artifact['properties'];
    if (artifact['type'] !== 'aws:cloudformation:stack' || !isObject(properties)) return [];
    const path = posix.join(folder, String(properties['templateFile'] ?? ''));
    const text = read(path);
    if (text === null) throw new TemplateError(`the manifest names ${path}, which does not exist`, start(file));
    const name = properties['stackName'];
    const parameters = properties['parameters'];
    return [
      {
        path,
        text,
        format: 'cdk',
        ...(typeof name === 'string' ? { stackName: name } : {}),
        ...(isObject(parameters) ? { parameters: literals(parameters) } : {}),
        ...environmentOf(artifact['environment']),
      },
    ];
  });
  return {
    sources: stacks.map(({ region: _region, account: _account, ...source }) => source),
    region: common(stacks.map(({ region }) => region)),
    account: common(stacks.map(({ account }) => account)),
  };
}

/** Stacks of stages are in assemblies within the assembly; each is an artifact of a manifest of its own. */
function artifactsOf(manifest: string, file: string): JsonObject[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(manifest);
  } catch {
    throw new TemplateError('the manifest is not JSON', start(file));
  }
  const artifacts = isObject(parsed) ? parsed['artifacts'] : undefined;
  return isObject(artifacts) ? Object.values(artifacts).filter(isObject) : [];
}

const start = (file: string) => ({ file, line: 1, column: 1, path: '' });

interface Environment {
  region?: string;
  account?: string;
}

/** `aws://ACCOUNT/REGION`, each of which may be unknown. */
function environmentOf(environment: Json | undefined): Environment {
  const [, account = '', region = ''] = /^aws:\/\/([^/]+)\/(.+)$/.exec(String(environment ?? '')) ?? [];
  return {
    ...(/^\d{12}$/.test(account) ? { account } : {}),
    ...(region === '' || region.startsWith('unknown') ? {} : { region }),
  };
}

const literals = (parameters: JsonObject): Record<string, Json> =>
  // A parameter for an asset's bucket holds a token that is resolved at deployment.
  Object.fromEntries(
    Object.entries(parameters).filter(([, value]) => typeof value !== 'string' || !value.includes('${')),
  );

function common(values: readonly (string | undefined)[]): string | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}

/** Folders of the assemblies of stages, from a manifest. */
export const nestedAssemblies = (manifest: string): string[] => {
  try {
    return artifactsOf(manifest, '').flatMap(({ type, properties }) =>
      type === 'cdk:cloud-assembly' && isObject(properties) && typeof properties['directoryName'] === 'string'
        ? [properties['directoryName']]
        : [],
    );
  } catch {
    return [];
  }
};
