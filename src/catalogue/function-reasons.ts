/** Lambda's codes for the state of a function, in words (API reference, FunctionConfiguration: StateReasonCode, LastUpdateStatusReasonCode). */

/** Every code of the API model; each is a clause without a period. A test compares the codes with the SDK's. */
export const reasonMeanings: Readonly<Record<string, string>> = {
  CapacityProviderScalingLimitExceeded: 'the capacity provider has reached its maximum number of vCPUs',
  Creating: 'Lambda is creating the function',
  DependencyError: 'a service that Lambda depends on returned an error',
  DisabledKMSKey: 'the KMS key of the function is disabled',
  DisallowedByVpcEncryptionControl: 'VPC encryption controls do not allow the function',
  DrainingDurableExecutions: 'Lambda waits until the durable executions that still run have ended',
  EC2RequestLimitExceeded: 'Amazon EC2 throttled the requests that create network interfaces or instances',
  EFSIOError: 'reading or writing the EFS file system failed',
  EFSMountConnectivityError: 'the function cannot connect to the EFS file system',
  EFSMountFailure: 'the EFS file system cannot be mounted',
  EFSMountTimeout: 'mounting the EFS file system timed out',
  EniLimitExceeded: 'the VPC has reached its limit of network interfaces',
  FunctionError: 'the function’s code failed while Lambda started it',
  'FunctionError.ExtensionInitError': 'an extension failed while Lambda started it',
  'FunctionError.InitResourceExhausted': 'the function ran out of memory or disk while Lambda started it',
  'FunctionError.InitTimeout': 'the function did not start in time',
  'FunctionError.InvalidEntryPoint': 'the entry point of the container image is not valid',
  'FunctionError.InvalidWorkingDirectory': 'the working directory of the container image is not valid',
  'FunctionError.PermissionDenied': 'the operating system did not allow Lambda to start the function’s code',
  'FunctionError.RuntimeInitError': 'the runtime failed while Lambda started it',
  'FunctionError.TooManyExtensions': 'the function has more extensions than Lambda allows',
  Idle: 'Lambda released the resources of the idle function; the next invocation restores them',
  ImageAccessDenied: 'Lambda may not read the container image',
  ImageDeleted: 'the container image was deleted',
  InsufficientCapacity: 'Amazon EC2 has no capacity for the instances of the function',
  InsufficientRolePermissions: 'the execution role lacks permissions that Lambda needs',
  InternalError: 'Lambda had an internal error',
  InvalidConfiguration: 'the configuration of the function is not valid',
  InvalidImage: 'the container image is not valid',
  InvalidRuntime: 'the runtime of the function is not valid',
  InvalidSecurityGroup: 'a security group of the function does not exist',
  InvalidStateKMSKey: 'the KMS key of the function is in a state in which it cannot be used',
  InvalidSubnet: 'a subnet of the function does not exist',
  InvalidZipFileException: 'the deployment package is not a valid .zip file',
  KMSKeyAccessDenied: 'Lambda may not use the KMS key of the function',
  KMSKeyNotFound: 'the KMS key of the function does not exist',
  Restoring: 'Lambda is restoring the resources of the function',
  ServiceQuotaExceededException: 'a quota of the account is reached',
  SubnetOutOfIPAddresses: 'a subnet of the function has no free IP addresses',
  VcpuLimitExceeded: 'the account has reached its vCPU limit for Amazon EC2',
};

/** Codes about an unusable KMS key: the function does not run until its key works again. */
const keyCodes: ReadonlySet<string> = new Set([
  'DisabledKMSKey',
  'InvalidStateKMSKey',
  'KMSKeyAccessDenied',
  'KMSKeyNotFound',
]);

/** Codes of a state that ends without a change by a user. */
const passingCodes: ReadonlySet<string> = new Set(['Creating', 'Idle', 'Restoring']);

/** Whether a code, or a reason in AWS's words, is about a KMS key. */
export const isKeyReason = (code: string | undefined, reason: string | undefined): boolean =>
  keyCodes.has(code ?? '') || /\bkms\b|\bkey\b/i.test(reason ?? '');

/** Whether the state of this code ends without a change by a user; true where there is no code. */
export const isPassingReason = (code: string | undefined): boolean => code === undefined || passingCodes.has(code);

/** `: ` and the meaning of a code, or the code where this version does not know it; empty without a code. */
export const meaningAfterColon = (code: string | undefined): string =>
  code === undefined ? '' : `: ${Object.hasOwn(reasonMeanings, code) ? reasonMeanings[code] : code}`;

/** `: CODE, which means …: AWS's own reason`; empty where AWS gives neither. An unknown code is shown as it is. */
export function reasonInWords(code: string | undefined, reason: string | undefined): string {
  const meaning = code !== undefined && Object.hasOwn(reasonMeanings, code) ? reasonMeanings[code] : undefined;
  const parts = [code === undefined ? '' : meaning === undefined ? code : `${code} (${meaning})`, reason ?? ''];
  const text = parts.filter((part) => part !== '').join(': ');
  return text === '' ? '' : `: ${text}`;
}
