/** A plan (`terraform show -json`): the values that it knows, and modules that only it has, as bodies of HCL. */
import { isObject, TemplateError, type Json, type JsonObject } from '../resource.js';
import { SourceFile, type Attribute, type Block, type Body } from './body.js';
import { reference, text, toExpression } from './plan-expressions.js';
import type { Expression } from './tree.js';

interface PlannedResource {
  address: string;
  mode: 'resource' | 'data';
  type: string;
  name: string;
  index: string | number | null;
  values: JsonObject;
}

export class Plan {
  private readonly file: SourceFile;
  private readonly document: JsonObject;
  private readonly resources = new Map<string, PlannedResource[]>();
  private readonly byAddress = new Map<string, PlannedResource>();
  private readonly unknown = new Map<string, Json>();

  /** Throws `TemplateError` for text that is no plan. */
  constructor(path: string, json: string) {
    this.file = new SourceFile(path, json);
    let document: unknown;
    try {
      document = JSON.parse(json);
    } catch {
      throw this.file.error('it is not JSON: write the plan with `terraform show -json PLAN`', 0);
    }
    if (!isObject(document) || !isObject(document['planned_values']))
      throw this.file.error('it is no plan: planned_values is missing (`terraform show -json PLAN` writes it)', 0);
    this.document = document;
    const prior = document['prior_state'];
    for (const state of [isObject(prior) ? prior['values'] : undefined, document['planned_values']])
      if (isObject(state) && isObject(state['root_module'])) this.collect(state['root_module'], '', 0);
    for (const change of objects(document['resource_changes']))
      if (isObject(change['change']))
        this.unknown.set(String(change['address']), change['change']['after_unknown'] ?? {});
  }

  private collect(module: JsonObject, address: string, depth: number): void {
    if (depth > 20) throw new TemplateError('the modules are nested too deeply', this.location());
    for (const resource of objects(module['resources'])) {
      const index = resource['index'];
      const planned: PlannedResource = {
        address: String(resource['address']),
        mode: resource['mode'] === 'data' ? 'data' : 'resource',
        type: String(resource['type']),
        name: String(resource['name']),
        index: typeof index === 'string' || typeof index === 'number' ? index : null,
        values: isObject(resource['values']) ? resource['values'] : {},
      };
      const among = this.resources.get(address) ?? [];
      this.resources.set(address, [...among.filter((other) => other.address !== planned.address), planned]);
      this.byAddress.set(planned.address, planned);
    }
    if (!this.resources.has(address)) this.resources.set(address, []);
    for (const child of objects(module['child_modules'])) this.collect(child, String(child['address']), depth + 1);
  }

  private location() {
    return { file: this.file.path, line: 1, column: 1, path: '' };
  }

  /** The values of the variables of the root module. */
  get variables(): JsonObject {
    const variables = this.document['variables'];
    if (!isObject(variables)) return {};
    return Object.fromEntries(
      Object.entries(variables).flatMap(([name, variable]) =>
        isObject(variable) && variable['value'] !== undefined ? [[name, variable['value']]] : [],
      ),
    );
  }

  /** The value of an attribute, where the plan knows it. */
  known(address: string, name: string): Json | undefined {
    const value = this.byAddress.get(address)?.values[name];
    const unknown = this.unknown.get(address);
    const isKnown = !isObject(unknown) || !mentions(unknown[name]);
    return value === null || !isKnown ? undefined : value;
  }

  /** The body of a module by its address, of which the input has no files; null for one that the plan does not have. */
  bodyOf(address: string): Body | null {
    const planned = this.resources.get(address);
    const configured = this.configurationOf(address);
    if (planned === undefined && configured === null) return null;
    const groups = new Map<string, PlannedResource[]>();
    for (const resource of planned ?? []) {
      const key = `${resource.mode}|${resource.type}|${resource.name}`;
      groups.set(key, [...(groups.get(key) ?? []), resource]);
    }
    return {
      attributes: new Map(),
      blocks: [
        ...[...groups.values()].map((group) => this.resourceBlock(group, configured)),
        ...Object.entries(member(configured, 'module_calls')).map(([name, call]) =>
          this.moduleBlock(address, name, call),
        ),
        ...Object.entries(member(configured, 'outputs')).map(([name, output]) =>
          this.block('output', [name], 0, {
            value: reference(isObject(output) ? output['expression'] : undefined, name),
          }),
        ),
      ],
    };
  }

  /** The configuration of a module, by the names of the calls that lead to it. */
  private configurationOf(address: string): JsonObject | null {
    let module = member(this.document['configuration'], 'root_module');
    for (const [, name] of address.matchAll(/(?:^|\.)module\.([\w-]+)/g)) {
      const call = member(module, 'module_calls')[name!];
      if (!isObject(call)) return null;
      module = member(call, 'module');
    }
    return module;
  }

