/** Replaces every identifier in names, ARNs and sentences by a token. */
import { isIPv4, isIPv6 } from 'node:net';
import { isKnownTagKey, isToolName } from '../../aws/known-tags.js';
import type { Cipher } from './cipher.js';

const uuid = String.raw`[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?:-s?\d{1,4})?(?![0-9a-zA-Z])`;
const ec2Kinds =
  'subnet|vpce-svc|vpce|vpc|sgr|sg|rtbassoc|rtb|aclassoc|acl|nat|eni-attach|eni|eigw|igw|tgw-attach|tgw-rtb|tgw|pl|pcx|dopt|lgw-rtb|lgw|cagw|vgw|cgw|eipalloc|eipassoc|core-network|attachment|i|ami|vol|fl';
const parts = {
  variable: String.raw`\$\{[^}]*\}|\$LATEST(?:\.PUBLISHED)?`,
  arn: String.raw`arn:[\w*?-]*:[^\s"'<>,;()[\]]*`,
  uuid: `(?<![0-9a-zA-Z])${uuid}`,
  ec2: String.raw`(?<![0-9a-zA-Z-])(?:${ec2Kinds})-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![0-9a-zA-Z])`,
  host: String.raw`(?<![\w-])[a-zA-Z0-9*?_-]+(?:\.[a-zA-Z0-9*?_-]+)*\.amazonaws\.com(?:\.cn)?(?![\w-])`,
  ipv4: String.raw`(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\d.]*\d)`,
  ipv6: String.raw`(?<![0-9a-zA-Z:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?:/\d{1,3})?(?![0-9a-zA-Z:])`,
  account: String.raw`(?<!\d)\d{12}(?!\d)`,
  principal: String.raw`(?<![0-9a-zA-Z])A(?:RO|ID|KI|SI|GP|NP|CC)A[A-Z0-9]{10,}`,
  // Parts of names that checks look at.
  kept: String.raw`^(?:https?|kafka)://|^AmazonMSK_|^/aws/lambda/|^__amazon_msk\w*$|^__consumer_offsets$|\.fifo$|service-role/|aws-service-role/|alias/aws/[\w-]+`,
};
const identifiers = ['variable', 'arn', 'uuid', 'ec2', 'host', 'ipv4', 'ipv6', 'account', 'principal'] as const;
const pattern = (names: readonly (keyof typeof parts)[], more = ''): RegExp =>
  new RegExp(
    [...names.map((name) => `(?<${name}>${parts[name]})`), ...(more === '' ? [] : [`(?<word>${more})`])].join('|'),
    'g',
  );
const inNames = pattern([...identifiers, 'kept'], String.raw`[A-Za-z0-9]+|[^\x00-\x7f]`);
const inSentences = pattern(identifiers);

/** Texts that AWS defines, or that identify nobody. */
const plain = new Set([
  '',
  '*',
  'local',
  'default',
  'AmazonProvidedDNS',
  'AWS',
  'anonymous',
  'amazon-elb',
  'amazon-aws',
  // Private hosted zones above the names of AWS services.
  'amazonaws.com.',
  'amazonaws.com.cn.',
  'true',
  'false',
  'User:ANONYMOUS',
]);
const isPlain = (text: string): boolean =>
  plain.has(text) || region.test(text) || isKnownTagKey(text) || isToolName(text);
/** Words by which texts of AWS are recognised. They identify no function, even if one has such a name. */
const ofAws = new Set(
  'amazon aws client cluster connection elb eni error failed function handler interface kafka lambda load balancer managed mapping nat gateway network rds role secret server service subnet topic trigger user vpc endpoint'.split(
    ' ',
  ),
);
const region = /^[a-z]{2,4}(-[a-z]{2,4})?-(central|(north|south)(east|west)?|east|west)-\d{1,2}[a-z]?$/;

export interface Words {
  /** A name, id, ARN, address or host: replaces every word. */
  name(text: string): string;
  /** A sentence of AWS: replaces what looks like an identifier, and names that occur elsewhere in the snapshot. */
  sentence(text: string): string;
  /** The same, and also plain words that occur elsewhere as a name: for free text. */
  freeText(text: string): string;
  /** A sentence of AWS: replaces only what looks like an identifier. */
  identifiers(text: string): string;
  /** A distinguished name or a Kafka principal: replaces the values. */
  distinguished(text: string): string;
}

