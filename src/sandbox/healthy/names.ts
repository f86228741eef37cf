/** Names of the healthy account; all invented. */
import type { AuthMethod } from '../../aws/msk.js';

export interface HealthyOptions {
  auth?: AuthMethod;
  /** How the pollers reach Lambda and STS; `none` is only valid in provisioned mode. */
  wayOut?: 'endpoints' | 'nat' | 'none';
  provisioned?: boolean;
}

export const region = 'eu-west-1';
export const account = '111122223333';
export const capturedAt = '2026-11-24T10:00:00.000Z';
export const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';
export const clusterUuid = '8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2';
export const clusterName = 'orders-cluster';
export const topic = 'orders';
export const functionName = 'order-handler';
export const clusterArn = `arn:aws:kafka:${region}:${account}:cluster/${clusterName}/${clusterUuid}`;
export const functionArn = `arn:aws:lambda:${region}:${account}:function:${functionName}`;
export const roleArn = `arn:aws:iam::${account}:role/${functionName}-role`;
export const vpcId = 'vpc-0a1b2c3d4e5f60001';
export const groupId = 'sg-0a1b2c3d4e5f6c001';
export const subnetIds = ['subnet-0a1b2c3d4e5f6000a', 'subnet-0a1b2c3d4e5f6000b', 'subnet-0a1b2c3d4e5f6000c'];
export const publicSubnetIds = ['subnet-0a1b2c3d4e5f6001a', 'subnet-0a1b2c3d4e5f6001b', 'subnet-0a1b2c3d4e5f6001c'];
export const endpointGroupId = 'sg-0a1b2c3d4e5f6e001';
export const secretArn = `arn:aws:secretsmanager:${region}:${account}:secret:AmazonMSK_orders-Xy12Ab`;
export const keyId = '0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b';
export const keyArn = `arn:aws:kms:${region}:${account}:key/${keyId}`;
export const managedPolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole';

export const zones = ['a', 'b', 'c'];
