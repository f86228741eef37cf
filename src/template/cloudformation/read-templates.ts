/** CloudFormation templates to resources: several stacks, joined by exports and nested stacks. */
import { posix } from 'node:path';
import { textSymbol } from '../../snapshot/symbols.js';
import { locate, type DocumentPath, type PositionTree } from '../location.js';
import {
  isObject,
  TemplateError,
  type DuplicateKey,
  type Json,
  type JsonObject,
  type ReadTemplates,
  type TemplateFormat,
  type TemplateResource,
  type UnreadPart,
} from '../resource.js';
import { isSam } from '../sam/expand.js';
import type { Scope } from './identities.js';
import { entriesOf } from './loops.js';
import { readYaml } from './read-yaml.js';
import type { StackContext } from './resolver.js';
import { Stack, type RawResource } from './stack.js';

/** A template file of the input. */
export interface TemplateSource {
  path: string;
  text: string;
  format: TemplateFormat;
  /** The name of the stack, where the input has it (`cdk.out`). */
  stackName?: string;
  parameters?: Readonly<Record<string, Json>>;
}

export interface ReadOptions {
  scope: Scope;
  parameters: Readonly<Record<string, Json>>;
  /** The text of a template beside another one; null where there is none, or it is outside its folder. */
  readBeside(path: string): string | null;
  /** Writes out a transform (SAM) before anything is resolved. */
  transform?(template: JsonObject, resources: ReadonlyMap<string, RawResource>): ReadonlyMap<string, RawResource>;
  /** A file of another tool as the template that the tool makes of it; null for a template. */
  rewrite?(source: TemplateSource, document: JsonObject, note: StackContext['note']): RewrittenTemplate | null;
}

export interface RewrittenTemplate {
  format: TemplateFormat;
  /** Its other sections. */
  template: JsonObject;
  resources: ReadonlyMap<string, RawResource>;
  stackName: string;
  /** Sections whose content is not in the input, with what is written there. */
  unread: readonly { path: DocumentPath; source: string }[];
}

interface ReadStack {
  stack: Stack;
  source: TemplateSource;
  positions: PositionTree;
  /** The logical ids of the nested stacks around it, joined by `/`; empty for a stack of its own. */
  prefix: string;
  /** The file of the outermost stack. */
  root: string;
}

type Outer = Pick<ReadStack, 'prefix' | 'root'>;

/** Nested stacks within nested stacks, at most. */
const deepestNesting = 8;

/** All resources of all stacks. Throws `TemplateError` for a file that is no template. */
export function readCloudFormation(sources: readonly TemplateSource[], options: ReadOptions): ReadTemplates {
  const symbols = new Map<string, string>();
  const stacks: ReadStack[] = [];
  const files: ReadTemplates['files'] = [];
  const duplicates: DuplicateKey[] = [];
  const unread: UnreadPart[] = [];
  const exported = (name: string): Json | undefined => {
    for (const { stack } of stacks) {
      const output = Object.values(outputsOf(stack)).find(
        (candidate) => candidate['Export'] !== undefined && stack.resolve(nameOfExport(candidate)) === name,
      );
      if (output?.['Value'] !== undefined) return stack.resolve(output['Value']);
    }
    return undefined;
  };
  const note = (symbol: string, meaning: string) => void symbols.set(symbol, meaning);
  const add = (given: TemplateSource, parameters: Readonly<Record<string, Json>>, outer: Outer | null): ReadStack => {
    const prefix = outer?.prefix ?? '';
    const { data, positions, duplicates: found } = readYaml(given.text, given.path);
    duplicates.push(...found);
    if (!isObject(data))
      throw new TemplateError('it is not a template: an object with Resources is expected', first(given));
    const rewritten = prefix === '' ? (options.rewrite?.(given, data, note) ?? null) : null;
    const template = rewritten?.template ?? data;
    if (prefix === '' && rewritten === null && !hasResources(template))
      throw new TemplateError('it is not a template: an object with Resources is expected', first(given));
    for (const { path, source: written } of rewritten?.unread ?? [])
      unread.push({ address: path.join('.'), source: written, location: locate(given.path, positions, path) });
    const source: TemplateSource =
      rewritten === null ? given : { ...given, format: rewritten.format, stackName: rewritten.stackName };
    const key = prefix === '' ? source.path : `${source.path}#${prefix}`;
    const nested = new Map<string, ReadStack | null>();
    const stack: Stack = new Stack(
      template,
      {
        scope: options.scope,
        key,
        name: source.stackName ?? textSymbol(`${key}.StackName`),
        parameters: { ...parameters, ...source.parameters },
        exported,
        nestedOutput: (logicalId, output) => {
          const inner = nestedOf(logicalId);
          const value = inner === null ? undefined : outputsOf(inner.stack)[output]?.['Value'];
          return inner === null || value === undefined ? undefined : inner.stack.resolve(value);
        },
        note,
      },
      (made) => rewritten?.resources ?? rawResources(template, made, options),
    );
    const read = { stack, source, positions, prefix, root: outer?.root ?? posix.normalize(source.path) };
    const nestedOf = (logicalId: string): ReadStack | null => {
      const earlier = nested.get(logicalId);
      if (earlier !== undefined) return earlier;
      nested.set(logicalId, null);
      const made = readNested(read, logicalId, options, add);
      nested.set(logicalId, made);
      return made;
    };
    stacks.push(read);
    files.push({ path: source.path, format: formatOf(source, data) });
    for (const [logicalId, { raw }] of stack.resources)
      if (raw['Type'] === 'AWS::CloudFormation::Stack') nestedOf(logicalId);
    return read;
  };
  for (const source of sources) add(source, options.parameters, null);
  const deployed = withoutNested(stacks);
  return {
    files: uniqueBy(files, ({ path }) => path),
    resources: deployed.flatMap(resourcesOf),
    comments: uniqueBy(deployed, ({ source }) => source.path)
      .map(({ source }) => source)
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .flatMap((line, index) =>
            line.includes('msk-lambda-ignore:') ? [{ file: path, line: index + 1, text: line }] : [],
          ),
      ),
    duplicates: uniqueBy(duplicates, ({ second: { file, line, column } }) => `${file}:${line}:${column}`),
    unread,
    symbols,
    parameters: stacks.flatMap(({ stack }) => Object.keys(stack.section('Parameters'))),
  };
}

