/** VPC endpoints as they will be. */
import type { VpcEndpoint } from '../../snapshot/resources/index.js';
import { defaultGroup } from '../cloudformation/identities.js';
import type { TemplateResource } from '../resource.js';
import { addTo, booleanOf, textOf, textsOf, type Deploying } from './deploying.js';
import { documentText } from './iam.js';

export function addEndpoints(deploying: Deploying): void {
  for (const resource of deploying.all('AWS::EC2::VPCEndpoint')) {
    const endpoint = endpointOf(resource);
    addTo(deploying.snapshot.vpcEndpoints, endpoint.VpcId, endpoint);
  }
}

/** An endpoint without a policy allows everything; one without groups has the default group of its VPC. */
function endpointOf({ id, properties, format }: TemplateResource): VpcEndpoint {
  const kind = textOf(properties['VpcEndpointType']) ?? 'Gateway';
  const vpcId = textOf(properties['VpcId']);
  const groups = textsOf(properties['SecurityGroupIds']);
  const policy = properties['PolicyDocument'];
  return {
    VpcEndpointId: id,
    VpcEndpointType: kind,
    VpcId: vpcId,
    ServiceName: textOf(properties['ServiceName']),
    State: 'available',
    PolicyDocument: policy === undefined || policy === null ? openPolicy : documentText(policy),
    RouteTableIds: textsOf(properties['RouteTableIds']),
    SubnetIds: textsOf(properties['SubnetIds']),
    Groups:
      groups.length > 0 || kind !== 'Interface'
        ? groups.map((group) => ({ GroupId: group }))
        : [{ GroupId: defaultGroup(vpcId ?? '') }],
    // Terraform sends “off” where nothing is written (documentation of aws_vpc_endpoint); CloudFormation does not document it.
    PrivateDnsEnabled: booleanOf(properties['PrivateDnsEnabled']) ?? (format === 'terraform' ? false : undefined),
    NetworkInterfaceIds: [],
  };
}

const openPolicy = JSON.stringify({
  Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }],
});
