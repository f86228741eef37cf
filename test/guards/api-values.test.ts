/** Lists of values that the AWS APIs have, against the enums of the SDK: a value that AWS adds must be added here too. */
import * as ec2 from '@aws-sdk/client-ec2';
import * as glue from '@aws-sdk/client-glue';
import * as kafka from '@aws-sdk/client-kafka';
import * as kms from '@aws-sdk/client-kms';
import * as lambda from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import {
  eventRecordFormats,
  functionResponseTypes,
  logLevels,
  metricGroups,
  registryAccessTypes,
  schemaAttributes,
  startingPositions,
} from '../../src/aws/mapping-api.js';
import { foreignAccessTypes, secretTypes, unknownAccessTypes } from '../../src/aws/msk.js';
import { meaningOf, states } from '../../src/aws/states.js';
import { isPassingReason, reasonInWords, reasonMeanings } from '../../src/catalogue/function-reasons.js';
import { judgeState } from '../../src/checks/function/support/state-judgement.js';

const valuesOf = (enumeration: Record<string, string>) => Object.values(enumeration).toSorted();

describe('lists of values', () => {
  const lists: { name: string; listed: readonly string[]; api: Record<string, string> }[] = [
    { name: 'starting positions', listed: startingPositions, api: lambda.EventSourcePosition },
    { name: 'metric groups', listed: metricGroups, api: lambda.EventSourceMappingMetric },
    { name: 'log levels', listed: logLevels, api: lambda.EventSourceMappingSystemLogLevel },
    { name: 'event record formats', listed: eventRecordFormats, api: lambda.SchemaRegistryEventRecordFormat },
    { name: 'schema attributes', listed: schemaAttributes, api: lambda.KafkaSchemaValidationAttribute },
    { name: 'types of access to a registry', listed: registryAccessTypes, api: lambda.KafkaSchemaRegistryAuthType },
    { name: 'function response types', listed: functionResponseTypes, api: lambda.FunctionResponseType },
    {
      name: 'types of source access',
      listed: [...Object.values(secretTypes), ...foreignAccessTypes],
      api: lambda.SourceAccessType,
    },
    {
      name: 'reasons of a function’s state',
      listed: Object.keys(reasonMeanings),
      api: { ...lambda.StateReasonCode, ...lambda.LastUpdateStatusReasonCode },
    },
    { name: 'tenant isolation modes', listed: ['PER_TENANT'], api: lambda.TenantIsolationMode },
    { name: 'versions to publish to', listed: ['LATEST_PUBLISHED'], api: lambda.FunctionVersionLatestPublished },
    { name: 'update statuses', listed: ['Failed', 'InProgress', 'Successful'], api: lambda.LastUpdateStatus },
    { name: 'client encryption of a cluster', listed: ['PLAINTEXT', 'TLS', 'TLS_PLAINTEXT'], api: kafka.ClientBroker },
    { name: 'types of a cluster', listed: ['PROVISIONED', 'SERVERLESS'], api: kafka.ClusterType },
    { name: 'key managers', listed: ['AWS', 'CUSTOMER'], api: kms.KeyManagerType },
    { name: 'states of a Glue registry', listed: ['AVAILABLE', 'DELETING'], api: glue.RegistryStatus },
    {
      name: 'states of the association of a route table',
      listed: ['associated', 'associating', 'disassociated', 'disassociating', 'failed'],
      api: ec2.RouteTableAssociationStateCode,
    },
  ];
  test.each(lists)('$name', ({ listed, api }) => expect([...listed].toSorted()).toEqual(valuesOf(api)));
});

describe('states', () => {
  const tables: { kind: keyof typeof states; api: Record<string, string> }[] = [
    { kind: 'cluster', api: kafka.ClusterState },
    { kind: 'vpcConnection', api: kafka.VpcConnectionState },
    { kind: 'key', api: kms.KeyState },
    { kind: 'endpoint', api: ec2.State },
    { kind: 'natGateway', api: ec2.NatGatewayState },
    { kind: 'transitGatewayAttachment', api: ec2.TransitGatewayAttachmentState },
    { kind: 'peering', api: ec2.VpcPeeringConnectionStateReasonCode },
  ];
  test('every table is compared', () =>
    expect(tables.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(states).toSorted()));
  test.each(tables)('of $kind', ({ kind, api }) => {
    expect(Object.values(states[kind]).flat().toSorted()).toEqual(valuesOf(api));
    for (const state of valuesOf(api)) {
      expect(meaningOf(kind, state)).not.toBe('unknown');
      expect(meaningOf(kind, state.toUpperCase())).toBe(meaningOf(kind, state));
    }
  });
  test.each(tables)('one that AWS adds to $kind is not a fault', ({ kind }) => {
    expect(meaningOf(kind, 'HIBERNATING')).toBe('unknown');
    expect(meaningOf(kind, undefined)).toBe('up');
  });
});

describe('the state of a function', () => {
  const context = { resource: 'arn', name: 'f', uuid: 'u', works: false, callFailed: true };
  const judged = (State: string) => judgeState({ FunctionName: 'f', FunctionArn: 'arn', State }, context).status;
  test('each of the API is judged', () =>
    expect(Object.fromEntries(valuesOf(lambda.State).map((state) => [state, judged(state)]))).toEqual({
      Active: 'pass',
      ActiveNonInvocable: 'fail',
      Deactivated: 'fail',
      Deactivating: 'undecided',
      Deleting: 'fail',
      Failed: 'fail',
      Inactive: 'pass',
      Pending: 'undecided',
    }));
  test('one that AWS adds is not a fault', () => expect(judged('Hibernating')).toBe('undecided'));
  test('a reason is a clause in words, and one that AWS adds is shown as it is', () => {
    for (const meaning of Object.values(reasonMeanings)) expect(meaning).toMatch(/^[a-zA-Z].{10,}[^.]$/);
    expect(reasonInWords('Idle', undefined)).toMatch(/^: Idle \(.*idle function/);
    expect(reasonInWords('NewReason', 'Because.')).toBe(': NewReason: Because.');
    expect(reasonInWords('toString', undefined)).toBe(': toString');
    expect(reasonInWords(undefined, undefined)).toBe('');
    expect([isPassingReason('Idle'), isPassingReason('InvalidSubnet'), isPassingReason('NewReason')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test('a type of source access that AWS adds is known as such', () => {
  const types = ['SASL_SCRAM_512_AUTH', 'VPC_SUBNET', 'KERBEROS', undefined, 'OAUTHBEARER_AUTH'];
  expect(unknownAccessTypes(types.map((Type) => ({ Type })))).toEqual(['KERBEROS']);
});
