/** Calls to moto by the SDK's clients, by service and operation, as a fix names them. */
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as s3 from '@aws-sdk/client-s3';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import { region } from '../../accounts/account.js';

const services = {
  ec2: [ec2, 'EC2Client'],
  iam: [iam, 'IAMClient'],
  kms: [kms, 'KMSClient'],
  s3: [s3, 'S3Client'],
  secretsmanager: [secretsmanager, 'SecretsManagerClient'],
  sns: [sns, 'SNSClient'],
  sqs: [sqs, 'SQSClient'],
} as const;

type Client = new (config: object) => { send(command: unknown): Promise<Record<string, unknown>> };
type Command = new (input: object) => unknown;

/** Answers with the SDK's output; throws what the SDK throws. */
export type Send = (service: string, operation: string, input?: object) => Promise<any>; // eslint-disable-line typescript/no-explicit-any -- outputs of many shapes, read member by member

export function sendTo(endpoint: string): Send {
  const config = {
    region,
    endpoint,
    credentials: { accessKeyId: 'made-up', secretAccessKey: 'made-up' },
    forcePathStyle: true,
  };
  const clients = Object.fromEntries(
    Object.entries(services).map(([name, [module, client]]) => [
      name,
      new (module as unknown as Record<string, Client>)[client]!(config),
    ]),
  );
  return async (service, operation, input = {}) => {
    const CommandClass = (
      services[service as keyof typeof services]?.[0] as unknown as Record<string, Command> | undefined
    )?.[`${operation}Command`];
    if (CommandClass === undefined) throw new Error(`the SDK knows no ${service} ${operation}`);
    return clients[service]!.send(new CommandClass(input));
  };
}
