/** template.open-to-world: inbound rules for the whole internet where the group itself is sufficient. */
import { numberOf, objectsOf, textOf, textsOf } from '../deploy/deploying.js';
import type { Deployment } from '../deploy/deploy.js';
import type { Location } from '../location.js';
import type { JsonObject, TemplateResource } from '../resource.js';
import { serviceOfEndpoint } from './endpoint-service.js';
import type { JudgeTemplate, TemplateFault } from './template-check.js';

/** The brokers' ports inside a VPC (MSK developer guide: port information). */
const brokerPorts = [9092, 9094, 9096, 9098];

export const judgeOpenRules: JudgeTemplate = ({ mapping }, { deployment }) => {
  const cluster = deployment.find(mapping.EventSourceArn);
  const read = deployment.snapshot.clusters[mapping.EventSourceArn ?? ''];
  if (cluster === undefined || read?.outcome !== 'ok') return [];
  const { Provisioned: provisioned, Serverless: serverless } = read.value;
  const brokers = [
    ...(provisioned?.BrokerNodeGroupInfo?.SecurityGroups ?? []),
    ...(serverless?.VpcConfigs ?? []).flatMap(({ SecurityGroupIds: groups }) => groups ?? []),
  ];
  const vpcs = new Set(brokers.flatMap((group) => textsOf(deployment.find(group)?.properties['VpcId'])));
  const endpoints = deployment
    .all('AWS::EC2::VPCEndpoint')
    .filter(
      ({ properties }) =>
        vpcs.has(textOf(properties['VpcId']) ?? '') && serviceOfEndpoint(properties['ServiceName']) !== null,
    )
    .flatMap(({ properties }) => textsOf(properties['SecurityGroupIds']));
  const isPublic = provisioned?.BrokerNodeGroupInfo?.ConnectivityInfo?.PublicAccess?.Type === 'SERVICE_PROVIDED_EIPS';
  return [
    ...(isPublic ? [] : faultsOf(brokers, brokerPorts, 'brokers', deployment)),
    ...faultsOf(
      endpoints.filter((group) => !brokers.includes(group)),
      [443],
      'VPC endpoint',
      deployment,
    ),
  ];
};

function faultsOf(
  groups: readonly string[],
  ports: readonly number[],
  whose: string,
  deployment: Deployment,
): TemplateFault[] {
  return [...new Set(groups)].flatMap((id) => {
    const group = deployment.find(id);
    return group === undefined
      ? []
      : rulesOf(group, deployment)
          .filter(({ rule }) => isOpen(rule) && ports.some((port) => covers(rule, port)))
          .map(({ rule, location }): TemplateFault => ({
            check: 'template.open-to-world',
            status: 'warn',
            title: `${group.address} (${whose}) admits ${textOf(rule['CidrIp']) ?? textOf(rule['CidrIpv6'])!}`,
            evidence: [],
            location,
            related: [],
            fix: `Allow inbound traffic from ${group.address} itself (SourceSecurityGroupId): the pollers are members of the brokers’ security groups.`,
          }));
  });
}

const rulesOf = (group: TemplateResource, deployment: Deployment): { rule: JsonObject; location: Location }[] => [
  ...objectsOf(group.properties['SecurityGroupIngress']).map((rule, index) => ({
    rule,
    location: group.locate(['Properties', 'SecurityGroupIngress', index]),
  })),
  ...deployment
    .all('AWS::EC2::SecurityGroupIngress')
    .filter(({ properties }) => properties['GroupId'] === group.id)
    .map((resource) => ({ rule: resource.properties, location: resource.locate([]) })),
];

const isOpen = (rule: JsonObject): boolean => rule['CidrIp'] === '0.0.0.0/0' || rule['CidrIpv6'] === '::/0';

function covers(rule: JsonObject, port: number): boolean {
  if (textOf(rule['IpProtocol']) === '-1') return true;
  const [from, to] = [numberOf(rule['FromPort']), numberOf(rule['ToPort'])];
  return from !== undefined && to !== undefined && from <= port && port <= to;
}
