/**
 * SAM connectors that give permissions to a function, or about a queue or topic: as managed policies of the function's
 * role, and policies of queues and topics (checked against aws-sam-translator). Others are left out: no mapping on Kafka
 * depends on them.
 */
import type { RawResource } from '../cloudformation/stack.js';
import { isObject, type Json, type JsonObject } from '../resource.js';
import type { DocumentPath } from '../location.js';

const connectorType = 'AWS::Serverless::Connector';

interface Connector {
  id: string;
  source: JsonObject;
  destinations: JsonObject[];
  /** Whether the template writes a list of destinations: each then has a number. */
  isList: boolean;
  permissions: string[];
  passed: JsonObject;
  path: DocumentPath;
}

/** The resources without connectors, and with what these make. */
export function expandConnectors(
  expanded: ReadonlyMap<string, RawResource>,
  written: ReadonlyMap<string, RawResource>,
): Map<string, RawResource> {
  const resources = new Map([...expanded].filter(([, { raw }]) => raw['Type'] !== connectorType));
  const made = new Map<string, string[]>();
  for (const connector of connectorsOf(written)) {
    const parts = connector.destinations.flatMap((destination, index) =>
      policyOf(connector, destination, connector.isList ? `Destination${index}` : '', resources),
    );
    for (const [id, raw] of parts) resources.set(id, { raw, path: connector.path });
    made.set(
      connector.id,
      parts.map(([id]) => id),
    );
  }
  if (made.size > 0)
    for (const [id, resource] of resources) resources.set(id, { ...resource, raw: waitingFor(resource.raw, made) });
  return resources;
}

/** Connectors of their own, and those that are written in the resource that is their source. */
function connectorsOf(written: ReadonlyMap<string, RawResource>): Connector[] {
  return [...written].flatMap(([id, { raw, path }]) => {
    if (raw['Type'] === connectorType) return connector(id, raw, path, {});
    const embedded = raw['Connectors'];
    return Object.entries(isObject(embedded) ? embedded : {}).flatMap(([name, each]) => {
      const reference = isObject(each) && isObject(each['Properties']) ? each['Properties']['SourceReference'] : {};
      return isObject(each)
        ? connector(`${id}${name}`, each, [...path, 'Connectors', name], {
            Id: id,
            ...(isObject(reference) ? reference : {}),
          })
        : [];
    });
  });
}

function connector(id: string, raw: JsonObject, path: DocumentPath, source: JsonObject): Connector[] {
  const properties = raw['Properties'];
  if (!isObject(properties)) return [];
  const { Source: given, Destination: destination, Permissions: permissions } = properties;
  return [
    {
      id,
      source: isObject(given) ? given : source,
      destinations: [destination ?? []].flat().filter(isObject),
      isList: Array.isArray(destination),
      permissions: (Array.isArray(permissions) ? permissions : []).filter((name) => typeof name === 'string'),
      passed: Object.fromEntries(
        ['Condition', 'DependsOn'].flatMap((name) => (raw[name] === undefined ? [] : [[name, raw[name]!]])),
      ),
      path,
    },
  ];
}

/** What a connector knows of one of its ends. */
interface End {
  type: string;
  arn: Json | undefined;
  roleName: Json | undefined;
  queueUrl: Json | undefined;
}

function endOf(reference: JsonObject, resources: ReadonlyMap<string, RawResource>): End {
  const id = reference['Id'];
  if (typeof id !== 'string') {
    const type = String(reference['Type'] ?? '');
    return {
      type: type === 'AWS::Serverless::Function' ? 'AWS::Lambda::Function' : type,
      arn: reference['Arn'],
      roleName: reference['RoleName'],
      queueUrl: reference['QueueUrl'],
    };
  }
  const raw = resources.get(id)?.raw ?? {};
  const type = String(raw['Type'] ?? '');
  const properties = raw['Properties'];
  return {
    type,
    arn: type === 'AWS::SNS::Topic' ? { Ref: id } : { 'Fn::GetAtt': [id, 'Arn'] },
    roleName: nameOfRole(isObject(properties) ? properties['Role'] : undefined),
    queueUrl: { Ref: id },
  };
}

/** The translator finds a role of the template only. */
function nameOfRole(role: Json | undefined): Json | undefined {
  const [name] = isObject(role) ? [role['Ref'] ?? role['Fn::GetAtt'] ?? []].flat() : [];
  const id = typeof name === 'string' ? name.split('.')[0]! : '';
  return id === '' ? undefined : { Ref: id };
}

