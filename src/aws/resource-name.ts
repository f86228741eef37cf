/** Resources by the names that people use, from their ARNs. */
import { lastSegment, parseArn } from './arn.js';
import { withoutSecretSuffix } from './secret-arn.js';

/** The form of one type of resource in ARNs (Service Authorization Reference, “Resource types defined by …”). */
interface Form {
  service: string;
  /** Captures the name. */
  resource: RegExp;
  /** What a sentence calls it before its name; empty for what its name identifies well enough. */
  kind: string;
  /** The same where no ARN stands beside it: in a list of permissions. Null for what no permission names. */
  inPermissions: string | null;
  shorten?: (name: string) => string;
}

const forms: readonly Form[] = [
  { service: 'kafka', resource: /^cluster\/([^/]+)(?:\/[^/]+)?$/, kind: '', inPermissions: '' },
  { service: 'kafka', resource: /^topic\/[^/]+\/[^/]+\/([^/]+)$/, kind: 'topic', inPermissions: 'topic' },
  {
    service: 'kafka',
    resource: /^group\/[^/]+\/[^/]+\/(.+)$/,
    kind: 'consumer group',
    inPermissions: 'consumer group',
  },
  {
    service: 'kafka',
    resource: /^transactional-id\/[^/]+\/[^/]+\/(.+)$/,
    kind: 'transactional id',
    inPermissions: 'transactional id',
  },
  {
    service: 'kafka',
    resource: /^configuration\/([^/]+)\/[^/]+$/,
    kind: 'configuration',
    inPermissions: 'configuration',
  },
  {
    service: 'kafka',
    resource: /^vpc-connection\/(?:\d{12}\/)?([^/]+)\/[^/]+$/,
    kind: 'VPC connection',
    inPermissions: 'VPC connection',
  },
  { service: 'lambda', resource: /^function:([^:]+(?::[^:]+)?)$/, kind: '', inPermissions: null },
  { service: 'lambda', resource: /^event-source-mapping:([^:]+)$/, kind: 'mapping', inPermissions: null },
  { service: 'iam', resource: /^role\/(.+)$/, kind: '', inPermissions: null, shorten: lastSegment },
  { service: 'iam', resource: /^user\/(.+)$/, kind: 'user', inPermissions: null, shorten: lastSegment },
  { service: 'iam', resource: /^policy\/(.+)$/, kind: '', inPermissions: null, shorten: lastSegment },
  {
    service: 'secretsmanager',
    resource: /^secret:([^:]+)$/,
    kind: '',
    inPermissions: 'secret',
    shorten: withoutSecretSuffix,
  },
  { service: 'kms', resource: /^key\/([^/]+)$/, kind: 'key', inPermissions: 'KMS key' },
  { service: 'kms', resource: /^(alias\/.+)$/, kind: '', inPermissions: 'KMS key' },
  { service: 'sns', resource: /^([^:/]+)$/, kind: 'SNS topic', inPermissions: 'SNS topic' },
  { service: 'sqs', resource: /^([^:/]+)$/, kind: 'queue', inPermissions: 'queue' },
  // All objects of a bucket, `bucket/*`, are the bucket.
  { service: 's3', resource: /^([^:/]+)(?:\/\*)?$/, kind: 'bucket', inPermissions: 'bucket' },
  { service: 'logs', resource: /^log-group:([^:]+)(?::.*)?$/, kind: 'log group', inPermissions: 'log group' },
  { service: 'glue', resource: /^registry\/([^/]+)$/, kind: 'registry', inPermissions: 'schema registry' },
];

interface Named {
  form: Form;
  name: string;
  account: string;
  region: string;
}

function named(text: string): Named | null {
  const arn = parseArn(text);
  if (arn === null) return null;
  const { service, account, region, resource } = arn;
  const form = forms.find((candidate) => candidate.service === service && candidate.resource.test(resource));
  const name = form?.resource.exec(resource)?.[1];
  if (form === undefined || name === undefined) return null;
  return { form, name: form.shorten?.(name) ?? name, account, region };
}

export interface ShortName {
  kind: string;
  name: string;
  account: string;
  region: string;
}

/** The name of what an ARN identifies. Null for text that is not a complete ARN, or an ARN of an unknown form. */
export function shortNameOf(text: string): ShortName | null {
  if (/[*?$]/.test(text.replace('$LATEST', ''))) return null;
  const resource = named(text);
  return resource === null
    ? null
    : { kind: resource.form.kind, name: resource.name, account: resource.account, region: resource.region };
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A resource of a permission by type and name: “topic orders”, “secret AmazonMSK_orders”. The consumer group of most
 * mappings has the mapping's UUID as its name, and is “the consumer group”. Null for `*`, and where an ARN names no
 * single resource.
 */
export function resourceName(text: string): string | null {
  const resource = named(text);
  if (resource === null || resource.form.inPermissions === null) return null;
  const { inPermissions: type } = resource.form;
  if (type === 'VPC connection' || (type === 'consumer group' && uuid.test(resource.name))) return `the ${type}`;
  return type === '' ? resource.name : `${type} ${resource.name}`;
}

/** “ on topic orders”; empty where the requests are on several resources, or on one without a name. */
export function onSharedResource(requests: readonly { resources: readonly string[] }[]): string {
  const names = new Set(requests.map(({ resources: [resource = ''] }) => resourceName(resource)));
  const [name] = names;
  return names.size === 1 && typeof name === 'string' ? ` on ${name}` : '';
}
