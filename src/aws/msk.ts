/** What Amazon MSK and Lambda agree on: authentication methods, the secrets they ask for, names and ports. */
import { secretNameOf } from './secret-arn.js';

/** Every method by which Lambda may authenticate to a cluster, as users name them. */
export const authMethods = ['iam', 'scram', 'mtls', 'tls', 'plaintext'] as const;
export type AuthMethod = (typeof authMethods)[number];

/** How a method reads in a sentence. */
export const authNames: Readonly<Record<AuthMethod, string>> = {
  mtls: 'mutual TLS',
  scram: 'SASL/SCRAM',
  iam: 'IAM',
  tls: 'TLS without authentication',
  plaintext: 'plaintext',
};

/**
 * The type of SourceAccessConfiguration for each method that takes a secret, in the order in which Lambda prefers them;
 * all other types are for self-managed Kafka or Amazon MQ (AWS: MSK cluster authentication; API reference,
 * SourceAccessConfiguration).
 */
export const secretTypes = { mtls: 'CLIENT_CERTIFICATE_TLS_AUTH', scram: 'SASL_SCRAM_512_AUTH' } as const;
/** The other types of SourceAccessConfiguration: for self-managed Kafka, Amazon MQ or Amazon DocumentDB. */
export const foreignAccessTypes: readonly string[] = [
  'BASIC_AUTH',
  'IAM_AUTH',
  'IAM_OAUTHBEARER_AUTH',
  'OAUTHBEARER_AUDIENCE',
  'OAUTHBEARER_AUTH',
  'OAUTHBEARER_IDENTITY_POOL',
  'OAUTHBEARER_LOGICAL_CLUSTER',
  'OAUTHBEARER_SCOPE',
  'SASL_SCRAM_256_AUTH',
  'SERVER_ROOT_CA_CERTIFICATE',
  'VIRTUAL_HOST',
  'VPC_SECURITY_GROUP',
  'VPC_SUBNET',
];
/** A method that takes a secret; the kind of secret it takes has the same name. */
export type SecretMethod = keyof typeof secretTypes;
export type SecretType = (typeof secretTypes)[SecretMethod];

const secretMethods = Object.keys(secretTypes) as SecretMethod[];

/** The method that a type of SourceAccessConfiguration stands for; null for one that MSK does not know. */
export const methodOfSecretType = (type: string | undefined): SecretMethod | null =>
  secretMethods.find((method) => secretTypes[method] === type) ?? null;

/** Whether a type of SourceAccessConfiguration is one that MSK knows. */
export const isSecretType = (type: string | undefined): type is SecretType => methodOfSecretType(type) !== null;

/** A type that AWS added after this version was made: how Lambda authenticates with it is not known. */
export const isUnknownAccessType = (type: string): boolean => !isSecretType(type) && !foreignAccessTypes.includes(type);

/** The types of this kind among a mapping's SourceAccessConfigurations. */
export const unknownAccessTypes = (configurations: readonly { Type?: string | undefined }[]): string[] =>
  configurations.flatMap(({ Type: type }) => (type !== undefined && isUnknownAccessType(type) ? [type] : []));

export const takesSecret = (method: AuthMethod): method is SecretMethod => Object.hasOwn(secretTypes, method);

/** The one method of a VPC connection, as MSK spells it (API reference, DescribeVpcConnection). */
export const connectionAuthentications = { iam: 'SASL_IAM', scram: 'SASL_SCRAM', mtls: 'TLS' } as const;

/** The method that a VPC connection is for; null where MSK does not say, or says what is not known. */
export const methodOfConnection = (authentication: string | undefined): keyof typeof connectionAuthentications | null =>
  (['iam', 'scram', 'mtls'] as const).find((method) => connectionAuthentications[method] === authentication) ?? null;

/** How the name of a secret must begin that holds a user for SASL/SCRAM (AWS: MSK, SASL/SCRAM limitations). */
export const scramPrefix = 'AmazonMSK_';

/** Whether a secret, by its name or ARN, can only be meant for SASL/SCRAM. */
export const isScramSecret = (nameOrArn: string): boolean => secretNameOf(nameOrArn).startsWith(scramPrefix);

/** Ports by method inside the VPC (AWS: MSK port information). */
export const brokerPorts: Readonly<Record<AuthMethod, number>> = {
  mtls: 9094,
  scram: 9096,
  iam: 9098,
  tls: 9094,
  plaintext: 9092,
};

/** Ports of a multi-VPC private connection (AWS: MSK cross-account access). */
export const connectionPorts = { from: 14001, to: 14100 } as const;
