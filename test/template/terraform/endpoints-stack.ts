/** A configuration of Terraform that works, with VPC endpoints instead of a NAT gateway. */
import { edited } from './lint-configuration.js';
import { stack } from './cases.js';

/** The route of the private subnets to the NAT gateway. */
export const natRoute = `resource "aws_route" "nat" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this.id
}
`;
const endpoint = (service: string): string => `resource "aws_vpc_endpoint" "${service}" {
  vpc_id              = aws_vpc.this.id
  vpc_endpoint_type   = "Interface"
  service_name        = "com.amazonaws.eu-west-1.${service}"
  subnet_ids          = aws_subnet.private[*].id
  security_group_ids  = [aws_security_group.endpoints.id]
  private_dns_enabled = true
}
`;
/** The endpoint for STS. */
export const sts = endpoint('sts');
/** The rule that admits the pollers to the endpoints. */
export const endpointIngress = `  ingress {
    from_port       = 443
    to_port         = 443
    protocol        = "tcp"
    security_groups = [aws_security_group.msk.id]
  }
`;
/** The stack with endpoints in place of the route to the NAT gateway. */
export const endpoints = `${edited(stack, { [natRoute]: '' })}${sts}${endpoint('lambda')}resource "aws_security_group" "endpoints" {
  name   = "endpoints"
  vpc_id = aws_vpc.this.id
${endpointIngress}}
`;
