/** Resources of permissions by the names that people use. */
import { lastSegment, parseArn } from './arn.js';
import { secretNameOf } from './secret-arn.js';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A resource by type and name: “topic orders”, “secret AmazonMSK_orders”. The consumer group of most mappings has the
 * mapping's UUID as its name, and is “the consumer group”. Null for `*`, and where an ARN names no single resource.
 */
export function resourceName(text: string): string | null {
  const { service, resource = '' } = parseArn(text) ?? {};
  const rest = resource.split('/').slice(3).join('/');
  switch (service) {
    case 'kafka':
      if (resource.startsWith('topic/')) return `topic ${rest}`;
      if (resource.startsWith('group/')) return uuid.test(rest) ? 'the consumer group' : `consumer group ${rest}`;
      return resource.startsWith('vpc-connection/') ? 'the VPC connection' : (resource.split('/')[1] ?? null);
    case 'secretsmanager':
      return `secret ${secretNameOf(text)}`;
    case 'kms':
      return `KMS ${resource.replace('/', ' ')}`;
    case 'sqs':
      return `queue ${resource}`;
    case 'sns':
      return `SNS topic ${resource}`;
    case 's3':
      return `bucket ${resource.split('/')[0]}`;
    case 'logs':
      return `log group ${resource.split(':')[1]}`;
    case 'glue':
      return resource.startsWith('registry/') ? `schema registry ${lastSegment(resource)}` : null;
    default:
      return null;
  }
}
