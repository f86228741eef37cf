/**
 * Where the VPC's private hosted zones point a service's default name. Only the most specific zone that covers the
 * name answers: without a matching record the name does not resolve, and public DNS is not asked (AWS:
 * considerations when working with a private hosted zone).
 */
import { dnsSuffixOf } from '../aws/partitions.js';
import { endpointIdOf, isWithin, plainName, zoneFor } from '../aws/zone-names.js';
import { isOk, lookup, type ReadFailure } from '../snapshot/read.js';
import type { HostedZone, RecordSet } from '../snapshot/resources/index.js';
import { memo, type NetworkIndex, type Vpc } from './network-index.js';
import type { NetworkQuestion, ServiceName } from './question.js';

export type Resolution =
  /** The zones were not read. They are read only where the name may depend on one. */
  | { to: 'not-read' }
  /** No zone covers the name. */
  | { to: 'public' }
  | { to: 'nothing'; zone: string; fact: string }
  | { to: 'endpoints'; zone: string; ids: string[] }
  | { to: 'addresses'; zone: string; addresses: string[] }
  | { to: 'unknown'; resource: string; fact: string; missing: ReadFailure[] };

export const defaultName = (
  service: ServiceName,
  { region, partition }: Pick<NetworkQuestion, 'region' | 'partition'>,
) => `${service}.${region}.${dnsSuffixOf(partition)}`;

/** A bucket's host name begins with the bucket, which does not matter here. */
export const resolveService = (
  network: NetworkIndex,
  vpc: Vpc,
  question: NetworkQuestion,
  service: ServiceName,
): Resolution =>
  service === 's3'
    ? { to: 'not-read' }
    : memo(vpc, ['zone', service, question.account], () =>
        resolve(network, vpc, question.account, defaultName(service, question)),
      );

function resolve({ reads }: NetworkIndex, vpc: Vpc, account: string | null, name: string): Resolution {
  const zones = reads.hostedZones[vpc.id];
  if (zones === undefined) return { to: 'not-read' };
  const unknown = (resource: string, fact: string, ...missing: ReadFailure[]): Resolution => ({
    to: 'unknown',
    resource,
    fact,
    missing,
  });
  if (!isOk(zones))
    return unknown(
      vpc.id,
      `its private hosted zones, which may point ${name} to an endpoint, could not be read`,
      zones,
    );
  const zone = zoneFor(name, zones.value);
  if (zone === undefined) return { to: 'public' };
  const label = `${plainName(zone.Name)} (${zone.HostedZoneId})`;
  const { OwningAccount: owner, OwningService: service } = zone.Owner ?? {};
  if (service !== undefined || (owner !== undefined && account !== null && owner !== account))
    return unknown(
      label,
      `this private hosted zone of ${service ?? `account ${owner}`} answers for ${name}; its records are not visible`,
    );
  const records = lookup(reads.hostedZoneRecords, zone.HostedZoneId, {
    service: 'route53',
    operation: 'ListResourceRecordSets',
  });
  if (!isOk(records))
    return unknown(label, `the records of this private hosted zone for ${name} could not be read`, records);
  return follow(label, zone, records.value, name, 0);
}

/** An alias may point to another record of the zone. */
const mostAliases = 4;

function follow(
  label: string,
  zone: HostedZone,
  records: readonly RecordSet[],
  name: string,
  depth: number,
): Resolution {
  const unknown = (fact: string): Resolution => ({ to: 'unknown', resource: label, fact, missing: [] });
  const delegated = records.find(
    ({ Type, Name }) => Type === 'NS' && plainName(Name) !== plainName(zone.Name) && isWithin(name, Name),
  );
  if (delegated !== undefined) return unknown(`this private hosted zone delegates ${plainName(delegated.Name)}`);
  const matching = recordsFor(name, records);
  const answers = matching.filter(({ Type }) => Type === 'A' || Type === 'CNAME');
  if (answers.length === 0)
    return matching.some(({ Type }) => Type === 'AAAA')
      ? unknown(
          `this private hosted zone has only an IPv6 address for ${name}; AWS does not document whether pollers use IPv6`,
        )
      : {
          to: 'nothing',
          zone: label,
          fact: `this private hosted zone answers for ${name} but has no A record for it, so the name does not resolve`,
        };
  const aliases = answers.flatMap(({ Type, AliasTarget: alias, ResourceRecords: values }) => [
    ...((alias?.DNSName ?? []) === '' ? [] : alias?.DNSName === undefined ? [] : [alias.DNSName]),
    ...(Type === 'CNAME' ? values.flatMap(({ Value }) => Value ?? []) : []),
  ]);
  const addresses = answers.flatMap(({ Type, ResourceRecords: values }) =>
    Type === 'A' ? values.flatMap(({ Value }) => Value ?? []) : [],
  );
  const ids = aliases.map(endpointIdOf);
  if (addresses.length === 0 && ids.every((id) => id !== null))
    return { to: 'endpoints', zone: label, ids: [...new Set(ids)] };
  if (aliases.length === 0) return { to: 'addresses', zone: label, addresses };
  const [only = ''] = aliases;
  if (aliases.length === 1 && addresses.length === 0 && isWithin(only, zone.Name) && depth < mostAliases)
    return follow(label, zone, records, plainName(only), depth + 1);
  return unknown(`this private hosted zone points ${name} to ${[...aliases.map(plainName), ...addresses].join(', ')}`);
}

/** Records of the exact name, otherwise of the closest wildcard. */
function recordsFor(name: string, records: readonly RecordSet[]): RecordSet[] {
  const of = (wanted: string) => records.filter(({ Name }) => plainName(Name) === wanted);
  const labels = plainName(name).split('.');
  const names = [plainName(name), ...labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`)];
  return names.map(of).find((found) => found.length > 0) ?? [];
}
