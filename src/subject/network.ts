/** The pollers' placement, and what their network has to carry. */
import type { NetworkQuestion, NetworkReads, Placement, ServiceNeed } from '../network/question.js';
import { matchText } from '../catalogue/match.js';
import { textState } from '../catalogue/text-state.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { hasProvisionedPollers } from '../snapshot/provisioned.js';
import { isOk, type ReadFailure } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { connectionPorts, portsOf } from './broker.js';
import { all, known, mapFact, moot, andThen, unread, type Fact } from './fact.js';
import type { AuthChoice, BrokerChoice, EventSource, FactOf, Pollers } from './facts.js';

/** Pollers stand in the cluster's subnets with its groups; by VPC connection, in the connection's. */
export function pollersOf(
  mapping: Mapping,
  source: EventSource,
  cluster: FactOf<'cluster'>,
  connection: FactOf<'vpcConnection'>,
): Fact<Pollers> {
  const mode = hasProvisionedPollers(mapping) ? 'provisioned' : 'on-demand';
  const placements: Fact<Placement[]> =
    source.kind === 'vpc-connection'
      ? andThen(connection, (found) =>
          found === null
            ? moot('the VPC connection is gone: see cluster.policy')
            : known([{ subnetIds: found.Subnets, securityGroupIds: found.SecurityGroups }]),
        )
      : andThen(cluster, (found) =>
          found === null ? moot('the cluster is gone: see cluster.state') : known(found.placements),
        );
  return mapFact(placements, (value) => ({ mode, placements: value }));
}

/** What the network reasoner is asked. Moot or unread where the placement is; unread where none of its subnets could be. */
export function networkOf(
  snapshot: Snapshot,
  mapping: Mapping,
  source: EventSource,
  facts: { pollers: Fact<Pollers>; auth: Fact<AuthChoice>; broker: Fact<BrokerChoice>; function: FactOf<'function'> },
): Fact<{ question: NetworkQuestion; reads: NetworkReads }> {
  return andThen(all(facts.pollers, facts.auth), ([pollers, auth]) => {
    const subnets = [...new Set(pollers.placements.flatMap((placement) => placement.subnetIds))];
    const failures = subnets.flatMap((id): ReadFailure[] => {
      const read = snapshot.subnets[id];
      return read === undefined || isOk(read) || read.outcome === 'not-found' ? [] : [read];
    });
    if (subnets.length > 0 && failures.length === subnets.length) return unread(...failures);
    if (subnets.length === 0) return unread(namesNoSubnets(source));
    const ports = facts.broker.is === 'known' ? facts.broker.value.ports : undefined;
    return known({
      question: {
        polls: pollsOf(mapping),
        saysNoWay: matchText(mapping.LastProcessingResult ?? '')?.id === 'vpc-cannot-reach-aws',
        mappingUuid: mapping.UUID,
        partition: source.partition,
        region: source.region,
        account: snapshot.account,
        at: new Date(snapshot.capturedAt),
        placements: pollers.placements,
        brokers:
          source.kind === 'vpc-connection'
            ? null
            : { placements: pollers.placements, ports: ports ?? portsOf(auth.method, []) },
        connectionPorts: source.kind === 'vpc-connection' ? connectionPorts : null,
        services: serviceNeeds(mapping, source, pollers, auth, facts.function),
      },
      reads: snapshot,
    });
  });
}

/** Every cluster and every VPC connection has subnets: an answer without any leaves open where the pollers stand. */
const namesNoSubnets = ({ arn, kind }: EventSource): ReadFailure => {
  const operation = kind === 'cluster' ? 'DescribeClusterV2' : 'DescribeVpcConnection';
  return {
    outcome: 'failed',
    service: 'kafka',
    operation,
    action: `kafka:${operation}`,
    resource: arn,
    error: 'the answer names no subnets',
  };
};

/**
 * Services called from inside the VPC. On-demand pollers call STS, Lambda, with a secret Secrets Manager, and the
 * on-failure destination; provisioned ones none of the first three (AWS: configuring network security for MSK).
 */
function serviceNeeds(
  mapping: Mapping,
  source: EventSource,
  pollers: Pollers,
  auth: AuthChoice,
  functionFact: FactOf<'function'>,
): ServiceNeed[] {
  const configuration = functionFact.is === 'known' ? functionFact.value : null;
  const roleArn = configuration?.Role ?? null;
  const functionArn = mapping.FunctionArn ?? configuration?.FunctionArn ?? null;
  const lambda = { service: 'lambda.amazonaws.com' };
  const role = roleArn === null ? null : { role: roleArn };
  const missing = functionFact.is === 'unread' ? functionFact.missing : [];
  const onDemand = pollers.mode === 'on-demand';
  const needs: ServiceNeed[] = [];
  if (onDemand) {
    needs.push({
      service: 'lambda',
      action: 'lambda:InvokeFunction',
      resource: functionArn,
      principal: lambda,
      missing: [],
      certain: true,
    });
    needs.push({
      service: 'sts',
      action: 'sts:AssumeRole',
      resource: roleArn,
      principal: lambda,
      missing,
      certain: true,
    });
    if (auth.secretUri !== null)
      needs.push({
        service: 'secretsmanager',
        action: 'secretsmanager:GetSecretValue',
        resource: auth.secretUri === '' ? null : auth.secretUri,
        principal: role,
        missing,
        certain: true,
      });
  }
  const destination = destinationNeed(mapping.DestinationConfig?.OnFailure?.Destination ?? '');
  // A mapping that brings records in works without: what fails then is the delivery of what the function refuses.
  if (destination !== null)
    needs.push({ ...destination, principal: role, missing, certain: onDemand && pollsOf(mapping) !== 'proved' });
  const registry = mapping.AmazonManagedKafkaEventSourceConfig?.SchemaRegistryConfig?.SchemaRegistryURI ?? '';
  // Whether a registry is asked from the VPC is not documented: a suspect where Lambda shows an error, and nothing to warn of before.
  if (registry.startsWith(`arn:${source.partition}:glue:`) && pollsOf(mapping) === 'failing')
    needs.push({
      service: 'glue',
      action: 'glue:GetSchemaVersion',
      resource: registry,
      principal: role,
      missing,
      certain: false,
    });
  return needs;
}

/** Only a poll without an error, by an Enabled mapping, proves that pollers got through to everything: an idle text may be the first one. */
function pollsOf({ State: state, LastProcessingResult: text }: Mapping): NetworkQuestion['polls'] {
  const shown = textState(text);
  if (state === 'Enabled' && shown === 'ok') return 'proved';
  return shown === 'error' ? 'failing' : 'not-shown';
}

function destinationNeed(destination: string): Pick<ServiceNeed, 'service' | 'action' | 'resource'> | null {
  const service = destination.split(':')[2];
  const actions = { sqs: 'sqs:SendMessage', sns: 'sns:Publish', s3: 's3:PutObject' } as const;
  if (service !== 'sqs' && service !== 'sns' && service !== 's3') return null;
  const resource = service === 's3' ? `${destination}/*` : destination;
  return { service, action: actions[service], resource };
}
