/** Resources of a template in one form for all template languages. */
import type { DocumentPath, Location } from './location.js';

/** The formats that `lint` reads. */
export const templateFormats = ['cloudformation', 'sam', 'cdk', 'serverless', 'terraform'] as const;
export type TemplateFormat = (typeof templateFormats)[number];

/** Resolved data. Unknown values, lists included, are symbols (snapshot/symbols.ts). */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/**
 * A resource that the deployment will create. Types and property names are CloudFormation's, also for Terraform, whose
 * reader translates them.
 */
export interface TemplateResource {
  /** Its name in its language: `OrdersMapping`, `module.orders.aws_lambda_event_source_mapping.this["a"]`. */
  address: string;
  /** `AWS::Lambda::EventSourceMapping`. */
  type: string;
  format: TemplateFormat;
  properties: JsonObject;
  /** What a reference gives: a name, an ARN or an id, depending on the type. */
  id: string;
  /** Its ARN; null where the type has none. */
  arn: string | null;
  /** False where a condition decides that is not known. */
  isCertain: boolean;
  /** Addresses of the resources that it references or names as dependencies, directly. */
  dependsOn: ReadonlySet<string>;
  /** Where a property is written. `[]`: the resource itself. */
  locate(path: DocumentPath): Location;
  /** The name of its stack, where the input tells it. */
  stackName?: string;
  /** Terraform: it is replaced by a new one before it is destroyed. */
  isCreatedFirst?: boolean;
  /** Suppressions written in its `Metadata`; comments are found by their lines. */
  metadata: JsonObject;
}

export interface DuplicateKey {
  key: string;
  first: Location;
  second: Location;
}

/** A part that is not in the input, such as a module of Terraform: what it creates and gives is unknown. */
export interface UnreadPart {
  /** `module.network`, `functions`. */
  address: string;
  /** As it is written; null where it is no literal. */
  source: string | null;
  location: Location;
}

/** What a template reader gives. */
export interface ReadTemplates {
  files: { path: string; format: TemplateFormat }[];
  resources: TemplateResource[];
  /** Lines of comments that contain a suppression, by file. */
  comments: { file: string; line: number; text: string }[];
  /** Keys that are written twice in one mapping of a file. */
  duplicates?: DuplicateKey[];
  /** Modules of Terraform and sections of services that the input does not have. */
  unread?: UnreadPart[];
  /** In words for the user, by symbol: “the parameter ClusterArn”. */
  symbols: ReadonlyMap<string, string>;
  /** Parameters of CloudFormation and variables of Terraform that the files declare. */
  parameters?: string[];
}

/** A file that cannot be read in its format. */
export class TemplateError extends Error {
  override name = 'TemplateError';
  constructor(
    message: string,
    readonly location: Location,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
