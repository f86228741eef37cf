/** The partitions of AWS: which regions they have and how their services are named (AWS: AWS General Reference, endpoints). */

/** By the beginning of a region's name; all others are of the partition `aws`. */
const partitions: readonly { partition: string; regions: string; dnsSuffix: string }[] = [
  { partition: 'aws-cn', regions: 'cn-', dnsSuffix: 'amazonaws.com.cn' },
  { partition: 'aws-us-gov', regions: 'us-gov-', dnsSuffix: 'amazonaws.com' },
  { partition: 'aws-iso', regions: 'us-iso-', dnsSuffix: 'c2s.ic.gov' },
  { partition: 'aws-iso-b', regions: 'us-isob-', dnsSuffix: 'sc2s.sgov.gov' },
  { partition: 'aws-iso-e', regions: 'eu-isoe-', dnsSuffix: 'cloud.adc-e.uk' },
  { partition: 'aws-iso-f', regions: 'us-isof-', dnsSuffix: 'csp.hci.ic.gov' },
  { partition: 'aws-eusc', regions: 'eusc-', dnsSuffix: 'amazonaws.eu' },
];
const commercialSuffix = 'amazonaws.com';

/** The partition a region belongs to. */
export const partitionOf = (region: string): string =>
  partitions.find(({ regions }) => region.startsWith(regions))?.partition ?? 'aws';

/** What the names of a partition's services end in: `lambda.eu-west-1.<suffix>`. */
export const dnsSuffixOf = (partition: string): string =>
  partitions.find((known) => known.partition === partition)?.dnsSuffix ?? commercialSuffix;

/** The service principal of Lambda, in every partition (AWS: service principals). */
export const lambdaPrincipal = 'lambda.amazonaws.com';
