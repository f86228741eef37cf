/** Instances of resources and data sources, and what their attributes give. */
import { textSymbol } from '../../snapshot/symbols.js';
import { identify, type Identity } from '../cloudformation/identities.js';
import type { JsonObject } from '../resource.js';
import type { Block } from './body.js';
import { blocksOf, configOf } from './config.js';
import { dataAttribute } from './data-sources.js';
import { evaluate } from './evaluate.js';
import { unknownValue } from './scope.js';
import type { InstanceScope } from './instances.js';
import type { ModuleView } from './module-view.js';
import { translationOf } from './resources/index.js';
import type { Translation } from './resources/translation.js';
import { Failure, Reference, toJson, type Value } from './values.js';

abstract class ConfiguredInstance extends Reference {
  constructor(
    readonly module: ModuleView,
    readonly block: Block,
    readonly type: string,
    /** As Terraform writes it: `module.orders.aws_msk_cluster.this["a"]`. */
    readonly key: string,
    readonly instance: InstanceScope,
  ) {
    super();
  }

  private whole: { value: JsonObject; references: ReadonlySet<string> } | null = null;
  private isOpen = false;

  /** All arguments, and the addresses of the resources that they refer to. */
  config(): { value: JsonObject; references: ReadonlySet<string> } {
    if (this.isOpen) throw new Failure('a circle');
    this.isOpen = true;
    try {
      return (this.whole ??= this.module.host.tracker.record(() => configOf(this.block.body, this.instance.scope)));
    } finally {
      this.isOpen = false;
    }
  }

  /** The value of an argument; undefined where it is not written. */
  configured(name: string): Value | undefined {
    const attribute = this.block.body.attributes.get(name);
    if (attribute !== undefined) return evaluate(attribute.expression, this.instance.scope);
    const blocks = blocksOf(this.block.body, name, this.instance.scope);
    return blocks.length === 0 ? undefined : blocks.map(({ body, scope }) => configOf(body, scope, 1));
  }

  protected unknown(name: string): string {
    return unknownValue(this.module, `${this.key}.${name}`, `${this.key}.${name}`);
  }
}

export class ResourceInstance extends ConfiguredInstance {
  private known: Identity | null = null;
  private isNaming = false;

  get translation(): Translation | undefined {
    return translationOf(this.type);
  }

  /** What identifies the resource. Its name cannot depend on the resource itself. */
  get identity(): Identity {
    if (this.known !== null) return this.known;
    const { host } = this.module;
    const type = this.translation?.type ?? this.type;
    if (this.isNaming) return identify(type, {}, this.identityKey, host.scope);
    this.isNaming = true;
    try {
      const { value } = host.tracker.record(() => this.names());
      this.known = identify(type, value, this.identityKey, host.scope);
      return this.known;
    } finally {
      this.isNaming = false;
    }
  }

  private get identityKey(): string {
    return `${this.module.host.root}|${this.key}`;
  }

  private names(): JsonObject {
    const names: JsonObject = {};
    for (const [property, argument] of Object.entries(this.translation?.names ?? {})) {
      const written = toJson(this.configured(argument) ?? null);
      const prefix = toJson(this.configured(`${argument}_prefix`) ?? null);
      if (written !== null && written !== '') names[property] = written;
      else if (typeof prefix === 'string') names[property] = `${prefix}${textSymbol(`${this.key}.name`)}`;
    }
    return names;
  }

  attribute(name: string): Value {
    this.module.host.tracker.note(this.key);
    const source = this.translation?.attributes?.[name];
    if (source === 'id') return this.identity.ref;
    if (source?.startsWith('configured '))
      return this.configured(source.slice('configured '.length)) ?? this.unknown(name);
    if (source !== undefined) return numeric(this.identity.attributes[source] ?? this.unknown(name));
    if (name === 'id' && this.translation !== undefined) return this.identity.ref;
    if (name === 'arn' && this.translation !== undefined && this.identity.arn !== null) return this.identity.arn;
    const written = this.configured(name);
    if (written !== undefined && written !== null) return written;
    for (const [property, argument] of Object.entries(this.translation?.names ?? {}))
      if (argument === name) {
        const generated = this.names()[property];
        if (typeof generated === 'string') return generated;
        return textSymbol(`${this.identityKey}.name`);
      }
    return this.unknown(name);
  }
}

/** A revision is a number. */
const numeric = (text: string): Value => (/^\d{1,9}$/.test(text) ? Number(text) : text);

export class DataInstance extends ConfiguredInstance {
  attribute(name: string): Value {
    const found = dataAttribute(this, name);
    return found ?? this.configured(name) ?? this.unknown(name);
  }
}
