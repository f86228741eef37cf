/** What resources and positions need of the module around them, and modules of the whole configuration. */
import type { Scope as AwsScope } from '../cloudformation/identities.js';
import type { Json } from '../resource.js';
import type { Attribute, Block, Body } from './body.js';
import type { InstanceScope } from './instances.js';
import type { Context, Scope } from './scope.js';
import type { Tracker } from './tracker.js';
import type { Value } from './values.js';

/** The configuration with all its modules. */
export interface ModuleHost extends Context {
  /** The folder of the root module. */
  readonly root: string;
  readonly scope: AwsScope;
  readonly tracker: Tracker;
  readFile(path: string): string | null;
  /** The value that the user gives to a variable of the root module; undefined where there is none. */
  given(name: string, isText: boolean): Value | undefined;
  /** All files of a folder as one body; null for a folder without any. */
  bodyOf(folder: string): Body | null;
  /** The body of a module that only the plan has, by its address; null for one that it does not have. */
  plannedBody(address: string): Body | null;
  /** The value of an attribute that the plan knows. */
  planned(address: string, name: string): Json | undefined;
  /** The folder of a module that `terraform init` has downloaded, by its names in the configuration. */
  downloaded(path: readonly string[]): string | undefined;
}

/** A module as those see it who are in it. */
export interface ModuleView extends Scope {
  readonly host: ModuleHost;
  readonly isCertain: boolean;
  addressOf(name: string): string;
  /** Where a local is written. */
  localAttribute(name: string): Attribute | undefined;
  /** Where the caller writes the value of a variable; null where it does not. */
  argument(name: string): { attribute: Attribute; module: ModuleView } | null;
  /** The instances of a resource or data source. */
  instances(
    mode: 'resource' | 'data',
    type: string,
    label: string,
  ): readonly { block: Block; instance: InstanceScope }[];
}
