/**
 * SAM resources to CloudFormation resources, as AWS's transform makes them (checked against aws-sam-translator): functions
 * with their role, version and alias, the mappings of Kafka events, and connectors. Other SAM resources are left out: no mapping on
 * Kafka depends on them.
 */
import type { RawResource } from '../cloudformation/stack.js';
import type { DocumentPath } from '../location.js';
import { isObject, type Json, type JsonObject } from '../resource.js';
import { expandConnectors } from './connectors.js';
import { kafkaMapping } from './events.js';
import { withGlobals } from './globals.js';
import { roleOf } from './role.js';

export const samTransform = 'AWS::Serverless-2016-10-31';

/** Whether the template names SAM's transform. */
export const isSam = (template: JsonObject): boolean =>
  [template['Transform']].flat().some((name) => name === samTransform);

export function expandSam(
  template: JsonObject,
  resources: ReadonlyMap<string, RawResource>,
): ReadonlyMap<string, RawResource> {
  const expanded = new Map<string, RawResource>();
  for (const [logicalId, resource] of resources)
    if (resource.raw['Type'] === 'AWS::Serverless::Function') {
      for (const [id, made] of functionResources(logicalId, resource, template)) expanded.set(id, made);
    } else expanded.set(logicalId, resource);
  return expandConnectors(expanded, resources);
}

/** Properties of the function that CloudFormation has under the same name. */
const sameProperties = [
  'FunctionName',
  'Runtime',
  'Handler',
  'Timeout',
  'MemorySize',
  'VpcConfig',
  'KmsKeyArn',
  'LoggingConfig',
  'ReservedConcurrentExecutions',
  'TenancyConfig',
  'DurableConfig',
  'CapacityProviderConfig',
];

function functionResources(
  logicalId: string,
  { raw, path }: RawResource,
  template: JsonObject,
): [string, RawResource][] {
  const properties = withGlobals(raw, template);
  // What SAM passes on to everything that it makes.
  const passed = Object.fromEntries(
    ['Condition', 'DependsOn'].flatMap((name) => (raw[name] === undefined ? [] : [[name, raw[name]!]])),
  );
  const at = (...inner: DocumentPath): DocumentPath => [...path, ...inner];
  const events = properties['Events'];
  const alias = properties['AutoPublishAlias'];
  const hasAlias = typeof alias === 'string';
  const mappings = Object.entries(isObject(events) ? events : {}).flatMap(([name, event]) => {
    const made = isObject(event) ? kafkaMapping(event) : null;
    return made === null ? [] : [{ id: `${logicalId}${name}`, path: at('Properties', 'Events', name), ...made }];
  });
  const hasRole = properties['Role'] !== undefined;
  const lambda: JsonObject = {
    ...passed,
    Type: 'AWS::Lambda::Function',
    Properties: {
      ...Object.fromEntries(
        sameProperties.flatMap((name) => (properties[name] === undefined ? [] : [[name, properties[name]!]])),
      ),
      Role: hasRole ? properties['Role']! : { 'Fn::GetAtt': [`${logicalId}Role`, 'Arn'] },
    },
    ...(raw['Metadata'] === undefined ? {} : { Metadata: raw['Metadata'] }),
  };
  return [
    [logicalId, { raw: lambda, path }],
    ...(hasRole
      ? []
      : [
          [`${logicalId}Role`, { raw: { ...passed, ...roleOf(logicalId, properties, mappings) }, path }] as [
            string,
            RawResource,
          ],
        ]),
    ...(hasAlias
      ? ([
          [
            `${logicalId}Alias${alias}`,
            {
              raw: {
                ...passed,
                Type: 'AWS::Lambda::Alias',
                Properties: { Name: alias, FunctionName: { Ref: logicalId } },
              },
              path: at('Properties', 'AutoPublishAlias'),
            },
          ],
        ] as [string, RawResource][])
      : []),
    ...mappings.map(({ id, path: eventPath, mapping }): [string, RawResource] => [
      id,
      {
        raw: {
          ...passed,
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { ...mapping, FunctionName: { Ref: hasAlias ? `${logicalId}Alias${alias}` : logicalId } as Json },
        },
        path: eventPath,
      },
    ]),
  ];
}
