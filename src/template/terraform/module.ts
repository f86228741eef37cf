/** A module: its variables, locals, resources, inner modules and outputs, each computed when it is used. */
import { posix } from 'node:path';
import type { Attribute, Block, Body } from './body.js';
import { evaluate, value } from './evaluate.js';
import { unknownValue } from './scope.js';
import { collect, instancesOf, Members, type InstanceScope } from './instances.js';
import type { ModuleHost, ModuleView } from './module-view.js';
import { DataInstance, ResourceInstance } from './resource-instance.js';
import { convert } from './types.js';
import { Failure, Reference, type Value } from './values.js';

/** The call of a module that is not the root. */
export interface ModuleCall {
  block: Block;
  instance: InstanceScope;
  parent: Module;
}

/** Names that are looked up by their members. */
class Names extends Reference {
  constructor(
    readonly key: string,
    private readonly member: (name: string) => Value | undefined,
  ) {
    super();
  }

  attribute(name: string): Value {
    const found = this.member(name);
    if (found === undefined) throw new Failure('no such name');
    return found;
  }
}

/** The outputs of a module. */
class Outputs extends Reference {
  constructor(
    readonly key: string,
    private readonly output: (name: string) => Value,
  ) {
    super();
  }

  attribute(name: string): Value {
    return this.output(name);
  }
}

/** Modules within modules, at most. */
const deepestModules = 12;

export interface CalledModule {
  instance: InstanceScope;
  address: string;
  /** Null for a module outside the input. */
  module: Module | null;
}

export class Module implements ModuleView {
  readonly context: ModuleHost;
  private readonly once;
  /** By type and labels; the first of each. */
  private readonly blocks: ReadonlyMap<string, Block>;
  private readonly resourceTypes: ReadonlySet<string>;
  private readonly open = new Set<string>();
  private readonly made = new Map<Block, (ResourceInstance | DataInstance)[]>();
  private readonly calls = new Map<Block, CalledModule[]>();

  constructor(
    readonly host: ModuleHost,
    readonly folder: string,
    /** `module.orders["a"].module.inner`; empty for the root. */
    readonly address: string,
    readonly body: Body,
    private readonly call: ModuleCall | null,
    readonly isCertain: boolean,
  ) {
    this.context = host;
    this.blocks = new Map(body.blocks.toReversed().map((block) => [[block.type, ...block.labels].join(' '), block]));
    this.resourceTypes = new Set(
      body.blocks.filter(({ type }) => type === 'resource').map(({ labels }) => labels[0] ?? ''),
    );
    this.once = host.tracker.once<Value>();
  }

  /** The address of something in the module. */
  addressOf(name: string): string {
    return this.address === '' ? name : `${this.address}.${name}`;
  }

  readFile(path: string): string | null {
    return this.host.readFile(path);
  }

  lookup(name: string): Value | undefined {
    switch (name) {
      case 'var':
        return new Names('var', (variable) => this.guarded(`var.${variable}`, () => this.variable(variable)));
      case 'local':
        return new Names('local', (local) => this.guarded(`local.${local}`, () => this.local(local)));
      case 'path':
        return new Members('path', {
          module: posix.relative(this.host.root, this.folder) || '.',
          root: '.',
          cwd: '.',
        });
      case 'terraform':
        return new Names('terraform', (member) => this.unknown(`terraform.${member}`));
      case 'data':
        return new Names('data', (type) => new Names(`data.${type}`, (label) => this.resources('data', type, label)));
      case 'module':
        return new Names('module', (label) => this.modules(label));
      case 'each':
      case 'count':
      case 'self':
        return undefined;
      default:
        return this.resourceTypes.has(name)
          ? new Names(name, (label) => this.resources('resource', name, label))
          : undefined;
    }
  }

  /** The symbol of something in this module that only the deployment or the caller knows. */
  unknown(name: string): string {
    return unknownValue(this, this.addressOf(name), this.addressOf(name));
  }

  /** A value that depends on itself has none. */
  private guarded(name: string, work: () => Value): Value {
    return this.once(name, () => {
      if (this.open.has(name)) throw new Failure('a circle');
      this.open.add(name);
      try {
        return work();
      } finally {
        this.open.delete(name);
      }
    });
  }

  private block(...path: readonly string[]): Block | undefined {
    return this.blocks.get(path.join(' '));
  }

  private variable(name: string): Value {
    const declared = this.block('variable', name)?.body.attributes;
    const type = declared?.get('type')?.expression;
    const fallback = declared?.get('default')?.expression;
    const nullable = declared?.get('nullable')?.expression;
    const given = this.given(name, type?.is === 'variable' && type.name === 'string');
    const replacesNull = given === null && nullable?.is === 'literal' && nullable.value === false;
    const written =
      given === undefined || replacesNull ? (fallback === undefined ? undefined : evaluate(fallback, this)) : given;
    if (written === undefined) return this.unknown(`var.${name}`);
    return type === undefined ? written : convert(written, type, this);
  }