export function createWords(cipher: Cipher): Words {
  const met = new Set<string>();
  const replace = (text: string, by: RegExp): string => text.replace(by, (...given) => token(given.at(-1) as Groups));

  function token(groups: Groups): string {
    const [kind, text] = Object.entries(groups).find(([, value]) => value !== undefined) as [
      keyof typeof parts | 'word',
      string,
    ];
    switch (kind) {
      case 'variable':
        return text.replace(/(Tag\/)([^},]+)/i, (_, start: string, tag: string) => start + name(tag));
      case 'arn':
        return arn(text);
      case 'uuid':
        return cipher.hex(text.slice(0, 36)) + text.slice(36);
      case 'ec2':
        return text.replace(/(?<![0-9a-f])[0-9a-f]+$/, (id) => cipher.hex(id));
      case 'host':
        return host(text);
      case 'ipv4':
        return isIPv4(text.split('/')[0]!) && Number(text.split('/')[1] ?? 0) <= 32
          ? cipher.ipv4(text)
          : cipherWords(text);
      case 'ipv6':
        return isIPv6(text.split('/')[0]!) ? cipher.ipv6(text) : cipherWords(text);
      case 'account':
        return cipher.account(text);
      case 'principal':
        return text.slice(0, 4) + cipher.word(text.slice(4));
      case 'kept':
        return text;
      case 'word':
        return cipher.word(text);
    }
  }
  const cipherWords = (text: string): string => text.replace(/[A-Za-z0-9]+/g, cipher.word);

  function name(text: string): string {
    if (isPlain(text)) return text;
    if (text.length > 3) met.add(text);
    return replace(text, inNames);
  }

  function arn(text: string): string {
    const [scheme, partition = '', service = '', region = '', account = '', ...rest] = text.split(':');
    // The account part of AWS managed policies.
    if (account === 'aws') return text;
    const resource = rest.join(':');
    const owner = /^\d{12}$/.test(account) ? cipher.account(account) : account;
    const typed = ['s3', 'sqs', 'sns'].includes(service) ? null : /^([^:/]*)([:/])(.*)$/s.exec(resource);
    const kept = typed !== null && isType(typed[1]!);
    const named = kept ? `${typed[1]}${typed[2]}${name(typed[3]!)}` : isType(resource) ? resource : name(resource);
    return [
      scheme,
      partition,
      service,
      region,
      ...(text.split(':').length > 4 ? [owner] : []),
      ...(rest.length > 0 ? [named] : []),
    ].join(':');
  }

  function host(text: string): string {
    const labels = text.split('.');
    const owned = labels.slice(0, labels.lastIndexOf('amazonaws'));
    // `lambda.amazonaws.com`, `secretsmanager.eu-west-1.amazonaws.com`: a service, which identifies nobody.
    if (owned.length === 1 || (owned.length === 2 && region.test(owned[1]!))) return text;
    return [
      ...owned.map((label) => (serviceLabel.test(label) || region.test(label) ? label : name(label))),
      ...labels.slice(owned.length),
    ].join('.');
  }

  /** Replaces known names, in any case and inside longer words (`AWS Lambda VPC ENI-order-handler-…`). */
  function replaceMet(text: string, isMeant: (known: string) => boolean): string {
    const small = text.toLowerCase();
    return [...met]
      .filter((known) => isMeant(known) && small.includes(known.toLowerCase()) && !ofAws.has(known.toLowerCase()))
      .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
      .reduce(
        (left, known) =>
          left.replaceAll(new RegExp(`(?<![0-9a-zA-Z])${escapeRegExp(known)}(?![0-9a-zA-Z])`, 'gi'), (found) =>
            name(found),
          ),
        text,
      );
  }

  return {
    name,
    identifiers: (text) => replace(text, inSentences),
    freeText: (text) => replaceMet(replace(text, inSentences), () => true),
    sentence: (text) => {
      const named = replaceMet(replace(text, inSentences), (known) => !/^[a-z]+$/.test(known));
      // A plain word is a name only in quotation marks.
      return named.replaceAll(/([[“‘'"`])([a-z]{4,})([\]”’'"`])/g, (whole, open: string, word: string, close: string) =>
        met.has(word) ? open + name(word) + close : whole,
      );
    },
    distinguished: (text) => {
      if (plain.has(text)) return text;
      const user = text.startsWith('User:') ? 'User:' : '';
      const parts = text.slice(user.length).split(/(?<!\\)([,+])/);
      return (
        user +
        parts
          .map((part) =>
            part.replace(
              /^(\s*[A-Za-z][\w.-]*=)?(.*)$/s,
              (_, type: string | undefined, value: string) => (type ?? '') + name(value),
            ),
          )
          .join('')
      );
    },
  };
}

type Groups = Partial<Record<keyof typeof parts | 'word', string>>;

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const serviceLabel =
  /^(b-\d+(-public)?|boot|vpce|scram|iam|tls|c\d+|kafka|kafka-serverless|s3|sqs|sns|lambda|sts|secretsmanager|glue|kms|ec2|logs|\*)$/;

/** First words of the resource part of an ARN. A wildcard counts where it can match one of them. */
const types = [
  'cluster',
  'topic',
  'group',
  'transactional-id',
  'vpc-connection',
  'configuration',
  'replicator',
  'function',
  'layer',
  'event-source-mapping',
  'code-signing-config',
  'secret',
  'key',
  'alias',
  'role',
  'user',
  'policy',
  'assumed-role',
  'federated-user',
  'instance-profile',
  'root',
  'mfa',
  'saml-provider',
  'oidc-provider',
  'log-group',
  'log-stream',
  'registry',
  'schema',
  'catalog',
  'certificate-authority',
  'certificate',
  'network-interface',
  'subnet',
  'vpc',
  'security-group',
  'vpc-endpoint',
  'route-table',
  'organization',
  'ou',
  'account',
  'stack',
];
function isType(text: string): boolean {
  if (types.includes(text)) return true;
  if (!/[*?]/.test(text)) return false;
  const matching = new RegExp(
    `^${text
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  return types.some((type) => matching.test(type));
}
