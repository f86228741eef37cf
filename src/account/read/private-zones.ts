/**
 * Private hosted zones of a VPC: the records of zones that answer for an AWS service's name, and the endpoints of
 * other VPCs that these records point to.
 */
import * as z from 'zod/mini';
import { dnsSuffixOf } from '../../aws/partitions.js';
import { endpointIdOf, zoneFor } from '../../aws/zone-names.js';
import { isOk, ok, type Read } from '../../snapshot/read.js';
import * as r from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { toFailure } from '../failure.js';
import { keep, keepList, type Reader } from '../reader.js';
import { listOfVpc, readBehind } from './transit.js';

/** Services whose names a zone may point to an endpoint. For S3, the bucket's name comes first in the host name. */
const services = ['lambda', 'sts', 'secretsmanager', 'sqs', 'sns', 'glue'];

/**
 * Whether names of AWS services may be answered by zones in this VPC: it has an endpoint without private DNS, or
 * routes to other networks while Lambda or STS have no endpoint with private DNS here. Other VPCs need no call.
 */
export function restsOnZones(endpoints: readonly r.VpcEndpoint[], tables: readonly r.RouteTable[]): boolean {
  const of = (service: string) => endpoints.filter(({ ServiceName: name }) => name?.endsWith(`.${service}`) === true);
  const isNamed = (service: string) => of(service).some(({ PrivateDnsEnabled }) => PrivateDnsEnabled === true);
  if (services.some((service) => of(service).length > 0 && !isNamed(service))) return true;
  const leadsOn = tables.some(({ Routes }) =>
    Routes.some(
      (route) => (route.TransitGatewayId ?? route.VpcPeeringConnectionId ?? route.CoreNetworkArn) !== undefined,
    ),
  );
  return leadsOn && !(isNamed('lambda') && isNamed('sts'));
}

export async function readPrivateZones(reader: Reader, snapshot: Snapshot, vpcId: string): Promise<void> {
  const zones = await listZones(reader, vpcId, snapshot.region);
  snapshot.hostedZones[vpcId] = zones;
  if (!isOk(zones)) return;
  const suffix = `${snapshot.region}.${dnsSuffixOf(snapshot.partition)}`;
  const answering = services.flatMap((service) => zoneFor(`${service}.${suffix}`, zones.value) ?? []);
  // Records of another account's zone cannot be read, nor those of a zone that an AWS service owns.
  const readable = answering.filter(
    ({ Owner: owner }) =>
      owner?.OwningService === undefined &&
      (snapshot.account === null || (owner?.OwningAccount ?? snapshot.account) === snapshot.account),
  );
  await Promise.all(
    [...new Set(readable.map(({ HostedZoneId }) => HostedZoneId))].map((id) =>
      reader.once(`zone ${id}`, () => readRecords(reader, snapshot, id)),
    ),
  );
  const ids = readable.flatMap(({ HostedZoneId: id }) => {
    const read = snapshot.hostedZoneRecords[id];
    return read !== undefined && isOk(read) ? read.value.flatMap(endpointsNamedBy) : [];
  });
  const endpoints = snapshot.vpcEndpoints[vpcId];
  const here = new Set(
    endpoints !== undefined && isOk(endpoints) ? endpoints.value.map(({ VpcEndpointId }) => VpcEndpointId) : [],
  );
  await readElsewhere(reader, snapshot, [...new Set(ids)].filter((id) => !here.has(id)).toSorted());
}

const zonesPage = z.object({
  HostedZoneSummaries: z._default(z.array(r.hostedZoneSchema), []),
  NextToken: z.optional(z.string()),
});
const mostPages = 20;

/** The SDK has no paginator for this list. */
async function listZones(reader: Reader, vpcId: string, region: string): Promise<Read<r.HostedZone[]>> {
  const call = { service: 'route53', operation: 'ListHostedZonesByVPC', resource: vpcId };
  const zones: r.HostedZone[] = [];
  let token: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const input = { VPCId: vpcId, VPCRegion: region, ...(token === undefined ? {} : { NextToken: token }) };
    const read = keep(await reader.call('route53', call.operation, input, vpcId), zonesPage, call);
    if (!isOk(read)) return read;
    zones.push(...read.value.HostedZoneSummaries);
    token = read.value.NextToken;
    if (token === undefined || token === '') return ok(zones);
  }
  return notComplete(call);
}

const recordsPage = z.object({
  ResourceRecordSets: z._default(z.array(r.recordSetSchema), []),
  IsTruncated: z.optional(z.boolean()),
});

/**
 * One page of 300 records, the most that Route 53 returns. A zone for AWS names has few; a longer one is not read to
 * the end.
 */
async function readRecords(reader: Reader, snapshot: Snapshot, id: string): Promise<void> {
  const call = { service: 'route53', operation: 'ListResourceRecordSets', resource: id };
  const read = keep(
    await reader.call('route53', call.operation, { HostedZoneId: id, MaxItems: 300 }, id),
    recordsPage,
    call,
  );
  if (!isOk(read)) snapshot.hostedZoneRecords[id] = read;
  else
    snapshot.hostedZoneRecords[id] =
      read.value.IsTruncated === true ? notComplete(call) : ok(read.value.ResourceRecordSets);
}

const notComplete = (call: { service: string; operation: string; resource: string }) =>
  toFailure(new Error('the list is not complete: it has more entries than are read'), call);

const endpointsNamedBy = ({ AliasTarget: alias, ResourceRecords: records }: r.RecordSet): string[] =>
  [alias?.DNSName, ...records.map(({ Value }) => Value)].flatMap((name) => endpointIdOf(name ?? '') ?? []);

/** Endpoints in other VPCs of this account, and these VPCs. A filtered list leaves out those of another account. */
async function readElsewhere(reader: Reader, snapshot: Snapshot, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const call = { service: 'ec2', operation: 'DescribeVpcEndpoints' };
  const filter = { Filters: [{ Name: 'vpc-endpoint-id', Values: ids }] };
  const read = keepList(await reader.pages('ec2', call.operation, filter), r.vpcEndpointSchema, call);
  const found = isOk(read) ? read.value.filter(({ VpcEndpointId: id }) => ids.includes(id)) : [];
  for (const id of ids) {
    const endpoint = found.find(({ VpcEndpointId }) => VpcEndpointId === id);
    snapshot.endpointsElsewhere[id] =
      endpoint !== undefined ? ok(endpoint) : isOk(read) ? notListed(id) : { ...read, resource: id };
  }
  const vpcIds = [...new Set(found.flatMap(({ VpcId }) => VpcId ?? []))];
  await Promise.all(
    vpcIds.map((id) =>
      Promise.all([
        reader.once(`behind ${id}`, () => readBehind(reader, snapshot, id)),
        snapshot.securityGroups[id] === undefined
          ? listOfVpc(reader, id, 'DescribeSecurityGroups', r.securityGroupSchema, snapshot.securityGroups)
          : undefined,
      ]),
    ),
  );
}

const notListed = (id: string) => ({
  outcome: 'not-found' as const,
  service: 'ec2',
  operation: 'DescribeVpcEndpoints',
  action: 'ec2:DescribeVpcEndpoints',
  resource: id,
  error: 'not in the list of endpoints',
});
