/** What the builders of the snapshot share: the resources of the templates, by type and by identity. */
import type { Scope } from '../cloudformation/identities.js';
import { isObject, type Json, type JsonObject, type TemplateResource } from '../resource.js';
import type { Keyed } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';

/**
 * How what is not known before the deployment counts: rules, routes and attachments whose values or existence are not
 * known. A fault that both show is a fault; a fault of `denies` alone is unknown.
 */
export type Undecided = 'allows' | 'denies';

/** Types that only add access: one that may be left out counts as there only in `allows`. */
const additive: ReadonlySet<string> = new Set([
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::Route',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::NatGateway',
  'Terraform::IAM::PolicyAttachment',
]);

export class Deploying {
  /** Whether anything was met that is not known. */
  hasUndecided = false;
  private readonly byType = new Map<string, TemplateResource[]>();
  private readonly byIdentity = new Map<string, TemplateResource>();
  private readonly inStacks = new Map<string, TemplateResource>();

  constructor(
    readonly snapshot: Snapshot,
    readonly scope: Scope,
    resources: readonly TemplateResource[],
    private readonly undecided: Undecided = 'denies',
  ) {
    for (const resource of resources) {
      if (!resource.isCertain && additive.has(resource.type) && !this.allowsUndecided()) continue;
      const list = this.byType.get(resource.type) ?? [];
      list.push(resource);
      this.byType.set(resource.type, list);
      this.byIdentity.set(resource.id, resource);
      if (resource.arn !== null) this.byIdentity.set(resource.arn, resource);
      this.inStacks.set(`${stackOf(resource)} ${resource.address}`, resource);
    }
  }

  /** Asked where something is not known: whether it is to count as allowing. */
  allowsUndecided(): boolean {
    this.hasUndecided = true;
    return this.undecided === 'allows';
  }

  /** The resources of the types, in the order of the templates. */
  all(...types: readonly string[]): TemplateResource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The resource that a value refers to, by name, id or ARN; undefined for one outside the input. */
  find(reference: Json | undefined, ...types: readonly string[]): TemplateResource | undefined {
    const found = typeof reference === 'string' ? this.byIdentity.get(reference) : undefined;
    return found !== undefined && (types.length === 0 || types.includes(found.type)) ? found : undefined;
  }

  /** The resource with this address in the stack of another resource. */
  beside(other: TemplateResource, address: string): TemplateResource | undefined {
    return this.inStacks.get(`${stackOf(other)} ${address}`);
  }
}

/** Resources of one stack are created in the order of their references. All of Terraform's are created together. */
export const stackOf = ({ address, format, locate }: TemplateResource): string =>
  format === 'terraform' ? '' : `${locate([]).file}#${address.replace(/[^/]*$/, '')}`;

/** Text of a property; undefined for anything else. Numbers and booleans count, as YAML may write them without quotes. */
export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined;

/** A number, also written as text. */
export const numberOf = (value: Json | undefined): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** A boolean, also written as text; undefined where it is absent or not known. */
export const booleanOf = (value: Json | undefined): boolean | undefined =>
  value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;

/** A list; one value is a list of it, which a symbol stays: an unknown list is a list of one unknown value. */
export const listOf = (value: Json | undefined): Json[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

export const textsOf = (value: Json | undefined): string[] => listOf(value).flatMap((item) => textOf(item) ?? []);

/** The member at a path; undefined where there is none. */
export function memberOf(properties: JsonObject, ...path: readonly string[]): Json | undefined {
  let value: Json | undefined = properties;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  return value;
}

/** Objects of a list. */
export const objectsOf = (value: Json | undefined): JsonObject[] => listOf(value).filter(isObject);

/** Adds to the list of a VPC whose list is known: of a new VPC, or of one in the snapshot file. */
export function addTo<T>(lists: Keyed<T[]>, vpcId: string | undefined, ...items: readonly NoInfer<T>[]): void {
  const list = vpcId === undefined ? undefined : lists[vpcId];
  if (list?.outcome === 'ok') list.value.push(...items);
}
