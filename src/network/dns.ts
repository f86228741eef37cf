/** Which DNS resolver a VPC uses, and whether private DNS of endpoints works with it. */
import { isOk, type ReadFailure } from '../snapshot/read.js';
import { addressesOf } from './addresses.js';
import { rangesOf, type NetworkIndex, type Vpc } from './network-index.js';
import { enableVpcDns } from './fixes/endpoints.js';
import { open, outcome, unread, type Outcome } from './outcome.js';
import type { NetworkQuestion } from './question.js';

const attributesOf = (vpc: Vpc) =>
  [
    ['enableDnsSupport', vpc.dnsSupport],
    ['enableDnsHostnames', vpc.dnsHostnames],
  ] as const;

export const dnsAttributesOff = (vpc: Vpc): string[] =>
  attributesOf(vpc).flatMap(([name, read]) => (isOk(read) && !read.value ? [name] : []));

/** The attributes as the console names them, with their verb: `DNS hostnames are disabled`. */
function dnsNames(off: readonly string[]): string {
  const names = off.map((name) => (name === 'enableDnsSupport' ? 'DNS resolution' : 'DNS hostnames'));
  return `${names.join(' and ')} ${off.length === 1 && off[0] === 'enableDnsSupport' ? 'is' : 'are'} disabled`;
}

/** Private DNS of endpoints needs both DNS attributes of the VPC (AWS: DNS attributes). */
export function dnsOf(vpc: Vpc): Outcome {
  const off = dnsAttributesOff(vpc);
  if (off.length > 0)
    return outcome(
      'blocked',
      vpc.id,
      `${off.join(' and ')} ${off.length > 1 ? 'are' : 'is'} false; private DNS of endpoints requires both attributes`,
      { fixes: [enableVpcDns(vpc.id, off)], summary: dnsNames(off) },
    );
  const missing = attributesOf(vpc).flatMap(([, read]) => (isOk(read) ? [] : [read]));
  return missing.length > 0 ? unread(...missing) : open;
}

/**
 * The brokers' names resolve to private addresses. A Serverless cluster's names are in a hosted zone of its VPC, for
 * which AWS requires both attributes (AWS: DNS attributes). AWS does not document whether the pollers use the VPC's
 * resolver: so it is a risk, reported only where Lambda shows an error, but not one about AWS services, which the
 * hosted zone cannot cause.
 */
export function brokerNames(
  vpc: Vpc,
  { reportsNoEgress }: Pick<NetworkQuestion, 'reportsNoEgress'>,
): ['vpc-dns', Outcome][] {
  const off = dnsAttributesOff(vpc).filter((name) => name === 'enableDnsSupport' || !reportsNoEgress);
  if (off.length === 0) return [];
  const why = off.includes('enableDnsSupport')
    ? 'the VPC’s resolver does not resolve the brokers’ names'
    : 'AWS requires it for names that resolve to private addresses, as the brokers’ do';
  return [
    [
      'vpc-dns',
      outcome('warn', vpc.id, `${off.join(' and ')} ${off.length > 1 ? 'are' : 'is'} false; ${why}`, {
        fixes: [enableVpcDns(vpc.id, off)],
        summary: dnsNames(off),
      }),
    ],
  ];
}

/** Whether the DHCP options name DNS servers other than Amazon's; `missing`: failed reads that would show it. */
export function resolverOf({ reads }: NetworkIndex, vpc: Vpc): { isForeign: boolean; missing: ReadFailure[] } {
  if (!isOk(vpc.description)) return { isForeign: false, missing: [vpc.description] };
  const options = reads.dhcpOptions[vpc.description.value.DhcpOptionsId ?? ''];
  if (options === undefined) return { isForeign: false, missing: [] };
  if (!isOk(options)) return { isForeign: false, missing: [options] };
  const servers = options.value.DhcpConfigurations.filter(({ Key }) => Key === 'domain-name-servers').flatMap(
    ({ Values }) => Values.flatMap(({ Value }) => Value ?? []),
  );
  return { isForeign: servers.length > 0 && !servers.some((server) => isAmazons(server, vpc)), missing: [] };
}

/**
 * These addresses are Amazon's resolver too: the link-local one, and the second address of each range of the VPC
 * (AWS: Amazon DNS server).
 */
function isAmazons(server: string, vpc: Vpc): boolean {
  if (server === 'AmazonProvidedDNS' || server === '169.254.169.253') return true;
  const [address] = addressesOf(server);
  return address !== undefined && rangesOf(vpc).some((range) => addressesOf(range)[0]?.[0] === address[0] - 2);
}
