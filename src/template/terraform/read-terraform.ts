/** Terraform configurations to resources. */
import { posix } from 'node:path';
import type { Scope } from '../cloudformation/identities.js';
import type { DocumentPath } from '../location.js';
import type { Json, ReadTemplates, TemplateResource, UnreadPart } from '../resource.js';
import { parseFile, type Block, type Body } from './body.js';
import { Configuration, isVariableFile } from './configuration.js';
import { parseJsonFile } from './json-syntax.js';
import { joinAdditions } from './join-additions.js';
import type { Module } from './module.js';
import type { ModuleView } from './module-view.js';
import { Plan } from './plan.js';
import { positionIn, toLocation } from './positions.js';
import { ResourceInstance } from './resource-instance.js';
import type { Expression } from './tree.js';
import type { Piece } from './resources/translation.js';

export interface TerraformSource {
  path: string;
  text: string;
}

export interface TerraformOptions {
  scope: Scope;
  parameters: Readonly<Record<string, Json>>;
  readBeside(path: string): string | null;
  /** The output of `terraform show -json`, for the configuration in `folder`. */
  plan?: TerraformPlan | null;
  /** Paths of files with variables that the user names, as with `-var-file`. */
  variableFiles?: readonly string[];
}

export interface TerraformPlan {
  path: string;
  text: string;
  /** Where the configuration is; null where only the plan is known. */
  folder: string | null;
}

/** Throws `TemplateError` for a file that cannot be read. */
export function readTerraform(sources: readonly TerraformSource[], options: TerraformOptions): ReadTemplates {
  const texts = new Map(sources.map(({ path, text }) => [posix.normalize(path), text]));
  const files = new Map(
    [...texts].map(([path, text]) => [
      path,
      path.endsWith('.json') ? parseJsonFile(path, text) : parseFile(path, text),
    ]),
  );
  const symbols = new Map<string, string>();
  const plan = options.plan == null ? null : new Plan(options.plan.path, options.plan.text);
  const roots = plan === null ? rootsOf(files) : [posix.normalize(options.plan!.folder ?? 'plan')];
  const unread: UnreadPart[] = [];
  const resources = roots.flatMap((root) => {
    const configuration = new Configuration(
      root,
      { files, readBeside: (path) => options.readBeside(path) },
      options.scope,
      options.parameters,
      symbols,
      plan,
      options.variableFiles,
    );
    return joinAdditions(withModuleDependencies(resourcesOf(configuration.rootModule, unread)));
  });
  return {
    files: [
      ...[...files.keys()].filter((path) => !isVariableFile(path)).toSorted(),
      ...(options.plan == null ? [] : [options.plan.path]),
    ].map((path) => ({ path, format: 'terraform' })),
    resources,
    unread,
    comments: [...texts].flatMap(([file, text]) =>
      text
        .split('\n')
        .flatMap((line, index) => (line.includes('msk-lambda-ignore:') ? [{ file, line: index + 1, text: line }] : [])),
    ),
    symbols,
    parameters: [...[...files.values()].flatMap(variablesOf), ...Object.keys(plan?.variables ?? {})],
  };
}

const variablesOf = ({ blocks }: Body): string[] =>
  blocks.flatMap(({ type, labels: [name] }) => (type === 'variable' && name !== undefined ? [name] : []));

/** The folders with configurations that no other one calls as a module. */
function rootsOf(files: ReadonlyMap<string, Body>): string[] {
  const folders = new Set<string>();
  const called = new Set<string>();
  for (const [path, { blocks }] of files) {
    if (isVariableFile(path) || path.includes('.terraform/')) continue;
    const folder = posix.dirname(path);
    folders.add(folder);
    for (const { type, body } of blocks) {
      const source = type === 'module' ? body.attributes.get('source')?.expression : undefined;
      if (source?.is === 'literal' && /^\.\.?(?:\/|$)/.test(String(source.value)))
        called.add(posix.join(folder, String(source.value)).replace(/(?<=.)\/$/, ''));
    }
  }
  const roots = [...folders].filter((folder) => !called.has(folder)).toSorted();
  // In a circle of folders each one is called.
  return roots.length === 0 ? [...folders].toSorted().slice(0, 1) : roots;
}

