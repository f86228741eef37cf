/** One stack: the sections of a template with its parameters, and what its intrinsic functions give. */
import { dnsSuffixOf } from '../../aws/partitions.js';
import { textSymbol } from '../../snapshot/symbols.js';
import { allTrue, anyTrue, type TriState } from '../../access/tri-state.js';
import type { DocumentPath } from '../location.js';
import { isObject, type Json, type JsonObject } from '../resource.js';
import { equal } from './compare.js';
import { resolveFunction } from './functions.js';
import { identify, type Identity } from './identities.js';
import { noValue, type Resolved, type Resolver, type StackContext } from './resolver.js';

/** A resource as it is written. `path`: where, for what a transform or loop made too. */
export interface RawResource {
  raw: JsonObject;
  path: DocumentPath;
  /** Where a part of it is written, if not at the same names below `path`. */
  at?: (inner: DocumentPath) => DocumentPath;
}

export class Stack implements Resolver {
  readonly resources: ReadonlyMap<string, RawResource>;
  private readonly identities = new Map<string, Identity>();
  private readonly conditions = new Map<string, TriState>();
  private readonly properties = new Map<string, JsonObject>();
  private readonly references = new Map<string, Set<string>>();
  /** The resources whose properties are being resolved: a reference back ends with a symbol. */
  private readonly open: string[] = [];

  constructor(
    readonly template: JsonObject,
    readonly context: StackContext,
    resources: (stack: Stack) => ReadonlyMap<string, RawResource>,
  ) {
    this.resources = resources(this);
  }

  section(name: string): JsonObject {
    const section = this.template[name];
    return isObject(section) ? section : {};
  }

  unknown(key: string, meaning: string): string {
    const symbol = textSymbol(`${this.context.key}/${key}`);
    this.context.note(symbol, meaning);
    return symbol;
  }

  resolve(value: Json): Json {
    const resolved = this.resolveOptional(value);
    return resolved === noValue ? null : resolved;
  }

  resolveOptional(value: Json): Resolved {
    if (Array.isArray(value))
      return value.flatMap((item) => {
        const resolved = this.resolveOptional(item);
        return resolved === noValue ? [] : [resolved];
      });
    if (typeof value === 'string') return this.dynamic(value);
    if (!isObject(value)) return value;
    const [[name, argument] = [], second] = Object.entries(value);
    if (name !== undefined && second === undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
      const resolved = resolveFunction(name, argument!, this);
      if (resolved !== undefined) return resolved;
    }
    const members: JsonObject = {};
    for (const [key, member] of Object.entries(value)) {
      const resolved = this.resolveOptional(member);
      if (resolved !== noValue) members[key] = resolved;
    }
    return members;
  }

