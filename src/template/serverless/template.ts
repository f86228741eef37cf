/**
 * A `serverless.yml` as the CloudFormation template that the framework makes of it, as far as mappings need it
 * (Serverless Framework 3 and 4: documentation of msk, kafka, functions and IAM; the role that it generates has the
 * permissions that its source gives, which are fewer than a mapping needs).
 */
import type { RawResource } from '../cloudformation/stack.js';
import { isObject, type Json, type JsonObject } from '../resource.js';
import { kafkaEventsOf } from './events.js';
import { memberAt, normalized, objectOr, renamed, type ServerlessService, type ServiceFunction } from './parts.js';
import { customRoleOf, generatedRole, roleId } from './role.js';

export interface ServerlessTemplate {
  template: JsonObject;
  resources: ReadonlyMap<string, RawResource>;
  stackName: string;
}

/** Whether a document is a service and no template. */
export const isService = (document: Json): document is JsonObject =>
  isObject(document) &&
  document['Resources'] === undefined &&
  document['service'] !== undefined &&
  (isObject(document['provider']) || typeof document['provider'] === 'string');

/** Resources of the section `resources` are taken as they are. */
export function toTemplate(service: ServerlessService): ServerlessTemplate {
  const { document, name, stage } = service;
  const sections = [document['resources'] ?? []].flat();
  const isList = Array.isArray(document['resources']);
  const functions = functionsOf(document);
  const resources = new Map<string, RawResource>();
  for (const each of functions)
    for (const [id, resource] of functionResources(service, each)) resources.set(id, resource);
  const role = generatedRole(service, functions);
  if (role !== null) resources.set(roleId, role);
  sections.forEach((section, index) => {
    for (const [id, raw] of Object.entries(memberAt(section, 'Resources')))
      if (isObject(raw) && typeof raw['Type'] === 'string')
        resources.set(id, { raw, path: ['resources', ...(isList ? [index] : []), 'Resources', id] });
    for (const [id, change] of Object.entries(memberAt(section, 'extensions'))) extend(resources, id, change);
  });
  const provider = objectOr(document['provider']);
  const stackName = provider['stackName'];
  return {
    template: Object.fromEntries(
      ['Parameters', 'Conditions', 'Mappings', 'Outputs'].map((section) => [
        section,
        Object.assign({}, ...sections.map((part) => memberAt(part, section))) as JsonObject,
      ]),
    ),
    resources,
    stackName: typeof stackName === 'string' ? stackName : `${name}-${stage}`,
  };
}

/** `extensions` replaces members of the properties of a generated resource. */
function extend(resources: Map<string, RawResource>, id: string, change: Json): void {
  const existing = resources.get(id);
  if (existing === undefined || !isObject(change)) return;
  const properties = { ...memberAt(existing.raw, 'Properties'), ...memberAt(change, 'Properties') };
  resources.set(id, { ...existing, raw: { ...existing.raw, ...change, Properties: properties } });
}

function functionsOf(document: JsonObject): ServiceFunction[] {
  const isList = Array.isArray(document['functions']);
  return [document['functions'] ?? []].flat().flatMap((group, index) =>
    Object.entries(objectOr(group)).flatMap(([key, written]) =>
      isObject(written)
        ? [
            {
              key,
              written,
              path: ['functions', ...(isList ? [index] : []), key],
              logicalId: `${normalized(key)}LambdaFunction`,
            },
          ]
        : [],
    ),
  );
}

/** Properties of a function under the names of the framework. */
const written: Record<string, string> = {
  Timeout: 'timeout',
  MemorySize: 'memorySize',
  Runtime: 'runtime',
  Role: 'role',
  ReservedConcurrentExecutions: 'reservedConcurrency',
};

/** In seconds, where neither function nor provider give one. */
const defaultTimeout = 6;

function functionResources(service: ServerlessService, each: ServiceFunction): [string, RawResource][] {
  const { document, name, stage } = service;
  const provider = objectOr(document['provider']);
  const { written: given, path, key, logicalId } = each;
  const inherited = (member: string): Json | undefined => given[member] ?? provider[member];
  const reserved = given['reservedConcurrency'];
  const role = customRoleOf(service, each) ?? { 'Fn::GetAtt': [roleId, 'Arn'] };
  const lambda: JsonObject = {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: given['name'] ?? `${name}-${stage}-${key}`,
      Timeout: inherited('timeout') ?? defaultTimeout,
      Role: role,
      ...(inherited('runtime') === undefined ? {} : { Runtime: inherited('runtime')! }),
      ...(inherited('memorySize') === undefined ? {} : { MemorySize: inherited('memorySize')! }),
      ...(reserved === undefined || reserved === null ? {} : { ReservedConcurrentExecutions: reserved }),
    },
    ...(given['dependsOn'] === undefined ? {} : { DependsOn: given['dependsOn'] }),
  };
  return [
    [logicalId, { raw: lambda, path, at: (inner) => [...path, ...renamed(inner, written)] }],
    ...kafkaEventsOf(each, logicalIdOf(role)),
  ];
}

function logicalIdOf(role: Json): string | null {
  const [id] = [objectOr(role)['Fn::GetAtt'] ?? null].flat();
  return typeof id === 'string' ? id : null;
}
