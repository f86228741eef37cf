/** One root module with everything that it calls, as far as the input has it. */
import { posix } from 'node:path';
import type { Scope as AwsScope } from '../cloudformation/identities.js';
import type { Json } from '../resource.js';
import { isObject } from '../resource.js';
import type { Body } from './body.js';
import { evaluate } from './evaluate.js';
import type { Scope } from './scope.js';
import { isOverride, withOverrides } from './overrides.js';
import { parseExpression } from './expression.js';
import { Module } from './module.js';
import type { ModuleHost } from './module-view.js';
import type { Plan } from './plan.js';
import { ExpressionError } from './tokens.js';
import { Tracker } from './tracker.js';
import { Failure, type Value } from './values.js';

export interface TerraformFiles {
  /** The files of the input with configuration or variables, by path. */
  files: ReadonlyMap<string, Body>;
  /** Another file that an expression names; null for one outside the input. */
  readBeside(path: string): string | null;
}

/** Work that an evaluation may take: far more than any configuration of people. */
const mostSteps = 3_000_000;
/** Instances of `count` and `for_each`, those in modules included. */
const mostInstances = 20_000;

export class Configuration implements ModuleHost {
  readonly tracker = new Tracker();
  readonly rootModule: Module;
  private steps = 0;
  private instances = 0;
  private readonly bodies = new Map<string, Body>();
  private readonly values: ReadonlyMap<string, Value>;
  private readonly folders: ReadonlyMap<string, string>;

  constructor(
    readonly root: string,
    private readonly input: TerraformFiles,
    readonly scope: AwsScope,
    private readonly parameters: Readonly<Record<string, Json>>,
    private readonly symbols: Map<string, string>,
    private readonly plan: Plan | null = null,
    private readonly givenFiles: readonly string[] = [],
  ) {
    this.rootModule = new Module(this, root, '', this.bodyOf(root) ?? this.plannedBody('')!, null, true);
    this.values = this.variableFiles();
    this.folders = this.downloadedModules();
  }

  note(symbol: string, meaning: string): void {
    if (!this.symbols.has(symbol)) this.symbols.set(symbol, meaning);
  }

  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > mostSteps) throw new Failure('too much work');
  }

  allows(instances: number): boolean {
    this.instances += instances;
    return this.instances <= mostInstances;
  }

  /** Terraform reads paths from the root module’s folder. */
  readFile(path: string): string | null {
    return posix.isAbsolute(path) ? null : this.input.readBeside(posix.join(this.root, path));
  }

  /** All files of a folder as one body; null for a folder without any. */
  bodyOf(folder: string): Body | null {
    const known = this.bodies.get(folder);
    if (known !== undefined) return known;
    const files = [...this.input.files]
      .filter(([path]) => posix.dirname(path) === folder && !isVariableFile(path))
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    if (files.length === 0) return null;
    const [changes, written] = [true, false].map((changed) =>
      files.filter(([path]) => isOverride(path) === changed).map(([, body]) => body),
    ) as [Body[], Body[]];
    const whole: Body = { attributes: new Map(), blocks: written.flatMap(({ blocks }) => blocks) };
    const body = withOverrides(whole, changes);
    this.bodies.set(folder, body);
    return body;
  }

  /** The value that the user gives to a variable of the root module. */
  given(name: string, isText: boolean): Value | undefined {
    if (Object.hasOwn(this.parameters, name)) {
      const text = this.parameters[name]!;
      return typeof text === 'string' && !isText ? literal(text, this.rootModule) : text;
    }
    const planned = this.plan?.variables[name];
    return planned ?? this.values.get(name);
  }

  /** `terraform.tfvars`, then `*.auto.tfvars` in the order of their names, then the files that the user names. */
  private variableFiles(): Map<string, Value> {
    const values = new Map<string, Value>();
    const beside = [...this.input.files.keys()].filter((path) => posix.dirname(path) === this.root);
    const named = (...endings: string[]) =>
      beside.filter((path) => endings.some((ending) => `/${posix.basename(path)}`.endsWith(ending))).toSorted();
    const ordered = [
      ...named('/terraform.tfvars'),
      ...named('/terraform.tfvars.json'),
      ...named('.auto.tfvars', '.auto.tfvars.json'),
      ...this.givenFiles,
    ];
    for (const path of ordered)
      for (const [name, { expression }] of this.input.files.get(posix.normalize(path))?.attributes ?? [])
        values.set(name, evaluate(expression, this.rootModule));
    return values;
  }

  /** The folders of modules that `terraform init` has downloaded, by their names in the configuration. */
  private downloadedModules(): Map<string, string> {
    const folders = new Map<string, string>();
    try {
      const manifest: unknown = JSON.parse(this.readFile('.terraform/modules/modules.json') ?? '{}');
      const modules = isObject(manifest) && Array.isArray(manifest['Modules']) ? manifest['Modules'] : [];
      for (const entry of modules)
        if (isObject(entry) && typeof entry['Key'] === 'string' && typeof entry['Dir'] === 'string')
          folders.set(entry['Key'], posix.join(this.root, entry['Dir']));
    } catch {
      // A manifest that Terraform did not write names no folders.
    }
    return folders;
  }

  plannedBody(address: string): Body | null {
    return this.plan?.bodyOf(address) ?? null;
  }

  planned(address: string, name: string): Json | undefined {
    return this.plan?.known(address, name);
  }

  downloaded(path: readonly string[]): string | undefined {
    return this.folders.get(path.join('.'));
  }
}

/** `.tfvars`, also in JSON. */
export const isVariableFile = (path: string): boolean => path.endsWith('.tfvars') || path.endsWith('.tfvars.json');

/** A value on the command line: an expression, or plain text. */
function literal(text: string, scope: Scope): Value {
  try {
    const expression = parseExpression(text);
    return expression.is === 'variable' ? text : evaluate(expression, scope);
  } catch (error) {
    if (error instanceof ExpressionError) return text;
    throw error;
  }
}
