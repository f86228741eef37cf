/** What templates reference and do not create: what `--live` reads from the account. */
import { clusterNameOf } from '../aws/event-source.js';
import { awsManagedPolicy } from '../aws/managed-policies.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { hasSymbol, replaceSymbols } from '../snapshot/symbols.js';
import type { Deployment } from './deploy/deploy.js';
import { textsOf } from './deploy/deploying.js';
import type { Json, JsonObject, ReadTemplates, TemplateResource } from './resource.js';

/** By id or ARN, without duplicates. */
export interface TemplateReferences {
  /** Members that name what a template creates, or what is not known, are left out. */
  mappings: Mapping[];
  roleArns: string[];
  policyArns: string[];
  keyIds: string[];
  subnetIds: string[];
  vpcIds: string[];
}

/** What the templates name and the account has. */
export function referencesOf({ resources }: ReadTemplates, deployment: Deployment): TemplateReferences {
  const isOutside = (name: string | undefined): name is string =>
    name !== undefined && name !== '' && !hasSymbol(name) && deployment.find(name) === undefined;
  const outside = (names: readonly (string | undefined)[]): string[] => [...new Set(names.filter(isOutside))];
  const named = (property: string, ...types: string[]) =>
    resources
      .filter(({ type }) => types.length === 0 || types.includes(type))
      .flatMap(({ properties }) => textsOf(properties[property]));
  const roles = deployment.all('AWS::IAM::Role');
  return {
    mappings: deployment.mappings.map(({ mapping }) => withoutNew(mapping, isOutside)),
    roleArns: outside(named('Role', 'AWS::Lambda::Function')).filter((arn) => arn.startsWith('arn:')),
    policyArns: outside([
      ...roles.flatMap(({ properties }) => [
        ...textsOf(properties['ManagedPolicyArns']),
        ...textsOf(properties['PermissionsBoundary']),
      ]),
      ...named('PolicyArn', 'Terraform::IAM::PolicyAttachment'),
    ]).filter((arn) => arn.startsWith('arn:') && awsManagedPolicy(arn) === undefined),
    keyIds: outside(named('KmsKeyId', 'AWS::SecretsManager::Secret')),
    subnetIds: outside(deployment.all(...clusterTypes).flatMap(subnetsOf)),
    vpcIds: outside(named('VpcId')).filter((id) => id.startsWith('vpc-')),
  };
}

const clusterTypes = ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'];

function subnetsOf({ properties }: TemplateResource): string[] {
  const { BrokerNodeGroupInfo: brokers, VpcConfigs: configs } = properties;
  return [brokers ?? [], configs ?? []]
    .flat()
    .flatMap((part) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? [...textsOf(part['ClientSubnets']), ...textsOf(part['SubnetIds'])]
        : [],
    );
}

function withoutNew(mapping: Mapping, isOutside: (name: string | undefined) => name is string): Mapping {
  const kept = (name: string | undefined): string | undefined => (isOutside(name) ? name : undefined);
  const access = (list: Mapping['SourceAccessConfigurations']) =>
    list.map(({ Type: type, URI: uri }) => ({ Type: type, URI: kept(uri) ?? '' }));
  const destination = kept(mapping.DestinationConfig?.OnFailure?.Destination);
  const registry = mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig;
  return {
    UUID: mapping.UUID,
    EventSourceArn: kept(mapping.EventSourceArn),
    FunctionArn: kept(mapping.FunctionArn),
    Topics: mapping.Topics,
    SourceAccessConfigurations: access(mapping.SourceAccessConfigurations),
    FunctionResponseTypes: [],
    KMSKeyArn: kept(mapping.KMSKeyArn),
    ...(destination === undefined ? {} : { DestinationConfig: { OnFailure: { Destination: destination } } }),
    ...(registry === undefined
      ? {}
      : {
          AmazonManagedKafkaEventSourceConfig: {
            SchemaRegistryConfig: {
              ...registry,
              SchemaRegistryURI: kept(registry.SchemaRegistryURI),
              AccessConfigs: access(registry.AccessConfigs),
            },
          },
        }),
  };
}

/** A resource whose name the templates know, but not the end of its ARN, as from a data source of Terraform. */
export interface NamedReference {
  kind: 'cluster' | 'secret';
  name: string;
  /** The ARN with a symbol at its end. */
  arn: string;
}

/** Clusters and secrets that mappings reference by name. */
export function namedReferences(deployment: Deployment): NamedReference[] {
  const found = new Map<string, NamedReference>();
  const note = (arn: string | undefined) => {
    if (arn === undefined || !hasSymbol(arn) || deployment.find(arn) !== undefined) return;
    const cluster = clusterNameOf(arn);
    const [, secret = ''] = arn.split(':secret:');
    // Secrets Manager adds a hyphen and six characters to the name.
    const name = cluster ?? secret.slice(0, Math.max(0, secret.lastIndexOf('-')));
    if (name !== '' && !hasSymbol(name)) found.set(arn, { kind: cluster === null ? 'secret' : 'cluster', name, arn });
  };
  for (const { mapping } of deployment.mappings) {
    note(mapping.EventSourceArn);
    for (const { URI: uri } of mapping.SourceAccessConfigurations) note(uri);
  }
  return [...found.values()];
}

/** The symbol at the end of an ARN with what is there in the ARN that AWS gave; null where the rest differs. */
export function learned(symbolic: string, actual: string): [symbol: string, text: string] | null {
  let symbol: string | null = null;
  const start = replaceSymbols(symbolic, (found) => {
    symbol = found;
    return '\0';
  }).split('\0');
  return symbol === null || start.length !== 2 || start[1] !== '' || !actual.startsWith(start[0]!)
    ? null
    : [symbol, actual.slice(start[0]!.length)];
}

/** The resources with symbols replaced by what they stand for. */
export function withLearned(templates: ReadTemplates, texts: ReadonlyMap<string, string>): ReadTemplates {
  if (texts.size === 0) return templates;
  const inText = (text: string) => replaceSymbols(text, (symbol) => texts.get(symbol) ?? symbol);
  const inValue = (value: Json): Json =>
    typeof value === 'string'
      ? inText(value)
      : Array.isArray(value)
        ? value.map(inValue)
        : typeof value === 'object' && value !== null
          ? inObject(value)
          : value;
  const inObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([name, member]) => [name, inValue(member)]));
  return {
    ...templates,
    resources: templates.resources.map((resource) => ({
      ...resource,
      properties: inObject(resource.properties),
      id: inText(resource.id),
      arn: resource.arn === null ? null : inText(resource.arn),
    })),
  };
}
