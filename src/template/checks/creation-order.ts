/** template.creation-order: the mapping can be created before something that it needs, because nothing orders them. */
import { parseDocument } from '../../access/policy-document.js';
import { awsManagedPolicy } from '../../aws/managed-policies.js';
import { dependencyFix } from './dependency.js';
import { serviceOfEndpoint } from './endpoint-service.js';
import type { Deployment } from '../deploy/deploy.js';
import { stackOf, textOf, textsOf } from '../deploy/deploying.js';
import type { TemplateResource } from '../resource.js';
import { attachmentsOf, policyResourcesOf, roleOf } from '../role-policies.js';
import { documentText } from '../deploy/iam.js';
import type { JudgeTemplate, TemplateFault } from './template-check.js';

const clusterTypes = ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'];

export const judgeOrder: JudgeTemplate = ({ resource: mapping }, { deployment }) => {
  const before = reachableFrom(mapping, deployment);
  const source = textOf(mapping.properties['EventSourceArn']);
  const cluster = deployment.find(source);
  const isClusterNew = cluster !== undefined && clusterTypes.includes(cluster.type) && sameStack(cluster, mapping);
  const isLate = (resource: TemplateResource): boolean => {
    if (!sameStack(resource, mapping) || before.has(resource.address)) return false;
    // The mapping waits for its cluster for many minutes: what does not wait for the cluster exists long before.
    return !isClusterNew || reachableFrom(resource, deployment).has(cluster.address);
  };
  const role = roleOf(mapping, deployment);
  const secrets = textsOf(
    Array.isArray(mapping.properties['SourceAccessConfigurations'])
      ? mapping.properties['SourceAccessConfigurations'].map((entry) =>
          typeof entry === 'object' && entry !== null && 'URI' in entry ? (entry['URI'] ?? null) : null,
        )
      : [],
  );
  const services = new Set(['kafka', 'kafka-cluster', 'ec2', ...(secrets.length > 0 ? ['secretsmanager', 'kms'] : [])]);
  const policies = role === undefined ? [] : policiesInOrder(role, deployment, services);
  const associations = deployment
    .all('AWS::MSK::BatchScramSecret')
    .filter(
      ({ properties }) =>
        properties['ClusterArn'] === source &&
        textsOf(properties['SecretArnList']).some((secret) => secrets.includes(secret)),
    );
  const vpcs = new Set(groupsOf(cluster).flatMap((group) => textsOf(deployment.find(group)?.properties['VpcId'])));
  const endpoints = deployment
    .all('AWS::EC2::VPCEndpoint')
    .filter(
      ({ properties }) =>
        vpcs.has(textOf(properties['VpcId']) ?? '') && serviceOfEndpoint(properties['ServiceName']) !== null,
    );
  return [
    ...faultOf(mapping, policies.filter(isLate), 'policies of its execution role'),
    ...faultOf(mapping, associations.filter(isLate), 'association of its secret with the cluster'),
    ...faultOf(mapping, endpoints.filter(isLate), 'VPC endpoints of its cluster'),
  ];
};

/** One fault for all that the mapping must wait for. */
function faultOf(mapping: TemplateResource, late: readonly TemplateResource[], what: string): TemplateFault[] {
  if (late.length === 0) return [];
  const list = [...new Set(late.map(({ address }) => address))].join(', ');
  return [
    {
      check: 'template.creation-order',
      status: 'warn',
      title: `${mapping.address} can be created before the ${what}: ${list}`,
      evidence: [],
      location: mapping.locate([]),
      related: late.map((resource) => resource.locate([])),
      fix: dependencyFix(mapping, late),
    },
  ];
}

const sameStack = (a: TemplateResource, b: TemplateResource): boolean => stackOf(a) === stackOf(b);

/** The addresses of all that the resource waits for. */
function reachableFrom(resource: TemplateResource, { beside }: Pick<Deployment, 'beside'>): Set<string> {
  const reached = new Set<string>();
  const visit = (from: TemplateResource): void => {
    for (const address of from.dependsOn) {
      if (reached.has(address)) continue;
      reached.add(address);
      const next = beside(resource, address);
      if (next !== undefined) visit(next);
    }
  };
  visit(resource);
  return reached;
}

/** What gives the role its policies for the pollers: the policy, or the resource that attaches it. */
function policiesInOrder(
  role: TemplateResource,
  deployment: Deployment,
  services: ReadonlySet<string>,
): TemplateResource[] {
  const attachments = attachmentsOf(role, deployment);
  const arnOf = ({ properties }: TemplateResource): string => textOf(properties['PolicyArn']) ?? '';
  const attached = new Set(attachments.map(arnOf));
  return [
    ...policyResourcesOf(role, deployment).filter(
      ({ id, properties }) => !attached.has(id) && isForPollers(documentText(properties['PolicyDocument']), services),
    ),
    ...attachments.filter((attachment) => {
      const document = deployment.find(arnOf(attachment))?.properties['PolicyDocument'];
      return isForPollers(
        document === undefined ? (awsManagedPolicy(arnOf(attachment)) ?? '') : documentText(document),
        services,
      );
    }),
  ];
}

/** Whether the policy allows actions of a service that the pollers of the mapping call. */
function isForPollers(document: string, services: ReadonlySet<string>): boolean {
  const parsed = parseDocument(document);
  return (
    !('unparsable' in parsed) &&
    parsed.statements.some(
      (statement) =>
        statement.effect === 'allow' &&
        statement.action.values.some((value) => value === '*' || services.has(value.toLowerCase().split(':')[0]!)),
    )
  );
}

function groupsOf(cluster: TemplateResource | undefined): string[] {
  const { BrokerNodeGroupInfo: brokers, VpcConfigs: configs } = cluster?.properties ?? {};
  return [brokers ?? [], configs ?? []]
    .flat()
    .flatMap((part) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? textsOf(part['SecurityGroups'] ?? part['SecurityGroupIds'])
        : [],
    );
}
