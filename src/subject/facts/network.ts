/** Where the pollers are placed, and what their network must allow. */
import { connectionPorts } from '../../aws/msk.js';
import type { EventSource } from '../../aws/event-source.js';
import { matchText } from '../../catalogue/match.js';
import type { NetworkQuestion, NetworkReads, Placement } from '../../network/question.js';
import { networkReadsOf } from '../../network/network-reads.js';
import { sharedQuestion, type CommonQuestion } from '../../network/shared-question.js';
import { hasProvisionedPollers } from '../../snapshot/provisioned.js';
import { isOk, type ReadFailure } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { AuthChoice } from '../auth.js';
import { portsOf } from '../broker.js';
import {
  all,
  andThen,
  known,
  mapFact,
  notApplicable,
  unread,
  valueOrNull,
  type Derivations,
  type Fact,
  type FactsOf,
} from '../fact.js';
import { pollsOf, serviceNeeds } from '../service-needs.js';
import type { ClusterFacts } from './cluster.js';
import type { FunctionFacts } from './function.js';
import type { MappingFacts } from './mapping.js';

/** The pollers' mode, and their subnets with security groups. */
export interface Pollers {
  mode: 'on-demand' | 'provisioned';
  placements: Placement[];
}

export interface NetworkFacts {
  /** The pollers use the cluster's subnets and security groups, or those of the VPC connection. */
  pollers: Pollers;
  /** The question without the mapping, which is the same for many. */
  commonQuestion: CommonQuestion;
  /** The question to the network solver. Unread where the placement is, or where none of its subnets could be read. */
  network: { question: NetworkQuestion; reads: NetworkReads };
}

type UsedFacts = MappingFacts & ClusterFacts & FunctionFacts;

export const networkFacts = (snapshot: Snapshot): Derivations<NetworkFacts, UsedFacts> => ({
  pollers: (facts) =>
    andThen(all(facts.mapping, facts.eventSource), ([mapping, source]) =>
      mapFact(placementsOf(source, facts), (placements) => ({
        mode: hasProvisionedPollers(mapping) ? 'provisioned' : 'on-demand',
        placements,
      })),
    ),
  commonQuestion: (facts) =>
    andThen(all(facts.mapping, facts.eventSource, facts.pollers, facts.auth), ([mapping, source, pollers, auth]) =>
      mapFact(subnetsRead(snapshot, source, pollers), () =>
        questionOf(snapshot, { mapping, source, pollers, auth }, facts),
      ),
    ),
  network: ({ mapping, commonQuestion }) =>
    andThen(mapping, ({ UUID: uuid }) =>
      mapFact(commonQuestion, (question) => sharedQuestion(networkReadsOf(snapshot), question, uuid)),
    ),
});

function placementsOf(source: EventSource, { cluster, vpcConnection }: FactsOf<ClusterFacts>): Fact<Placement[]> {
  if (source.kind === 'cluster')
    return andThen(cluster, (view) =>
      view === null ? notApplicable('the cluster does not exist: see cluster.state') : known(view.placements),
    );
  return andThen(vpcConnection, (connection) =>
    connection === null
      ? notApplicable('the VPC connection does not exist: see cluster.policy')
      : known([{ subnetIds: connection.Subnets, securityGroupIds: connection.SecurityGroups }]),
  );
}

/** The ids of the pollers' subnets; unread where none of them could be read. */
function subnetsRead(snapshot: Snapshot, source: EventSource, { placements }: Pollers): Fact<string[]> {
  const subnets = [...new Set(placements.flatMap(({ subnetIds }) => subnetIds))];
  if (subnets.length === 0) return unread(namesNoSubnets(source));
  const failures = subnets.flatMap((id): ReadFailure[] => {
    const read = snapshot.subnets[id];
    return read === undefined || isOk(read) || read.outcome === 'not-found' ? [] : [read];
  });
  return failures.length === subnets.length ? unread(...failures) : known(subnets);
}

/** Every cluster and VPC connection has subnets: an answer without any means that the placement is unknown. */
const namesNoSubnets = ({ arn, kind }: EventSource): ReadFailure => {
  const operation = kind === 'cluster' ? 'DescribeClusterV2' : 'DescribeVpcConnection';
  return {
    outcome: 'failed',
    service: 'kafka',
    operation,
    action: `kafka:${operation}`,
    resource: arn,
    error: 'AWS returned no subnets',
  };
};

function questionOf(
  snapshot: Snapshot,
  { mapping, source, pollers, auth }: { mapping: Mapping; source: EventSource; pollers: Pollers; auth: AuthChoice },
  { broker, function: functionFact }: FactsOf<UsedFacts>,
): CommonQuestion {
  const { mode, placements } = pollers;
  const throughConnection = source.kind === 'vpc-connection';
  const ports = valueOrNull(broker)?.ports ?? portsOf(auth.method, []);
  return {
    polls: pollsOf(mapping),
    reportsNoEgress: matchText(mapping.LastProcessingResult ?? '')?.id === 'vpc-cannot-reach-aws',
    partition: source.partition,
    region: source.region,
    account: snapshot.account,
    at: new Date(snapshot.capturedAt),
    placements,
    brokers: throughConnection ? null : { placements, ports },
    connectionPorts: throughConnection ? connectionPorts : null,
    services: serviceNeeds(mapping, mode, auth, functionFact),
  };
}
