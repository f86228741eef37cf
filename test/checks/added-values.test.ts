/** Values that AWS adds to its APIs after a version of this tool was made: nothing fails because of them. */
import { describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.js';
import { runChecks } from '../../src/checks/run.js';
import { diagnoseMapping } from '../../src/diagnosis/diagnose.js';
import { subjectOf } from '../../src/subject/subject.js';
import {
  accountWith,
  clusterArn,
  functionArn,
  keyArn,
  uuid,
  value,
  vpcId,
  type HealthyOptions,
} from '../accounts/account.js';
import { mapping, type Change } from './judging.js';

const cases: { name: string; change: Change; options?: HealthyOptions }[] = [
  { name: 'state of the mapping', change: mapping({ State: 'Draining' }) },
  {
    name: 'type of source access',
    change: mapping({ SourceAccessConfigurations: [{ Type: 'KERBEROS_AUTH', URI: 'arn:aws:secretsmanager:x' }] }),
  },
  { name: 'starting position', change: mapping({ StartingPosition: 'AT_OFFSET' }) },
  { name: 'function response type', change: mapping({ FunctionResponseTypes: ['ReportStream'] }) },
  { name: 'group of metrics', change: mapping({ MetricsConfig: { Metrics: ['TraceCount'] } }) },
  {
    name: 'log level',
    change: mapping({ LoggingConfig: { SystemLogLevel: 'TRACE' } }),
    options: { provisioned: true },
  },
  {
    name: 'state of the function',
    change: (snapshot) => void (value(snapshot.functions, functionArn).State = 'Migrating'),
  },
  {
    name: 'update status of the function',
    change: (snapshot) => void (value(snapshot.functions, functionArn).LastUpdateStatus = 'Canary'),
  },
  {
    name: 'tenant isolation mode',
    change: (snapshot) =>
      void (value(snapshot.functions, functionArn).TenancyConfig = { TenantIsolationMode: 'PER_REGION' }),
  },
  {
    name: 'state of the cluster',
    change: (snapshot) => void (value(snapshot.clusters, clusterArn).State = 'REBALANCING'),
  },
  {
    name: 'client encryption of the cluster',
    change: (snapshot) => {
      const info = value(snapshot.clusters, clusterArn).Provisioned!.EncryptionInfo!;
      info.EncryptionInTransit = { ClientBroker: 'TLS_POST_QUANTUM', InCluster: true };
    },
  },
  {
    name: 'state of the secret’s key',
    change: (snapshot) => void (value(snapshot.keys, keyArn).KeyState = 'Rotating'),
    options: { auth: 'scram' },
  },
  {
    name: 'state of the endpoints',
    change: (snapshot) =>
      value(snapshot.vpcEndpoints, vpcId).forEach((endpoint) => void (endpoint.State = 'upgrading')),
  },
  {
    name: 'endpoints that are partial',
    change: (snapshot) => value(snapshot.vpcEndpoints, vpcId).forEach((endpoint) => void (endpoint.State = 'Partial')),
  },
  {
    name: 'state of the NAT gateways',
    change: (snapshot) => value(snapshot.natGateways, vpcId).forEach((gateway) => void (gateway.State = 'upgrading')),
    options: { wayOut: 'nat' },
  },
  {
    name: 'state of the routes',
    change: (snapshot) =>
      value(snapshot.routeTables, vpcId).forEach(({ Routes }) => Routes.forEach((route) => void (route.State = 'new'))),
    options: { wayOut: 'nat' },
  },
];

describe.each(cases)('$name', ({ change, options }) => {
  test('nothing fails and nothing is a risk', () => {
    const findings = runChecks(checks, subjectOf(accountWith(change, options), uuid));
    const alarms = findings.filter(({ status }) => status === 'fail' || status === 'warn');
    expect(alarms.map(({ check, title }) => `${check}: ${title}`)).toEqual([]);
  });
  test('it is not broken', () =>
    expect(['healthy', 'unknown']).toContain(diagnoseMapping(accountWith(change, options), uuid).verdict));
});
