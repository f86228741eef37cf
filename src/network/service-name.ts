/** Service names of AWS endpoints (DescribeVpcEndpointServices). */
import { serviceNames } from './question.js';

/** In China these names begin with `cn.`; those of Secrets Manager, SNS, Glue, KMS and the S3 gateway do not. */
const chineseNames = new Set(['lambda', 'sts', 'sqs']);

export const endpointServiceName = (partition: string, region: string, service: string): string =>
  `${partition === 'aws-cn' && chineseNames.has(service) ? 'cn.' : ''}com.amazonaws.${region}.${service}`;

/** The service of such a name, as AWS spells it in a sentence. */
export function serviceLabel(endpointService: unknown): string {
  const service = String(endpointService).split('.').at(-1)!;
  return ({ ...serviceNames, kms: 'KMS' } as Readonly<Record<string, string>>)[service] ?? service;
}
