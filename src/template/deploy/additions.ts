/** What the templates add to resources that exist: policies of roles, rules of groups, routes, secrets of clusters. */
import { lastSegment } from '../../aws/arn.js';
import { isOk, ok, type Keyed } from '../../snapshot/read.js';
import { textOf, textsOf, type Deploying } from './deploying.js';
import { addManagedPolicy, attachedTo, documentText, policiesFor } from './iam.js';
import { routeOf } from './network-routes.js';
import { permissions } from './security-groups.js';

/** To be called after all resources of the templates are in the snapshot. */
export function addToExisting(deploying: Deploying): void {
  addPolicies(deploying);
  addRules(deploying);
  addRoutes(deploying);
  addToClusters(deploying);
}

function addPolicies(deploying: Deploying): void {
  const { snapshot } = deploying;
  for (const [arn, read] of Object.entries(snapshot.roles)) {
    if (!isOk(read) || deploying.find(arn) !== undefined) continue;
    const role = { id: read.value.RoleName ?? lastSegment(arn), arn };
    const [names, attached] = [snapshot.inlinePolicyNames[arn], snapshot.attachedPolicies[arn]];
    for (const { name, document } of policiesFor(deploying, role)) {
      if (names !== undefined && isOk(names) && !names.value.includes(name)) names.value.push(name);
      snapshot.inlinePolicies[`${arn}#${name}`] = document;
    }
    for (const policy of attachedTo(deploying, role)) {
      if (attached !== undefined && isOk(attached) && !attached.value.some(({ PolicyArn }) => PolicyArn === policy))
        attached.value.push({ PolicyName: lastSegment(policy), PolicyArn: policy });
      addManagedPolicy(deploying, policy);
    }
  }
}

function addRules(deploying: Deploying): void {
  const sides = [
    ['AWS::EC2::SecurityGroupIngress', 'IpPermissions', 'Source'],
    ['AWS::EC2::SecurityGroupEgress', 'IpPermissionsEgress', 'Destination'],
  ] as const;
  for (const group of listed(deploying.snapshot.securityGroups)) {
    if (deploying.find(group.GroupId) !== undefined) continue;
    for (const [type, member, side] of sides)
      for (const { properties } of deploying.all(type))
        if (properties['GroupId'] === group.GroupId)
          group[member] = [...(group[member] ?? []), ...permissions(deploying, properties, side)];
  }
}

function addRoutes(deploying: Deploying): void {
  for (const table of listed(deploying.snapshot.routeTables)) {
    if (deploying.find(table.RouteTableId) !== undefined) continue;
    for (const { properties } of deploying.all('AWS::EC2::Route'))
      if (properties['RouteTableId'] === table.RouteTableId) table.Routes.push(routeOf(deploying, properties));
    for (const { properties } of deploying.all('AWS::EC2::SubnetRouteTableAssociation'))
      if (properties['RouteTableId'] === table.RouteTableId)
        table.Associations.push({ Main: false, SubnetId: textOf(properties['SubnetId']) });
  }
}

function addToClusters(deploying: Deploying): void {
  const { scramSecrets, clusterPolicies } = deploying.snapshot;
  for (const { properties } of deploying.all('AWS::MSK::BatchScramSecret')) {
    const read = scramSecrets[textOf(properties['ClusterArn']) ?? ''];
    if (read === undefined || !isOk(read)) continue;
    const added = textsOf(properties['SecretArnList']).filter((secret) => !read.value.includes(secret));
    read.value.push(...added);
  }
  for (const { properties } of deploying.all('AWS::MSK::ClusterPolicy')) {
    const arn = textOf(properties['ClusterArn']);
    if (arn !== undefined) clusterPolicies[arn] = ok(documentText(properties['Policy']));
  }
}

const listed = <T>(lists: Keyed<T[]>): T[] => Object.values(lists).flatMap((read) => (isOk(read) ? read.value : []));
