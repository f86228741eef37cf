/** The name of what an ARN identifies, as a sentence calls it. */
import { lastSegment, parseArn } from './arn.js';
import { withoutSecretSuffix } from './secret-arn.js';

export interface ShortName {
  /** What a sentence calls it before its name; empty for what its name identifies well enough. */
  kind: string;
  name: string;
  account: string;
  region: string;
}

/** Null for text that is not a complete ARN, or an ARN of an unknown form: such text is shown as it is. */
export function shortNameOf(text: string): ShortName | null {
  const arn = /[*?$]/.test(text.replace('$LATEST', '')) ? null : parseArn(text);
  if (arn === null) return null;
  const { service, account, region, resource } = arn;
  const entry = forms.find((form) => form.service === service && form.resource.test(resource));
  const name = entry?.resource.exec(resource)?.[1];
  return name === undefined ? null : { kind: entry!.kind, name: entry!.shorten?.(name) ?? name, account, region };
}

const forms: readonly { service: string; resource: RegExp; kind: string; shorten?: (name: string) => string }[] = [
  { service: 'kafka', resource: /^cluster\/([^/]+)\/[^/]+$/, kind: '' },
  { service: 'kafka', resource: /^topic\/[^/]+\/[^/]+\/([^/]+)$/, kind: 'topic' },
  { service: 'kafka', resource: /^group\/[^/]+\/[^/]+\/([^/]+)$/, kind: 'consumer group' },
  { service: 'kafka', resource: /^transactional-id\/[^/]+\/[^/]+\/([^/]+)$/, kind: 'transactional id' },
  { service: 'kafka', resource: /^configuration\/([^/]+)\/[^/]+$/, kind: 'configuration' },
  { service: 'kafka', resource: /^vpc-connection\/(?:\d{12}\/)?([^/]+)\/[^/]+$/, kind: 'VPC connection' },
  { service: 'lambda', resource: /^function:([^:]+(?::[^:]+)?)$/, kind: '' },
  { service: 'lambda', resource: /^event-source-mapping:([^:]+)$/, kind: 'mapping' },
  { service: 'iam', resource: /^role\/(.+)$/, kind: '', shorten: lastSegment },
  { service: 'iam', resource: /^user\/(.+)$/, kind: 'user', shorten: lastSegment },
  { service: 'iam', resource: /^policy\/(.+)$/, kind: '', shorten: lastSegment },
  { service: 'secretsmanager', resource: /^secret:([^:]+)$/, kind: '', shorten: withoutSecretSuffix },
  { service: 'kms', resource: /^key\/([^/]+)$/, kind: 'key' },
  { service: 'kms', resource: /^(alias\/.+)$/, kind: '' },
  { service: 'sns', resource: /^([^:/]+)$/, kind: 'SNS topic' },
  { service: 'sqs', resource: /^([^:/]+)$/, kind: 'queue' },
  { service: 's3', resource: /^([^:/]+)$/, kind: 'bucket' },
  { service: 'glue', resource: /^registry\/([^/]+)$/, kind: 'registry' },
];