  /** The value that the caller gives; undefined where there is none. */
  private given(name: string, isText: boolean): Value | undefined {
    if (this.call === null) return this.host.given(name, isText);
    const argument = this.call.block.body.attributes.get(name);
    return argument === undefined ? undefined : evaluate(argument.expression, this.call.instance.scope);
  }

  argument(name: string): { attribute: Attribute; module: ModuleView } | null {
    const attribute = this.call?.block.body.attributes.get(name);
    return attribute === undefined ? null : { attribute, module: this.call!.parent };
  }

  localAttribute(name: string): Attribute | undefined {
    return this.body.blocks
      .find(({ type, body }) => type === 'locals' && body.attributes.has(name))
      ?.body.attributes.get(name);
  }

  private local(name: string): Value {
    const attribute = this.localAttribute(name);
    return attribute === undefined ? this.unknown(`local.${name}`) : value(attribute.expression, this);
  }

  output(name: string): Value {
    return this.guarded(`output.${name}`, () => {
      const written = this.block('output', name)?.body.attributes.get('value');
      return written === undefined ? this.unknown(`output.${name}`) : value(written.expression, this);
    });
  }

  instances(mode: 'resource' | 'data', type: string, label: string) {
    const block = this.block(mode, type, label);
    return block === undefined ? [] : this.instancesOf(block);
  }

  private resources(mode: 'resource' | 'data', type: string, label: string): Value {
    const block = this.block(mode, type, label);
    if (block === undefined) return this.unknown(`${mode === 'data' ? 'data.' : ''}${type}.${label}`);
    return this.guarded(`${mode} ${type}.${label}`, () =>
      collect(
        this.instancesOf(block).map((made) => ({ instance: made.instance, value: made })),
        block.body,
      ),
    );
  }

  /** The instances of a resource block. */
  instancesOf(block: Block): (ResourceInstance | DataInstance)[] {
    const known = this.made.get(block);
    if (known !== undefined) return known;
    // While the keys are computed, the resource has no instances.
    this.made.set(block, []);
    const [type = '', label = ''] = block.labels;
    const name = this.addressOf(`${block.type === 'data' ? 'data.' : ''}${type}.${label}`);
    const Kind = block.type === 'data' ? DataInstance : ResourceInstance;
    const made = instancesOf(block.body, this, name).map(
      (instance) => new Kind(this, block, type, `${name}${instance.suffix}`, instance),
    );
    this.made.set(block, made);
    return made;
  }

  private modules(label: string): Value {
    const block = this.block('module', label);
    if (block === undefined) return this.unknown(`module.${label}`);
    return this.guarded(`module.${label}`, () =>
      collect(
        this.called(block).map(({ instance, address, module }) => ({
          instance,
          value: new Outputs(address, (name) =>
            module === null ? unknownValue(this, `${address}.${name}`, `${address}.${name}`) : module.output(name),
          ),
        })),
        block.body,
      ),
    );
  }

  /** The instances of an inner module. */
  called(block: Block): CalledModule[] {
    const known = this.calls.get(block);
    if (known !== undefined) return known;
    this.calls.set(block, []);
    const address = this.addressOf(`module.${block.labels[0] ?? ''}`);
    const folder = this.folderOf(block);
    const isTooDeep = this.depth >= deepestModules;
    const written = folder === null || isTooDeep ? null : this.host.bodyOf(folder);
    const called = instancesOf(block.body, this, address, 40).map((instance): CalledModule => {
      const full = `${address}${instance.suffix}`;
      const isCertain = this.isCertain && instance.isCertain;
      const body = written ?? (isTooDeep ? null : this.host.plannedBody(full));
      return {
        instance,
        address: full,
        module:
          body === null
            ? null
            : new Module(this.host, folder ?? this.folder, full, body, { block, instance, parent: this }, isCertain),
      };
    });
    this.calls.set(block, called);
    return called;
  }

  /** Null for a module that the input does not have. */
  private folderOf({ labels, body }: Block): string | null {
    const source = body.attributes.get('source')?.expression;
    if (source?.is !== 'literal' || typeof source.value !== 'string') return null;
    if (/^\.\.?(?:\/|$)/.test(source.value)) return posix.join(this.folder, source.value).replace(/(?<=.)\/$/, '');
    const path = [...this.address.matchAll(/module\.([\w-]+)/g)].map(([, label]) => label!);
    return this.host.downloaded([...path, labels[0] ?? '']) ?? null;
  }

  private get depth(): number {
    return this.call === null ? 0 : this.call.parent.depth + 1;
  }
}
