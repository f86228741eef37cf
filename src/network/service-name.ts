/** Service names of AWS endpoints (DescribeVpcEndpointServices). */

/** In China these names begin with `cn.`; those of Secrets Manager, SNS, Glue, KMS and the S3 gateway do not. */
const chineseNames = new Set(['lambda', 'sts', 'sqs']);

export const endpointServiceName = (partition: string, region: string, service: string): string =>
  `${partition === 'aws-cn' && chineseNames.has(service) ? 'cn.' : ''}com.amazonaws.${region}.${service}`;
