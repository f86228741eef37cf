/** The healthy account's execution role and, if the authentication needs one, the secret with its key. */
import { awsManagedPolicy } from '../../aws/managed-policies.js';
import type { SecretMethod } from '../../aws/msk.js';
import { ok } from '../../snapshot/read.js';
import type * as r from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import {
  account,
  clusterArn,
  clusterName,
  clusterUuid,
  functionName,
  keyArn,
  keyId,
  managedPolicyArn,
  region,
  roleArn,
  secretArn,
  topic,
  uuid,
  type HealthyOptions,
} from './names.js';

const document = (statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });

export function addRole(snapshot: Snapshot, auth: NonNullable<HealthyOptions['auth']>) {
  snapshot.roles[roleArn] = ok<r.Role>({
    RoleName: `${functionName}-role`,
    Arn: roleArn,
    Path: '/',
    RoleId: 'AROAEXAMPLEEXAMPLEEX1',
    CreateDate: '2026-01-10T08:00:00.000Z',
    AssumeRolePolicyDocument: document([
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]),
    Tags: [],
  });
  snapshot.attachedPolicies[roleArn] = ok([{ PolicyName: 'AWSLambdaMSKExecutionRole', PolicyArn: managedPolicyArn }]);
  snapshot.managedPolicies[managedPolicyArn] = ok(awsManagedPolicy(managedPolicyArn)!);
  const kafkaArn = (type: string) => `arn:aws:kafka:${region}:${account}:${type}/${clusterName}/${clusterUuid}`;
  const statements = {
    iam: [
      {
        Effect: 'Allow',
        Action: ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'],
        Resource: clusterArn,
      },
      {
        Effect: 'Allow',
        Action: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
        Resource: `${kafkaArn('topic')}/${topic}`,
      },
      {
        Effect: 'Allow',
        Action: ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'],
        Resource: `${kafkaArn('group')}/${uuid}`,
      },
    ],
    scram: [
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArn },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn },
    ],
    mtls: [
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArn },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn },
    ],
    tls: [],
    plaintext: [],
  }[auth];
  snapshot.inlinePolicyNames[roleArn] = ok(statements.length > 0 ? ['kafka-access'] : []);
  if (statements.length > 0) snapshot.inlinePolicies[`${roleArn}#kafka-access`] = ok(document(statements));
}

export function addSecret(snapshot: Snapshot, auth: SecretMethod) {
  snapshot.secrets[secretArn] = ok<r.Secret>({
    ARN: secretArn,
    Name: 'AmazonMSK_orders',
    KmsKeyId: keyArn,
    LastChangedDate: '2026-06-01T08:00:00.000Z',
  });
  snapshot.secretPolicies[secretArn] = ok('');
  const field = { present: true, empty: false, edgeWhitespace: false, specialCharacters: false };
  snapshot.secretProfiles[secretArn] = ok<r.SecretProfile>(
    auth === 'scram'
      ? {
          bytes: 58,
          form: 'object',
          members: ['username', 'password'],
          misspelt: [],
          otherMembers: 0,
          notText: [],
          username: field,
          password: field,
          principal: 'User:orders-reader',
        }
      : {
          bytes: 5120,
          form: 'object',
          members: ['certificate', 'privateKey'],
          misspelt: [],
          otherMembers: 0,
          notText: [],
          principal: 'User:CN=orders-reader,O=Example',
          certificate: {
            pem: true,
            newlinesLost: false,
            blocks: 2,
            unreadableBlocks: 0,
            chain: [
              {
                subject: 'CN=orders-reader,O=Example',
                issuer: 'CN=Example CA',
                notBefore: '2026-01-01T00:00:00.000Z',
                notAfter: '2028-01-01T00:00:00.000Z',
                selfSigned: false,
              },
              {
                subject: 'CN=Example CA',
                issuer: 'CN=Example CA',
                notBefore: '2024-01-01T00:00:00.000Z',
                notAfter: '2034-01-01T00:00:00.000Z',
                selfSigned: true,
              },
            ],
            ordered: true,
            brokenLinks: [],
            complete: true,
          },
          privateKey: {
            pem: true,
            newlinesLost: false,
            container: 'PKCS#8',
            algorithm: 'RSA',
            passwordGiven: false,
            opens: 'not-encrypted',
            matchesCertificate: 'yes',
          },
        },
  );
  snapshot.keys[keyArn] = ok<r.KmsKey>({
    KeyId: keyId,
    Arn: keyArn,
    KeyState: 'Enabled',
    Enabled: true,
    KeyManager: 'CUSTOMER',
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyUsage: 'ENCRYPT_DECRYPT',
  });
  snapshot.keyPolicies[keyArn] = ok(
    document([
      {
        Sid: 'Enable IAM policies',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ]),
  );
  if (auth === 'scram') snapshot.scramSecrets[clusterArn] = ok([secretArn]);
}
