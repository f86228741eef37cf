/** Texts as Lambda shows them, in wordings that have been seen. */
export const connection =
  'PROBLEM: Connection error. Please check your event source connection configuration. If your event source lives in a VPC, try setting up a new Lambda function or EC2 instance with the same VPC, Subnet, and Security Group settings.';
export const cannotReach =
  'PROBLEM: Connection error. Your VPC must be able to connect to Lambda and STS, as well as Secrets Manager if authentication is required. You can provide access by configuring PrivateLink or a NAT Gateway.';
export const unauthorized = 'PROBLEM: Cluster failed to authorize Lambda.';
export const saslFailed = 'PROBLEM: SASL authentication failed.';
export const notAuthenticated = 'PROBLEM: Server failed to authenticate Lambda.';
export const invalidCertificate = 'PROBLEM: Provided certificate or private key is invalid.';
export const cannotAssume = 'PROBLEM: Lambda failed to assume your function execution role.';
export const callFailed = 'PROBLEM: Function call failed';
export const silent = 'No records processed';
