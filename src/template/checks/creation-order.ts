/** template.creation-order: the mapping can be created before something that it needs, because nothing orders them. */
import { awsManagedPolicy } from '../../aws/managed-policies.js';
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
  const policies = role === undefined ? [] : policiesInOrder(role, deployment);
  const secrets = textsOf(
    Array.isArray(mapping.properties['SourceAccessConfigurations'])
      ? mapping.properties['SourceAccessConfigurations'].map((entry) =>
          typeof entry === 'object' && entry !== null && 'URI' in entry ? (entry['URI'] ?? null) : null,
        )
      : [],
  );
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
    ...policies.map((resource) => ({ resource, what: `the policy ${resource.address} of its execution role` })),
    ...associations.map((resource) => ({
      resource,
      what: `${resource.address} associates its secret with the cluster`,
    })),
    ...endpoints.map((resource) => ({ resource, what: `the VPC endpoint ${resource.address}` })),
  ]
    .filter(({ resource }) => isLate(resource))
    .map(({ resource, what }): TemplateFault => ({
      check: 'template.creation-order',
      status: 'warn',
      title: `${mapping.address} can be created before ${what}`,
      evidence: [],
      location: mapping.locate([]),
      related: [resource.locate([])],
      fix:
        mapping.format === 'terraform'
          ? `Add depends_on = [${resource.address}] to ${mapping.address}.`
          : `Add DependsOn: ${resource.address} to ${mapping.address}.`,
    }));
};

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
function policiesInOrder(role: TemplateResource, deployment: Deployment): TemplateResource[] {
  const attachments = attachmentsOf(role, deployment);
  const arnOf = ({ properties }: TemplateResource): string => textOf(properties['PolicyArn']) ?? '';
  const attached = new Set(attachments.map(arnOf));
  return [
    ...policyResourcesOf(role, deployment).filter(
      ({ id, properties }) => !attached.has(id) && isForPollers(documentText(properties['PolicyDocument'])),
    ),
    ...attachments.filter((attachment) => {
      const document = deployment.find(arnOf(attachment))?.properties['PolicyDocument'];
      return isForPollers(
        document === undefined ? (awsManagedPolicy(arnOf(attachment)) ?? '') : documentText(document),
      );
    }),
  ];
}

/** Whether the policy speaks of a service that the pollers call. */
const isForPollers = (document: string): boolean =>
  /"(?:\*|(?:kafka|kafka-cluster|secretsmanager|kms|ec2):[^"]*)"/i.test(document);

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