/** Actions that a connector from a function allows, by destination and permission. */
const ofFunction: Record<string, Record<string, string[]>> = {
  'AWS::SQS::Queue': {
    Read: ['sqs:ReceiveMessage', 'sqs:GetQueueAttributes'],
    Write: ['sqs:DeleteMessage', 'sqs:SendMessage', 'sqs:ChangeMessageVisibility', 'sqs:PurgeQueue'],
  },
  'AWS::SNS::Topic': { Write: ['sns:Publish'] },
  'AWS::S3::Bucket': {
    Read: [
      's3:GetObject',
      's3:GetObjectAcl',
      's3:GetObjectLegalHold',
      's3:GetObjectRetention',
      's3:GetObjectTorrent',
      's3:GetObjectVersion',
      's3:GetObjectVersionAcl',
      's3:GetObjectVersionForReplication',
      's3:GetObjectVersionTorrent',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:ListBucketVersions',
      's3:ListMultipartUploadParts',
    ],
    Write: [
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:PutObject',
      's3:PutObjectLegalHold',
      's3:PutObjectRetention',
      's3:RestoreObject',
    ],
  },
};

/** Services that may send to a queue or topic, by source. */
const senders: Record<string, string> = {
  'AWS::SNS::Topic': 'sns.amazonaws.com',
  'AWS::Events::Rule': 'events.amazonaws.com',
};

function policyOf(
  { id, source: written, permissions, passed }: Connector,
  reference: JsonObject,
  end: string,
  resources: ReadonlyMap<string, RawResource>,
): [string, JsonObject][] {
  const [source, destination] = [endOf(written, resources), endOf(reference, resources)];
  const document = (statements: Json[]): JsonObject => ({ Version: '2012-10-17', Statement: statements });
  if (destination.arn === undefined) return [];
  const allowed = ofFunction[destination.type];
  if (source.type === 'AWS::Lambda::Function' && allowed !== undefined && source.roleName !== undefined) {
    const resource =
      destination.type === 'AWS::S3::Bucket'
        ? [destination.arn, { 'Fn::Sub': ['${DestinationArn}/*', { DestinationArn: destination.arn }] }]
        : [destination.arn];
    const statements = Object.entries(allowed)
      .filter(([permission]) => permissions.includes(permission))
      .map(([, actions]) => ({ Effect: 'Allow', Action: actions, Resource: resource }));
    const properties = { PolicyDocument: document(statements), Roles: [source.roleName] };
    return [[`${id}Policy${end}`, { ...passed, Type: 'AWS::IAM::ManagedPolicy', Properties: properties }]];
  }
  const service = senders[source.type];
  const isQueue = destination.type === 'AWS::SQS::Queue';
  const isTopic = destination.type === 'AWS::SNS::Topic' && source.type !== 'AWS::SNS::Topic';
  if (service === undefined || source.arn === undefined || !(isQueue || isTopic) || !permissions.includes('Write'))
    return [];
  const statement: JsonObject = {
    Effect: 'Allow',
    Principal: { Service: service },
    Resource: destination.arn,
    Action: isQueue ? 'sqs:SendMessage' : 'sns:Publish',
    Condition: { ArnEquals: { 'aws:SourceArn': source.arn } },
  };
  const target: JsonObject = isQueue ? { Queues: [destination.queueUrl ?? null] } : { Topics: [destination.arn] };
  return [
    [
      `${id}${isQueue ? 'Queue' : 'Topic'}Policy${end}`,
      {
        ...passed,
        Type: isQueue ? 'AWS::SQS::QueuePolicy' : 'AWS::SNS::TopicPolicy',
        Properties: { ...target, PolicyDocument: document([statement]) },
      },
    ],
  ];
}

/** Who waits for a connector waits for what it makes. */
function waitingFor(raw: JsonObject, made: ReadonlyMap<string, string[]>): JsonObject {
  const names = [raw['DependsOn'] ?? []].flat();
  if (!names.some((name) => typeof name === 'string' && made.has(name))) return raw;
  return {
    ...raw,
    DependsOn: names.flatMap((name) => (typeof name === 'string' ? (made.get(name) ?? [name]) : [])),
  };
}
