/**
 * Names in place of ids and ARNs, in the sentences of one finding: `private-a (subnet-0a1b…, eu-west-1a)` at the first
 * mention, `private-a` after it. Only complete ids and ARNs are replaced; commands in backquotes and quoted texts
 * stay as they are.
 */
import type { AwsCall } from '../aws/call.js';
import { shortNameOf } from '../aws/resource-name.js';
import type { Evidence } from '../checks/define.js';
import type { Owner } from '../snapshot/owner-of-tags.js';
import type { ResourceNames } from '../snapshot/resource-names.js';
import { visible } from '../text/visible.js';

const kinds = 'subnet|vpc|sg|rtb|acl|nat|vpce|igw|eigw|eni|pcx|tgw-attach|tgw-rtb|tgw|vgw|cagw|lgw|pl|dopt|i';
const ids = new RegExp(
  String.raw`\`[^\`]*\`|“[^”]*”|arn:[\w-]*:[^\s"'<>,;()[\]“”’\`]*|(?<![\w-])(?:${kinds})-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![\w-])`,
  'g',
);
const isArn = (text: string): boolean => text.startsWith('arn:');

/** The longest name that is shown whole: a tag has up to 256 characters. */
const longestName = 60;

const shortened = (name: string): string =>
  name.length <= longestName ? visible(name) : `${visible(name.slice(0, longestName))}…`;

/** An id or ARN without the period or colon of the sentence after it. */
function withoutPunctuation(found: string): string {
  let end = found.length;
  while (found[end - 1] === '.' || found[end - 1] === ':') end--;
  return found.slice(0, end);
}

/** Evidence for JSON: with the name of its resource, where it has one. */
export function withName({ resource, fact }: Evidence, names: ResourceNames): Evidence & { name?: string } {
  const name = shortNameOf(resource)?.name ?? names.byId.get(resource)?.name ?? null;
  return { resource, ...(name === null ? {} : { name }), fact };
}

/** A resource's name, id and zone, each for a column. */
export interface MentionParts {
  name: string;
  id: string;
  zone: string;
}

/** Members of a call that name what it changes. A route to an endpoint names both: the table is first. */
const changedMembers = [
  'RoleName',
  'ClusterArn',
  'GroupId',
  'RouteTableId',
  'NetworkAclId',
  'VpcEndpointId',
  'VpcId',
  'SecretId',
];

export class Mentions {
  private readonly mentioned = new Set<string>();

  /** `mapping`: the UUID of the mapping that the finding is about. */
  constructor(
    private readonly names: ResourceNames,
    private readonly mapping: string | null = null,
  ) {}

  /** A sentence with names. Control characters in it are made visible. */
  sentence(text: string): string {
    return this.replace(text, (id, before) => this.full(id, before));
  }

  /** A title: names only, and an id where a resource has no name of its own. The evidence has the ids. */
  title(text: string): string {
    return this.replace(text, (id, before) => {
      if (isArn(id)) return this.arn(id, before);
      const known = this.names.byId.get(id);
      return known?.name != null && known.isUnique ? shortened(known.name) : id;
    });
  }

  /** The subject of a line of evidence. */
  resource(id: string): string {
    return id === this.mapping ? 'the mapping' : this.sentence(id);
  }

  /** For a table; counts as a mention. */
  parts(id: string): MentionParts {
    this.mentioned.add(id);
    const known = this.names.byId.get(id);
    if (isArn(id)) return { name: this.arn(id, ''), id: '', zone: '' };
    return { name: known?.name == null ? '' : shortened(known.name), id: visible(id), zone: known?.zone ?? '' };
  }

  ownerOf(call: AwsCall): Owner | null {
    return this.names.ownerOf(call);
  }

  /** The resource that a call changes, by its name. */
  changed({ input }: AwsCall): string {
    const id = changedMembers.map((member) => input[member]).find((value) => typeof value === 'string');
    return typeof id === 'string' ? this.title(id) : 'The resource';
  }

  private replace(text: string, change: (id: string, before: string) => string): string {
    return visible(text).replace(ids, (found, offset: number, whole: string) => {
      if (/^[`“]/.test(found)) return found;
      const id = withoutPunctuation(found);
      return change(id, whole.slice(0, offset)) + found.slice(id.length);
    });
  }

  private full(id: string, before: string): string {
    if (isArn(id)) return this.arn(id, before);
    const known = this.names.byId.get(id);
    const isFirst = !this.mentioned.has(id);
    this.mentioned.add(id);
    if (known === undefined || (known.name === null && (known.zone === null || !isFirst))) return id;
    if (known.name === null) return `${id} (${known.zone})`;
    if (isFirst) return `${shortened(known.name)} (${[id, ...(known.zone === null ? [] : [known.zone])].join(', ')})`;
    return known.isUnique ? shortened(known.name) : `${shortened(known.name)} (${id})`;
  }

  private arn(arn: string, before: string): string {
    const short = shortNameOf(arn);
    if (short === null) return arn;
    const isFirst = !this.mentioned.has(arn);
    this.mentioned.add(arn);
    const kind = saysKind(before, short.kind) ? '' : `${short.kind} `;
    const elsewhere = isFirst ? this.elsewhere(short) : '';
    return `${kind}${short.name}${elsewhere}`;
  }

  private elsewhere({ account, region }: { account: string; region: string }): string {
    const isOther = (value: string, mine: string | null) =>
      value !== '' && mine !== null && mine !== '' && value !== mine;
    const parts = [
      ...(/^\d{12}$/.test(account) && isOther(account, this.names.account) ? [`account ${account}`] : []),
      ...(isOther(region, this.names.region) ? [region] : []),
    ];
    return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  }
}

/** Whether the words before a name already say what it is: `the topic orders`. */
const saysKind = (before: string, kind: string): boolean =>
  kind === '' || before.toLowerCase().endsWith(`${kind.split(' ').at(-1)!.toLowerCase()} `);
