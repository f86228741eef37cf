/** One call of an AWS API as data: shown as a command, played on a snapshot, or made. */
export interface AwsCall {
  /** The SDK's name of the service in small letters: `ec2`, `secretsmanager`. */
  service: string;
  /** `AuthorizeSecurityGroupIngress`. */
  operation: string;
  input: Record<string, unknown>;
}
