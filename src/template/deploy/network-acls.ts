/** Network ACLs as they will be. */
import type { NetworkAcl } from '../../snapshot/resources/index.js';
import { defaultNetworkAcl } from '../cloudformation/identities.js';
import { isObject } from '../resource.js';
import { addTo, booleanOf, numberOf, textOf, type Deploying } from './deploying.js';

/** The last rule of every ACL denies the rest. */
const denyRest = (egress: boolean): NetworkAcl['Entries'][number] => ({
  RuleNumber: 32_767,
  Protocol: '-1',
  RuleAction: 'deny',
  Egress: egress,
  CidrBlock: '0.0.0.0/0',
});

export function addNetworkAcls(deploying: Deploying): void {
  const { snapshot } = deploying;
  const associations = deploying.all('AWS::EC2::SubnetNetworkAclAssociation').map(({ properties }) => ({
    acl: textOf(properties['NetworkAclId']),
    subnet: textOf(properties['SubnetId']),
  }));
  for (const resource of deploying.all('AWS::EC2::NetworkAcl')) {
    const vpcId = textOf(resource.properties['VpcId']);
    addTo(snapshot.networkAcls, vpcId, {
      NetworkAclId: resource.id,
      VpcId: vpcId,
      IsDefault: false,
      Associations: associations.filter(({ acl }) => acl === resource.id).map(({ subnet }) => ({ SubnetId: subnet })),
      Entries: [...entriesOf(deploying, resource.id), denyRest(true), denyRest(false)],
    });
  }
  // The default ACL of a new VPC allows everything, and is associated with every subnet that has no other.
  const elsewhere = new Set(associations.map(({ subnet }) => subnet));
  for (const { id } of deploying.all('AWS::EC2::VPC')) {
    const aclId = defaultNetworkAcl(id);
    const adopted = deploying.find(aclId, 'Terraform::EC2::DefaultNetworkAcl');
    addTo(snapshot.networkAcls, id, {
      NetworkAclId: aclId,
      VpcId: id,
      IsDefault: true,
      Associations: deploying
        .all('AWS::EC2::Subnet')
        .filter((subnet) => subnet.properties['VpcId'] === id && !elsewhere.has(subnet.id))
        .map((subnet) => ({ SubnetId: subnet.id })),
      Entries: [true, false].flatMap((egress) => [
        // Terraform removes all rules of a default ACL that it adopts.
        ...(adopted === undefined ? [{ ...denyRest(egress), RuleNumber: 100, RuleAction: 'allow' }] : []),
        ...entriesOf(deploying, aclId).filter(({ Egress: side }) => side === egress),
        denyRest(egress),
      ]),
    });
  }
}

const entriesOf = (deploying: Deploying, id: string): NetworkAcl['Entries'] =>
  deploying
    .all('AWS::EC2::NetworkAclEntry')
    .filter(({ properties }) => properties['NetworkAclId'] === id)
    .map(({ properties: entry }) => {
      const range = entry['PortRange'];
      const [from, to] = isObject(range) ? [numberOf(range['From']), numberOf(range['To'])] : [];
      const [cidr, cidr6] = [textOf(entry['CidrBlock']), textOf(entry['Ipv6CidrBlock'])];
      return {
        RuleNumber: numberOf(entry['RuleNumber']),
        Protocol: textOf(entry['Protocol']),
        RuleAction: textOf(entry['RuleAction'])?.toLowerCase(),
        Egress: booleanOf(entry['Egress']) ?? false,
        ...(cidr === undefined ? {} : { CidrBlock: cidr }),
        ...(cidr6 === undefined ? {} : { Ipv6CidrBlock: cidr6 }),
        ...(from === undefined || to === undefined ? {} : { PortRange: { From: from, To: to } }),
      };
    });
