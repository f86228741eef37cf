/** Instances of resources and data sources, and what their attributes give. */
import { hasSymbol, textSymbol } from '../../snapshot/symbols.js';
import { identify, type Identity } from '../cloudformation/identities.js';
import type { Json, JsonObject } from '../resource.js';
import type { Block } from './body.js';
import { blocksOf, configOf } from './config.js';
import { dataAttribute } from './data-sources.js';
import { evaluate } from './evaluate.js';
import { unknownValue } from './scope.js';
import type { InstanceScope } from './instances.js';
import type { ModuleView } from './module-view.js';
import { translationOf } from './resources/index.js';
import type { Translation } from './resources/translation.js';
import { Failure, isPartlyUnknown, Reference, toJson, type Value } from './values.js';

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
      return (this.whole ??= this.module.host.tracker.record(() => this.completed()));
    } finally {
      this.isOpen = false;
    }
  }

  /** The arguments, with what the plan knows of them. */
  private completed(): JsonObject {
    return Object.fromEntries(
      Object.entries(configOf(this.block.body, this.instance.scope)).map(([name, value]) => [
        name,
        hasSymbol(JSON.stringify(value)) ? (this.planned(name) ?? value) : value,
      ]),
    );
  }

  /** What the plan knows of an attribute. */
  protected planned(name: string): Json | undefined {
    return this.module.host.planned(this.key, name);
  }

  /** The value of an argument; undefined where it is not written. */
  configured(name: string): Value | undefined {
    const attribute = this.block.body.attributes.get(name);
    if (attribute !== undefined) {
      const value = evaluate(attribute.expression, this.instance.scope);
      return isPartlyUnknown(value) ? (this.planned(name) ?? value) : value;
    }
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
      const { ref, arn, attributes } = identify(type, value, this.identityKey, host.scope);
      // What exists already has its id and ARN in the plan.
      const [id, knownArn] = [this.planned('id'), this.planned('arn')];
      this.known = {
        ref: typeof id === 'string' ? id : ref,
        arn: typeof knownArn === 'string' ? knownArn : arn,
        attributes,
      };
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
    return this.planned(name) ?? this.unknown(name);
  }
}

/** A revision is a number. */
const numeric = (text: string): Value => (/^\d{1,9}$/.test(text) ? Number(text) : text);

export class DataInstance extends ConfiguredInstance {
  attribute(name: string): Value {
    return this.planned(name) ?? dataAttribute(this, name) ?? this.configured(name) ?? this.unknown(name);
  }
}
