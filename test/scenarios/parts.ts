/** Parts of the healthy account by short names, for stories that change one thing. */
import { clusterArn, functionArn, groupId, roleArn, uuid, value, vpcId } from '../accounts/account.js';
import { ok } from '../../src/snapshot/read.js';
import type * as r from '../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';

export type Story = (snapshot: Snapshot) => void;

export const mapping = (snapshot: Snapshot): r.Mapping => value(snapshot.mappings, uuid);
export const says =
  (text: string): Story =>
  (snapshot) =>
    void (mapping(snapshot).LastProcessingResult = text);
export const cluster = (snapshot: Snapshot): r.Cluster => value(snapshot.clusters, clusterArn);
export const functionOf = (snapshot: Snapshot): r.FunctionConfiguration => value(snapshot.functions, functionArn);
export const role = (snapshot: Snapshot): r.Role => value(snapshot.roles, roleArn);
export const group = (snapshot: Snapshot, id = groupId): r.SecurityGroup =>
  value(snapshot.securityGroups, vpcId).find(({ GroupId }) => GroupId === id)!;
export const endpoints = (snapshot: Snapshot): r.VpcEndpoint[] => value(snapshot.vpcEndpoints, vpcId);
export const tables = (snapshot: Snapshot): r.RouteTable[] => value(snapshot.routeTables, vpcId);
export const acls = (snapshot: Snapshot): r.NetworkAcl[] => value(snapshot.networkAcls, vpcId);

/** Routes that lead to a NAT gateway lead elsewhere instead. */
export function reroute(snapshot: Snapshot, target: Partial<r.Route>): void {
  for (const route of tables(snapshot).flatMap((table) => table.Routes))
    if (route.NatGatewayId !== undefined) {
      delete route.NatGatewayId;
      Object.assign(route, target);
    }
}

export const document = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
export const allow = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
});

/** The role's one inline policy. */
export function inline(snapshot: Snapshot, ...statements: object[]): void {
  snapshot.inlinePolicyNames[roleArn] = ok(['kafka-access']);
  snapshot.inlinePolicies[`${roleArn}#kafka-access`] = ok(document(...statements));
}