  private resourceBlock(group: readonly PlannedResource[], module: JsonObject | null): Block {
    const [{ mode, type, name, address }] = group as [PlannedResource];
    const configured = objects(module?.['resources']).find(
      (resource) =>
        resource['type'] === type && resource['name'] === name && (resource['mode'] === 'data') === (mode === 'data'),
    );
    const expressions = member(configured, 'expressions');
    const names = new Set(
      group.flatMap(({ values, address: of }) => [
        ...Object.keys(values),
        ...Object.keys(objectOr(this.unknown.get(of))),
      ]),
    );
    const perInstance = ({ address: of, values }: PlannedResource, attribute: string): Expression =>
      toExpression(
        values[attribute] ?? null,
        objectOr(this.unknown.get(of))[attribute],
        expressions[attribute],
        attribute,
      );
    const keys = group.map(({ index }) => index);
    const isSingle = keys[0] === null;
    const isCounted = typeof keys[0] === 'number';
    const attributes: Record<string, Expression> = {};
    for (const attribute of names) {
      // What only the provider computes is no argument.
      if (group.every(({ values }) => (values[attribute] ?? null) === null) && expressions[attribute] === undefined)
        continue;
      attributes[attribute] = isSingle
        ? perInstance(group[0]!, attribute)
        : {
            is: 'index',
            of: {
              is: 'object',
              entries: group.map((planned) => ({
                key: text(String(planned.index)),
                value: perInstance(planned, attribute),
              })),
            },
            at: isCounted
              ? { is: 'template', parts: [text(''), traversal('count', 'index')] }
              : traversal('each', 'key'),
          };
    }
    if (isCounted)
      attributes['count'] = { is: 'literal', value: Math.max(...group.map(({ index }) => Number(index))) + 1 };
    else if (!isSingle) attributes['for_each'] = { is: 'list', items: keys.map((key) => text(String(key))) };
    const dependencies = configured?.['depends_on'];
    if (Array.isArray(dependencies))
      attributes['depends_on'] = { is: 'list', items: dependencies.map((item) => dependency(String(item))) };
    const at = Math.max(0, this.file.text.indexOf(JSON.stringify(address)));
    return this.block(mode, [type, name], at, attributes);
  }

  private moduleBlock(parent: string, name: string, call: Json): Block {
    const prefix = parent === '' ? `module.${name}` : `${parent}.module.${name}`;
    const keys = new Set(
      [...this.resources.keys()].flatMap((address) => {
        if (!address.startsWith(`${prefix}[`)) return [];
        const key = /^\[(\d+|"(?:[^"\\]|\\.)*")\]/.exec(address.slice(prefix.length))?.[1];
        return key === undefined ? [] : [key];
      }),
    );
    const attributes = Object.fromEntries(
      Object.entries(member(call, 'expressions')).map(([argument, expression]) => [
        argument,
        reference(expression, argument),
      ]),
    );
    const isCounted = [...keys].some((key) => !key.startsWith('"'));
    if (isCounted) attributes['count'] = { is: 'literal', value: keys.size };
    else if (keys.size > 0)
      attributes['for_each'] = { is: 'list', items: [...keys].map((key) => text(JSON.parse(key) as string)) };
    return this.block('module', [name], 0, attributes);
  }

  private block(type: string, labels: string[], at: number, attributes: Record<string, Expression>): Block {
    return {
      type,
      labels,
      at,
      file: this.file,
      body: {
        blocks: [],
        attributes: new Map(
          Object.entries(attributes).map(([name, expression]): [string, Attribute] => [
            name,
            { expression, at, file: this.file },
          ]),
        ),
      },
    };
  }
}

const objects = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const objectOr = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const member = (value: Json | null | undefined, name: string): JsonObject =>
  isObject(value) ? objectOr(value[name]) : {};

/** `module.a.aws_x.y` as a traversal. */
const dependency = (item: string): Expression =>
  item
    .split('.')
    .reduce<Expression | null>(
      (of, name) => (of === null ? { is: 'variable', name } : { is: 'attribute', of, name }),
      null,
    )!;

/** Whether a value of `after_unknown` marks anything. */
const mentions = (unknown: Json | undefined): boolean =>
  unknown === true || (typeof unknown === 'object' && unknown !== null && Object.values(unknown).some(mentions));

const traversal = (name: string, attribute: string): Expression => ({
  is: 'attribute',
  of: { is: 'variable', name },
  name: attribute,
});
