/** Solver time of the network reasoner for a large account, and how it grows with each of its dimensions. */
import { reachability } from '../src/network/reachability.js';
import type { NetworkQuestion, NetworkReads } from '../src/network/question.js';
import { healthyAccount, region, uuid, vpcId } from '../src/sandbox/healthy.js';
import { ok } from '../src/snapshot/read.js';
import type { Snapshot } from '../src/snapshot/snapshot.js';
import { subjectOf } from '../src/subject/subject.js';

interface Size {
  subnets: number;
  rules: number;
  endpoints: number;
  mappings: number;
}

const target: Size = { subnets: 20, rules: 500, endpoints: 200, mappings: 50 };

/** An account in which every path has to be worked out: rules by CIDR that all miss but the last, endpoints of many services. */
function accountOf({ subnets, rules, endpoints }: Size): Snapshot {
  const snapshot = healthyAccount({ wayOut: 'endpoints' });
  const ids = Array.from({ length: subnets }, (_, index) => `subnet-${index}`);
  const list = ids.map((SubnetId, index) => ({
    SubnetId,
    VpcId: vpcId,
    State: 'available',
    CidrBlock: `10.0.${index}.0/24`,
    Ipv6CidrBlockAssociationSet: [],
    AvailabilityZone: `${region}${'abc'[index % 3]}`,
    AvailableIpAddressCount: 200,
  }));
  snapshot.subnets = Object.fromEntries(list.map((subnet) => [subnet.SubnetId, ok(subnet)]));
  snapshot.vpcSubnets[vpcId] = ok(list);
  const none = { Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
  const rule = (CidrIp: string, port: number) => ({
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    IpRanges: [{ CidrIp }],
    ...none,
  });
  const many = (port: number) => [
    ...Array.from({ length: Math.floor(rules / 4) }, (_, index) => rule(`172.16.${index % 250}.0/24`, port)),
    ...ids.map((_, index) => rule(`10.0.${index}.0/24`, port)),
  ];
  const group = (GroupId: string) => ({
    GroupId,
    VpcId: vpcId,
    IpPermissions: [...many(9098), ...many(443)],
    IpPermissionsEgress: [...many(9098), ...many(443)],
  });
  snapshot.securityGroups[vpcId] = ok([group('sg-cluster'), group('sg-endpoints')]);
  const services = [
    'lambda',
    'sts',
    'secretsmanager',
    ...Array.from({ length: Math.max(0, endpoints - 3) }, (_, index) => `service${index}`),
  ];
  snapshot.vpcEndpoints[vpcId] = ok(
    services.slice(0, endpoints).map((service, index) => ({
      VpcEndpointId: `vpce-${index}`,
      VpcEndpointType: 'Interface',
      VpcId: vpcId,
      ServiceName: `com.amazonaws.${region}.${service}`,
      State: 'available',
      RouteTableIds: [],
      SubnetIds: ids.slice(0, 3),
      Groups: [{ GroupId: 'sg-endpoints' }],
      PrivateDnsEnabled: true,
      NetworkInterfaceIds: [],
    })),
  );
  const cluster = Object.values(snapshot.clusters)[0]!;
  if (cluster.outcome === 'ok')
    Object.assign(cluster.value.Provisioned!.BrokerNodeGroupInfo!, {
      ClientSubnets: ids,
      SecurityGroups: ['sg-cluster'],
    });
  return snapshot;
}

/** Milliseconds for the questions of all mappings, with nothing remembered from before; the best of a few runs. */
function timeOf(size: Size): number {
  const runs = Array.from({ length: 5 }, () => {
    const snapshot = accountOf(size);
    const { network } = subjectOf(snapshot, uuid);
    if (network.is !== 'known') throw new Error('the network of the bench account is not known');
    const { question } = network.value;
    // A copy, of which nothing was asked yet.
    const reads: NetworkReads = { ...snapshot };
    // Each mapping asks a question of its own; the index of the VPC is theirs together.
    const questions: NetworkQuestion[] = Array.from({ length: size.mappings }, (_, index) => ({
      ...question,
      mappingUuid: `mapping-${index}`,
    }));
    const started = performance.now();
    const paths = questions.flatMap((question) => reachability(reads, question).paths);
    const took = performance.now() - started;
    if (paths.length !== size.mappings * size.subnets * (size.subnets + 2)) throw new Error(`${paths.length} paths`);
    return took;
  });
  return Math.min(...runs);
}

const whole = timeOf(target);
console.log(
  `network: ${target.subnets} subnets, ${target.rules} rules, ${target.endpoints} endpoints, ${target.mappings} mappings: ${whole.toFixed(1)} ms`,
);
for (const dimension of ['subnets', 'rules', 'endpoints', 'mappings'] as const) {
  const half = timeOf({ ...target, [dimension]: target[dimension] / 2 });
  const twice = timeOf({ ...target, [dimension]: target[dimension] * 2 });
  console.log(
    `network: ${dimension} ${target[dimension] / 2} → ${target[dimension]} → ${target[dimension] * 2}: ${half.toFixed(1)} → ${whole.toFixed(1)} → ${twice.toFixed(1)} ms (× ${(twice / half).toFixed(1)} for × 4)`,
  );
  // Paths grow with the square of the subnets; nothing may grow faster than that.
  if (twice / half > 64)
    throw new Error(`the solver’s time grows × ${(twice / half).toFixed(0)} where ${dimension} grow × 4`);
}