/** A template that another one of the input nests is not deployed on its own, although its folder was named. */
function withoutNested(stacks: readonly ReadStack[]): readonly ReadStack[] {
  const nested = new Set(stacks.filter(({ source, root }) => root !== source.path).map(({ source }) => source.path));
  return stacks.filter(({ prefix, source }) => prefix !== '' || !nested.has(posix.normalize(source.path)));
}

/** The first item with each key. */
const uniqueBy = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => {
  const found = new Map<string, T>();
  for (const item of items) if (!found.has(keyOf(item))) found.set(keyOf(item), item);
  return [...found.values()];
};

/** A document without resources is another kind of file; one with an empty section has nothing to check. */
const hasResources = ({ Resources: resources }: JsonObject): boolean => resources === null || isObject(resources);

/** A template that names SAM’s transform is SAM, unless the user says otherwise. */
const formatOf = ({ format }: TemplateSource, template: JsonObject): TemplateFormat =>
  format === 'cloudformation' && isSam(template) ? 'sam' : format;

const first = ({ path: file }: TemplateSource) => ({ file, line: 1, column: 1, path: '' });

const outputsOf = (stack: Stack): Record<string, JsonObject> =>
  Object.fromEntries(
    entriesOf(stack.section('Outputs'), (collection) => collectionOf(stack, collection)).flatMap(({ name, value }) =>
      isObject(value) ? [[name, value]] : [],
    ),
  );

function nameOfExport(output: JsonObject): Json {
  const declared = output['Export'];
  return isObject(declared) ? (declared['Name'] ?? null) : null;
}

function collectionOf(stack: Stack, collection: Json): string[] | null {
  const items = stack.resolve(collection);
  return Array.isArray(items) ? items.map(String) : null;
}

function rawResources(template: JsonObject, stack: Stack, options: ReadOptions): ReadonlyMap<string, RawResource> {
  const section = template['Resources'];
  const entries = entriesOf(isObject(section) ? section : {}, (collection) => collectionOf(stack, collection));
  const resources = new Map(
    entries.flatMap(({ name, value, path }): [string, RawResource][] =>
      isObject(value) && typeof value['Type'] === 'string'
        ? [[name, { raw: value, path: ['Resources', ...path] }]]
        : [],
    ),
  );
  return options.transform?.(template, resources) ?? resources;
}

function readNested(
  outer: ReadStack,
  logicalId: string,
  options: ReadOptions,
  add: (source: TemplateSource, parameters: Readonly<Record<string, Json>>, outer: Outer) => ReadStack,
): ReadStack | null {
  const properties = outer.stack.propertiesOf(logicalId);
  // The CDK writes the file of an asset beside the address that it has after the upload.
  const metadata = outer.stack.resources.get(logicalId)?.raw['Metadata'];
  const url = (isObject(metadata) ? metadata['aws:asset:path'] : undefined) ?? properties['TemplateURL'];
  const prefix = outer.prefix === '' ? logicalId : `${outer.prefix}/${logicalId}`;
  if (typeof url !== 'string' || /^[a-z0-9]+:/i.test(url) || prefix.replaceAll(/[^/]/g, '').length >= deepestNesting)
    return null;
  const path = posix.normalize(posix.join(posix.dirname(outer.source.path), url));
  const text = options.readBeside(path);
  if (text === null) return null;
  const parameters = properties['Parameters'];
  return add({ path, text, format: outer.source.format }, isObject(parameters) ? parameters : {}, {
    prefix,
    root: outer.root,
  });
}

function resourcesOf({ stack, source, positions, prefix }: ReadStack): TemplateResource[] {
  const addressOf = (logicalId: string) => (prefix === '' ? logicalId : `${prefix}/${logicalId}`);
  return [...stack.resources].flatMap(([logicalId, { raw, path, at }]) => {
    const exists = stack.exists(logicalId);
    if (exists === 'no') return [];
    const identity = stack.identity(logicalId)!;
    const metadata = raw['Metadata'];
    return [
      {
        address: addressOf(logicalId),
        type: String(raw['Type']),
        format: source.format,
        properties: stack.propertiesOf(logicalId),
        id: identity.ref,
        arn: identity.arn,
        isCertain: exists === 'yes',
        ...(source.stackName === undefined || prefix !== '' ? {} : { stackName: source.stackName }),
        dependsOn: new Set([...stack.dependenciesOf(logicalId)].map(addressOf)),
        locate: (inner: DocumentPath) => locate(source.path, positions, at?.(inner) ?? [...path, ...inner]),
        metadata: isObject(metadata) ? metadata : {},
      },
    ];
  });
}
