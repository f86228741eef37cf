import { partition as sdkPartition } from '@aws-sdk/core/client';
import { expect, test } from 'vitest';
import { dnsSuffixOf, partitionOf } from '../../src/aws/partitions.js';

/** A region of each partition, and some of the largest one. */
const regions = [
  'us-east-1',
  'eu-west-1',
  'eu-central-2',
  'ap-southeast-7',
  'il-central-1',
  'mx-central-1',
  'cn-north-1',
  'cn-northwest-1',
  'us-gov-west-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
  'eusc-de-east-1',
];

test.each(regions)('%s is of the partition that the SDK says, with its domain', (region) => {
  const { name, dnsSuffix } = sdkPartition(region);
  expect({ name: partitionOf(region), dnsSuffix: dnsSuffixOf(partitionOf(region)) }).toEqual({ name, dnsSuffix });
});

test('a region or partition that nobody knows is one of the largest partition', () => {
  expect(partitionOf('xx-nowhere-1')).toBe('aws');
  expect(dnsSuffixOf('aws-nowhere')).toBe('amazonaws.com');
});
