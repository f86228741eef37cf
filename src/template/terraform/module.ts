/** A module: its variables, locals, resources, inner modules and outputs, each computed when it is used. */
import { posix } from 'node:path';
import { textSymbol } from '../../snapshot/symbols.js';
import type { Block, Body } from './body.js';
import type { Configuration } from './configuration.js';
import { evaluate, unknownValue, value, type Scope } from './evaluate.js';
import { collect, instancesOf, Members, type InstanceScope } from './instances.js';
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

export interface CalledModule {
  instance: InstanceScope;
  address: string;
  /** Null for a module outside the input. */
  module: Module | null;
}

export class Module implements Scope {
  readonly context: Configuration;
  private readonly once;
  private readonly open = new Set<string>();

  constructor(
    readonly configuration: Configuration,
    readonly folder: string,
    /** `module.orders["a"].module.inner`; empty for the root. */
    readonly address: string,
    readonly body: Body,
    private readonly call: ModuleCall | null,
    readonly isCertain: boolean,
  ) {
    this.context = configuration;
    this.once = configuration.tracker.once<Value>();
  }

  /** The address of something in the module. */
  addressOf(name: string): string {
    return this.address === '' ? name : `${this.address}.${name}`;
  }

  readFile(path: string): string | null {
    return this.configuration.readFile(path);
  }

  lookup(name: string): Value | undefined {
    switch (name) {
      case 'var':
        return new Names('var', (variable) => this.guarded(`var.${variable}`, () => this.variable(variable)));
      case 'local':
        return new Names('local', (local) => this.guarded(`local.${local}`, () => this.local(local)));
      case 'path':
        return new Members('path', {
          module: posix.relative(this.configuration.root, this.folder) || '.',
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
        return this.body.blocks.some(({ type, labels }) => type === 'resource' && labels[0] === name)
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

  private block(type: string, ...labels: readonly string[]): Block | undefined {
    return this.body.blocks.find(
      (block) => block.type === type && labels.every((label, index) => block.labels[index] === label),
    );
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
    if (this.call === null) return this.configuration.given(name, isText);
    const argument = this.call.block.body.attributes.get(name);
    return argument === undefined ? undefined : evaluate(argument.expression, this.call.instance.scope);
  }

  /** Where a variable's value is written by the caller. */
  argument(name: string): { expression: Block['body']['attributes'] extends ReadonlyMap<string, infer A> ? A : never; scope: Scope; module: Module } | null {
    const argument = this.call?.block.body.attributes.get(name);
    return argument === undefined
      ? null
      : { expression: argument, scope: this.call!.instance.scope, module: this.call!.parent };
  }

  /** Where a local is written. */
  localAttribute(name: string) {
    return this.body.blocks.find(({ type, body }) => type === 'locals' && body.attributes.has(name))?.body.attributes.get(name);
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

  /** The instances of a resource or data source, also for positions. */
  instances(mode: 'resource' | 'data', type: string, label: string) {
    const block = this.block(mode, type, label);
    return block === undefined ? [] : this.configuration.instances(this, block);
  }

  private resources(mode: 'resource' | 'data', type: string, label: string): Value {
    const block = this.block(mode, type, label);
    if (block === undefined) return this.unknown(`${mode === 'data' ? 'data.' : ''}${type}.${label}`);
    return this.guarded(`${mode} ${type}.${label}`, () =>
      collect(
        this.configuration.instances(this, block).map((made) => ({ instance: made.instance, value: made })),
        block.body,
      ),
    );
  }

  /** Makes the instances of a resource block; `Configuration` keeps them. */
  make(block: Block): (ResourceInstance | DataInstance)[] {
    const [type = '', label = ''] = block.labels;
    const name = this.addressOf(`${block.type === 'data' ? 'data.' : ''}${type}.${label}`);
    const Kind = block.type === 'data' ? DataInstance : ResourceInstance;
    return instancesOf(block.body, this, name).map(
      (instance) => new Kind(this, block, type, `${name}${instance.suffix}`, instance),
    );
  }

  private modules(label: string): Value {
    const block = this.block('module', label);
    if (block === undefined) return this.unknown(`module.${label}`);
    return this.guarded(`module.${label}`, () =>
      collect(
        this.called(block).map(({ instance, address, module }) => ({
          instance,
          value: new Outputs(address, (name) =>
            module === null
              ? unknownValue(this, `${address}.${name}`, `${address}.${name}`)
              : module.output(name),
          ),
        })),
        block.body,
      ),
    );
  }

  /** The instances of an inner module. */
  called(block: Block): CalledModule[] {
    return this.configuration.called(this, block);
  }

  /** Whether the module is within itself, as in a circle of folders. */
  get depth(): number {
    return this.call === null ? 0 : this.call.parent.depth + 1;
  }
}

/** The name that the provider makes of a prefix. */
export const generatedName = (prefix: string, address: string): string => `${prefix}${textSymbol(`${address}.name`)}`;