  /** `{{resolve:ssm:…}}` and `{{resolve:secretsmanager:…}}` are known at deployment only. */
  private dynamic(text: string): string {
    return text.replaceAll(/\{\{resolve:[^}]*\}\}/g, (reference) =>
      this.unknown(reference, `the dynamic reference ${reference}`),
    );
  }

  ref(name: string): Resolved | undefined {
    if (name === 'AWS::NoValue') return noValue;
    const { scope, name: stackName } = this.context;
    const pseudo: Record<string, string | undefined> = {
      'AWS::Region': scope.region,
      'AWS::AccountId': scope.account,
      'AWS::Partition': scope.partition,
      'AWS::URLSuffix': dnsSuffixOf(scope.partition),
      'AWS::StackName': stackName,
    };
    if (pseudo[name] !== undefined) return pseudo[name];
    if (name.startsWith('AWS::')) return this.unknown(name, `the pseudo parameter ${name}`);
    if (Object.hasOwn(this.section('Parameters'), name)) return this.parameter(name);
    return this.identity(name)?.ref;
  }

  attribute(logicalId: string, name: string): Json | undefined {
    const identity = this.identity(logicalId);
    if (identity === undefined) return undefined;
    if (name.startsWith('Outputs.')) {
      const output = this.context.nestedOutput(logicalId, name.slice('Outputs.'.length));
      if (output !== undefined) return output;
    }
    return (
      identity.attributes[name] ??
      (name === 'Arn' || name.endsWith('Arn') ? identity.arn : null) ??
      this.unknown(`${logicalId}.${name}`, `${logicalId}.${name}`)
    );
  }

  private parameter(name: string): Json {
    const { parameters } = this.context;
    const declaration = this.section('Parameters')[name];
    const { Type: type = 'String', Default: fallback } = isObject(declaration) ? declaration : {};
    const given = Object.hasOwn(parameters, name) ? parameters[name] : fallback;
    // The value of such a parameter is the name of an SSM parameter.
    if (given === undefined || given === null || String(type).startsWith('AWS::SSM::Parameter::Value'))
      return this.unknown(`parameter ${name}`, `the parameter ${name}`);
    const isList = /^(CommaDelimitedList|List<)/.test(String(type));
    if (isList && typeof given === 'string') return given.split(',').map((item) => item.trim());
    return isList ? given : this.dynamic(String(given));
  }

  /** Undefined where the template has no such resource. */
  identity(logicalId: string): Identity | undefined {
    this.noteReference(logicalId);
    const earlier = this.identities.get(logicalId);
    if (earlier !== undefined) return earlier;
    const resource = this.resources.get(logicalId);
    if (resource === undefined) return undefined;
    // The name of a resource cannot depend on the resource itself: a template with such a circle is refused.
    const properties = this.open.includes(logicalId) ? {} : this.propertiesOf(logicalId);
    const { key, scope } = this.context;
    const identity = identify(String(resource.raw['Type']), properties, `${key}/${logicalId}`, scope);
    if (!this.open.includes(logicalId)) this.identities.set(logicalId, identity);
    return identity;
  }

  /** The resolved properties of a resource of the template. */
  propertiesOf(logicalId: string): JsonObject {
    const earlier = this.properties.get(logicalId);
    if (earlier !== undefined) return earlier;
    this.open.push(logicalId);
    try {
      const resolved = this.resolve(this.resources.get(logicalId)?.raw['Properties'] ?? {});
      const properties = isObject(resolved) ? resolved : {};
      this.properties.set(logicalId, properties);
      return properties;
    } finally {
      this.open.pop();
    }
  }

  private noteReference(logicalId: string): void {
    for (const from of this.open.slice(-1)) {
      const among = this.references.get(from) ?? new Set();
      among.add(logicalId);
      this.references.set(from, among);
    }
  }

  /** Logical ids that the resource references, or names in `DependsOn`. */
  dependenciesOf(logicalId: string): Set<string> {
    this.propertiesOf(logicalId);
    const written = [this.resources.get(logicalId)?.raw['DependsOn'] ?? []].flat();
    return new Set([
      ...(this.references.get(logicalId) ?? []),
      ...written.filter((name): name is string => typeof name === 'string'),
    ]);
  }

  /** Whether the resource is created. */
  exists(logicalId: string): TriState {
    const condition = this.resources.get(logicalId)?.raw['Condition'];
    return typeof condition === 'string' ? this.condition(condition) : 'yes';
  }

  condition(name: string): TriState {
    const earlier = this.conditions.get(name);
    if (earlier !== undefined) return earlier;
    this.conditions.set(name, 'unknown');
    const expression = this.section('Conditions')[name];
    const value = expression === undefined ? 'unknown' : this.test(expression);
    this.conditions.set(name, value);
    return value;
  }

  test(expression: Json): TriState {
    if (typeof expression === 'boolean') return expression ? 'yes' : 'no';
    if (expression === 'true' || expression === 'false') return expression === 'true' ? 'yes' : 'no';
    if (!isObject(expression)) return 'unknown';
    const [[name, argument] = []] = Object.entries(expression);
    const parts = (Array.isArray(argument) ? argument : [argument ?? null]) as Json[];
    switch (name) {
      case 'Condition':
        return typeof argument === 'string' ? this.condition(argument) : 'unknown';
      case 'Fn::And':
        return allTrue(...parts.map((part) => this.test(part)));
      case 'Fn::Or':
        return anyTrue(...parts.map((part) => this.test(part)));
      case 'Fn::Not': {
        const inner = this.test(parts[0] ?? null);
        return inner === 'unknown' ? inner : inner === 'yes' ? 'no' : 'yes';
      }
      case 'Fn::Equals':
        return parts.length === 2 ? equal(this.resolve(parts[0]!), this.resolve(parts[1]!)) : 'unknown';
      default:
        return 'unknown';
    }
  }
}
