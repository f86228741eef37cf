/** Why there is no temporary function, in words, and the check that owns it where the pollers would meet the same. */
import type { Refusal } from '../account/make-changes.js';
import { credentialsTrouble } from '../account/failure.js';
import type { CheckId } from '../catalogue/check-ids.js';
import { isUnsure } from '../mapping/refusals.js';

/** A function that could not be created, started or invoked. */
export interface RemoteRefusal {
  /** AWS's error name or state code. */
  name: string;
  /** A sentence with a period. */
  because: string;
  /** AWS's own text; empty for none. */
  message: string;
  /** Null where it says nothing about the pollers. */
  check: CheckId | null;
}

interface Meaning {
  text: RegExp;
  because: string;
  check?: CheckId;
}

/** By AWS's error name, state code or message, which are searched because texts are wrapped in others. */
const meanings: readonly Meaning[] = [
  {
    text: /explicit deny in a service control policy/i,
    because: 'A service control policy of your organization denies this call to your credentials.',
  },
  {
    text: /explicit deny in a resource control policy/i,
    because: 'A resource control policy of your organization denies this call.',
  },
  {
    text: /explicit deny in a permissions boundary/i,
    because: 'The permissions boundary of your credentials denies this call.',
  },
  {
    text: /CodeSign|CodeVerification|InvalidCodeSignature/i,
    because: 'Lambda accepts only signed code here (code signing), and the probe is not signed.',
  },
  {
    text: /not authorized to perform: iam:PassRole/i,
    because: 'Your credentials need iam:PassRole on the execution role.',
  },
  {
    text: /cannot be assumed by Lambda/i,
    because: 'Lambda cannot assume the execution role: its trust policy does not allow lambda.amazonaws.com.',
    check: 'access.trust',
  },
  {
    text: /execution role does not have permissions to call \w+ on EC2|InsufficientRolePermissions|EC2AccessDenied/i,
    because: 'The execution role may not manage network interfaces, which the pollers need too.',
    check: 'access.network-interfaces',
  },
  {
    text: /SubnetOutOfIPAddresses|SubnetIPAddressLimitReached|not enough (?:free )?IP addresses/i,
    because: 'The subnet has no free IP address.',
    check: 'network.subnet-capacity',
  },
  {
    text: /EniLimitExceeded|ENILimitReached/i,
    because: 'The quota of network interfaces of the VPC or the region is used up (Lambda: “Hyperplane ENIs per VPC”).',
  },
  {
    text: /InvalidSubnetID\.NotFound/i,
    because: 'The subnet does not exist any more.',
    check: 'network.subnet-capacity',
  },
  { text: /InvalidSubnet/i, because: 'The subnet does not exist any more, or Lambda cannot use it.' },
  { text: /InvalidSecurityGroup/i, because: 'A security group of the cluster does not exist any more.' },
  {
    text: /ReservedFunctionConcurrentInvocationLimitExceeded|ConcurrentInvocationLimitExceeded|TooManyRequests|Rate Exceeded|Throttling/i,
    because: 'Lambda has no free concurrency in this account and region, or it throttles your calls.',
  },
  { text: /CodeStorageExceeded/i, because: 'The quota for the code of functions (75 GB by default) is used up.' },
  {
    text: /EC2Throttled/i,
    because: 'EC2 throttled Lambda while it created the network interface.',
  },
];

/** The meaning of a name and text of AWS. */
export function meaningOfText(name: string, message: string): RemoteRefusal {
  const text = `${name} ${message}`;
  const known = meanings.find(({ text: pattern }) => pattern.test(text));
  return {
    name,
    message,
    because: known?.because ?? 'AWS refused it.',
    check: known?.check ?? null,
  };
}

/** A refused call, or one without an answer. */
export function refusalOf(refusal: Refusal): RemoteRefusal {
  const { name, message, error, outcome, action } = refusal;
  const trouble = credentialsTrouble(error);
  if (trouble !== null) return { name, message: '', because: `${trouble.sentence} ${trouble.hint}`, check: null };
  const known = meaningOfText(name, message);
  if (known.because !== 'AWS refused it.') return known;
  if (outcome === 'denied') return { ...known, because: `Your credentials need ${action}.` };
  return isUnsure(refusal) ? { ...known, message: error, because: 'AWS did not answer.' } : known;
}

/** The meaning and AWS's own text. */
export const sentenceOf = ({ because, message, name }: RemoteRefusal): string =>
  `${because}${message === '' ? '' : ` AWS reports: ${name}: ${message}`}`;