/** Adds modules that the input does not have to `unread`. */
function resourcesOf(module: Module, unread: UnreadPart[]): TemplateResource[] {
  return module.body.blocks.flatMap((block): TemplateResource[] => {
    if (block.type === 'module') {
      const called = module.called(block);
      if (called.some(({ module: inner }) => inner === null)) unread.push(unreadModule(module, block));
      return called.flatMap(({ module: inner }) => (inner === null ? [] : resourcesOf(inner, unread)));
    }
    if (block.type !== 'resource') return [];
    return module.instancesOf(block).flatMap((made) => (made instanceof ResourceInstance ? translated(made) : []));
  });
}

function unreadModule(module: Module, { labels, body, file, at }: Block): UnreadPart {
  const source = body.attributes.get('source')?.expression;
  const address = module.addressOf(`module.${labels[0] ?? ''}`);
  return {
    address,
    source: source?.is === 'literal' && typeof source.value === 'string' ? source.value : null,
    location: toLocation({ file, at }, [address]),
  };
}

function translated(made: ResourceInstance): TemplateResource[] {
  const { translation, identity, block, instance, module, key } = made;
  if (translation === undefined) return [];
  const { value: config, references } = made.config();
  const self = { id: identity.ref, arn: identity.arn };
  const dependsOn = new Set([...references, ...writtenDependencies(made)]);
  dependsOn.delete(key);
  const around = { file: block.file, at: block.at };
  const resource = ({ type, properties, written = {} }: Piece, id: string, arn: string | null): TemplateResource => ({
    address: key,
    type,
    format: 'terraform',
    properties,
    id,
    arn,
    isCertain: instance.isCertain && module.isCertain,
    ...(isCreatedFirst(block) ? { isCreatedFirst: true } : {}),
    dependsOn,
    locate: (path: DocumentPath) => {
      const [, property, ...rest] = path;
      const argument = property === undefined ? [] : (written[String(property)] ?? [property]);
      const inner = property === 'Policies' ? [rest[0] ?? 0, 'policy', ...rest.slice(2)] : rest;
      return toLocation(positionIn(block.body, instance.scope, module, [...argument, ...inner], around), [
        key,
        ...argument.map(String),
        ...inner,
      ]);
    },
    metadata: {},
  });
  return [
    resource(
      { type: translation.type, properties: translation.properties(config, self), written: translation.written },
      self.id,
      self.arn,
    ),
    ...(translation.more?.(config, self) ?? []).map((piece, index) => resource(piece, `${self.id}#${index}`, null)),
  ];
}

function isCreatedFirst({ body }: Block): boolean {
  const written = body.blocks
    .find(({ type }) => type === 'lifecycle')
    ?.body.attributes.get('create_before_destroy')?.expression;
  return written?.is === 'literal' && written.value === true;
}

/** `depends_on`: resources, and modules as `module.x`. */
function writtenDependencies({ block, module }: ResourceInstance): string[] {
  const written = block.body.attributes.get('depends_on')?.expression;
  return written?.is === 'list' ? written.items.flatMap((item) => addressOf(item, module)) : [];
}

function addressOf(expression: Expression, module: ModuleView): string[] {
  const names: string[] = [];
  let node = expression;
  for (;;)
    if (node.is === 'attribute') {
      names.unshift(node.name);
      node = node.of;
    } else if (node.is === 'index' || node.is === 'splat') node = node.of;
    else break;
  if (node.is !== 'variable') return [];
  return [module.addressOf([node.name, names[0] ?? ''].join('.'))];
}

/** A dependency on a module, or on a resource with several instances, is one on each of them. */
function withModuleDependencies(resources: readonly TemplateResource[]): TemplateResource[] {
  const addresses = [...new Set(resources.map(({ address }) => address))];
  const known = new Set(addresses);
  return resources.map((resource) => ({
    ...resource,
    dependsOn: new Set(
      [...resource.dependsOn].flatMap((name) =>
        known.has(name)
          ? [name]
          : addresses.filter((address) => address.startsWith(`${name}.`) || address.startsWith(`${name}[`)),
      ),
    ),
  }));
}
