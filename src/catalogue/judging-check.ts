/** The check that judges a permission of the execution role, by the action. */
import type { CheckId } from './check-ids.js';

/** Inside Kafka it depends on the resource of the action. */
const inKafka: Record<string, CheckId> = {
  connect: 'access.kafka-connect',
  describeclusterdynamicconfiguration: 'access.kafka-cluster',
  describetopic: 'access.kafka-topic',
  readdata: 'access.kafka-topic',
  describegroup: 'access.kafka-group',
  altergroup: 'access.kafka-group',
  writedata: 'access.destination',
  writedataidempotently: 'access.destination',
};

/** For these services, one check judges every action that Lambda makes with the role. */
const byService: Record<string, CheckId> = {
  ec2: 'access.network-interfaces',
  kafka: 'access.msk-api',
  msk: 'access.msk-api',
  kms: 'access.kms',
  logs: 'access.logs',
};

/** For these services, only what a mapping needs: the function's code may use the others. */
const byAction: Record<string, CheckId> = {
  'secretsmanager:getsecretvalue': 'access.secret',
  'sts:assumerole': 'access.trust',
  'sqs:sendmessage': 'access.destination',
  'sns:publish': 'access.destination',
  's3:putobject': 'access.destination',
  's3:listbucket': 'access.destination',
  'glue:getregistry': 'access.destination',
  'glue:getschemaversion': 'access.destination',
};

/** Undefined for an action that the execution role does not need for a mapping. */
export function judgingCheck(service: string, action: string): CheckId | undefined {
  const [prefix, name] = [service.toLowerCase(), action.toLowerCase()];
  return prefix === 'kafka-cluster' ? inKafka[name] : (byAction[`${prefix}:${name}`] ?? byService[prefix]);
}
