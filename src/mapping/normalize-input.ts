/** Corrects what people paste instead of a name or an ARN, with a note about the correction. Pure. */
import { hasSecretSuffix, withoutSecretSuffix } from '../aws/secret-arn.js';

export interface Normalized {
  /** The corrected text; the original where nothing was wrong. */
  value: string;
  /** What was wrong and how it was corrected, sentences without a period; empty where nothing was. */
  notes: string[];
  /** The region in a console address. */
  region?: string;
}

type Rule = (text: string) => { value: string; note: string; region?: string } | undefined;

/** A function: name, ARN, with an alias or a version. */
export const normalizeFunction = (text: string): Normalized =>
  normalize(text, [consoleFunction, invocationArn, doubledArn, latestVersion, aliasWithVersion]);

/** A cluster or a VPC connection: name or ARN. A list of brokers stays unchanged: see `isBrokerList`. */
export const normalizeCluster = (text: string): Normalized =>
  normalize(text, [consoleCluster, doubledArn, partOfCluster]);

/** A secret: name or ARN. `findSecret` completes an ARN without its suffix, which needs the account's secrets. */
export const normalizeSecret = (text: string): Normalized => normalize(text, [consoleSecret, doubledArn]);

/** A topic; `topics`: those of the cluster, where they could be read. */
export function normalizeTopic(text: string, topics: readonly string[] | null): Normalized {
  const normalized = normalize(text, [topicArn]);
  if (topics === null || topics.includes(normalized.value)) return normalized;
  const alike = topics.filter((topic) => topic.toLowerCase() === normalized.value.toLowerCase());
  const [only] = alike;
  if (only === undefined || alike.length > 1) return normalized;
  return {
    ...normalized,
    value: only,
    notes: [
      ...normalized.notes,
      `the cluster has no topic “${normalized.value}”, but one that differs only in case: using ${only}`,
    ],
  };
}

/** Spaces, quotation marks, invisible characters and a final comma or semicolon around a copied text. */
function trimEdges(text: string): string {
  let [before, after] = ['', text];
  while (before !== after) {
    before = after;
    after = after
      .replace(/^[\s\p{Cf}]+/u, '')
      // A run is matched only from its start: otherwise a long one would be tried from each of its characters.
      .replace(/(?<![\s\p{Cf},;])[\s\p{Cf},;]+$/u, '')
      .replace(
        /^(?:"([^"]*)"|'([^']*)'|`([^`]*)`|“([^”]*)”|‘([^’]*)’|<([^>]*)>)$/u,
        (_, ...inside: (string | undefined)[]) => inside.slice(0, 6).find((text) => text !== undefined) ?? '',
      );
  }
  return after;
}

function normalize(text: string, rules: readonly Rule[]): Normalized {
  const edges = trimEdges(text);
  const normalized: Normalized = {
    value: edges,
    notes: edges === text.trim() ? [] : ['removed quotes or other characters around it'],
  };
  for (const rule of rules) {
    const better = rule(normalized.value);
    if (better === undefined) continue;
    normalized.value = better.value;
    normalized.notes.push(`${better.note}: using ${better.value}`);
    if (better.region !== undefined) normalized.region = better.region;
  }
  return normalized;
}

/** If one ARN was pasted after the beginning of another, the last one. */
const doubledArn: Rule = (text) => {
  const last = text.toLowerCase().lastIndexOf('arn:');
  if (last <= 0 || !/^arn:/i.test(text)) return undefined;
  // No name contains `arn:`, and no valid ARN of these services ends with another.
  const value = `arn:${text.slice(last + 4)}`;
  return /^arn:aws[a-z-]*:[a-z]/.test(value) ? { value, note: 'removed the repeated beginning of the ARN' } : undefined;
};

interface ConsoleAddress {
  /** The decoded part after the host, without the query before the `#`. */
  path: string;
  query: URLSearchParams;
  region?: string;
}

function parseConsole(text: string): ConsoleAddress | undefined {
  if (!/^(https?:\/\/)?[a-z0-9.-]*console\.(aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)\//i.test(text))
    return undefined;
  const whole = /^https?:/i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(whole)) return undefined;
  const address = new URL(whole);
  const region =
    address.searchParams.get('region') ?? /^([a-z]{2}(?:-[a-z]+)+-\d)\.console/.exec(address.hostname)?.[1];
  return {
    path: `${address.pathname}${decoded(address.hash)}`,
    query: address.searchParams,
    ...(region === undefined ? {} : { region }),
  };
}

/** Twice: the console encodes an ARN in an address, and the browser encodes it again. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(decodeURIComponent(text));
  } catch {
    return text;
  }
}

const fromConsole = (text: string, find: (address: ConsoleAddress) => string | undefined): ReturnType<Rule> => {
  const address = parseConsole(text);
  const value = address === undefined ? undefined : find(address);
  if (address === undefined || value === undefined || value === '') return undefined;
  return {
    value,
    note: 'it was a URL of the AWS console',
    ...(address.region === undefined ? {} : { region: address.region }),
  };
};

const consoleFunction: Rule = (text) =>
  fromConsole(text, ({ path }) => {
    const [, name, qualifier] = /#\/functions\/([\w-]+)(?:\/(?:aliases|versions)\/([\w$-]+))?/.exec(path) ?? [];
    return name === undefined ? undefined : qualifier === undefined ? name : `${name}:${qualifier}`;
  });

const consoleCluster: Rule = (text) =>
  fromConsole(
    text,
    ({ path }) =>
      /arn:[^:/]+:kafka:[^:/]*:\d{12}:(?:cluster\/[^/?#]+\/[^/?#]+|vpc-connection\/\d{12}\/[^/?#]+\/[^/?#]+)/.exec(
        path,
      )?.[0],
  );

const consoleSecret: Rule = (text) => fromConsole(text, ({ query }) => query.get('name') ?? undefined);

/** API Gateway's form of a function's ARN. */
const invocationArn: Rule = (text) => {
  const value = /\/functions\/(arn:[^/]+)\/invocations$/.exec(text)?.[1];
  return value === undefined ? undefined : { value, note: 'it was the invocation ARN of API Gateway' };
};

const latestVersion: Rule = (text) =>
  text.endsWith(':$LATEST')
    ? { value: text.slice(0, -':$LATEST'.length), note: 'a function without a version is its $LATEST' }
    : undefined;

/** `…:function:name:alias:3`: an alias already selects a version. */
const aliasWithVersion: Rule = (text) => {
  const value = /^((?:arn:[^:]+:lambda:[^:]+:\d{12}:|\d{12}:)?function:[\w-]+:(?!\d+:)[\w-]+):(?:\d+|\$LATEST)$/.exec(
    text,
  )?.[1];
  return value === undefined ? undefined : { value, note: 'an alias already selects a version' };
};

/** The ARN of a topic or a consumer group contains its cluster. */
const partOfCluster: Rule = (text) => {
  const [, start, kind, cluster] =
    /^(arn:[^:]+:kafka:[^:]+:\d{12}):(topic|group|transactional-id)\/([^/]+\/[^/]+)(?:\/.*)?$/.exec(text) ?? [];
  return start === undefined
    ? undefined
    : {
        value: `${start}:cluster/${cluster!}`,
        note: `it was the ARN of a ${kind === 'topic' ? 'topic' : kind === 'group' ? 'consumer group' : 'transactional id'}`,
      };
};

const topicArn: Rule = (text) => {
  const value = /^arn:[^:]+:kafka:[^:]+:\d{12}:topic\/[^/]+\/[^/]+\/([^/]+)$/.exec(text)?.[1];
  return value === undefined ? undefined : { value, note: 'it was the ARN of the topic' };
};

const broker = /^[a-z0-9.-]+\.[a-z0-9-]+:\d{2,5}$/i;

/** Whether a text is a list of brokers, `host:port,…`, as Kafka clients use it. */
export const isBrokerList = (text: string): boolean =>
  brokersOf(text).length > 0 && brokersOf(text).every((address) => broker.test(address));

const brokersOf = (text: string): string[] =>
  trimEdges(text)
    .split(/[,\s]+/)
    .filter((address) => address !== '');

/**
 * The cluster of a list of brokers; `strings`: the answer of GetBootstrapBrokers for each cluster. Null where none
 * has one of the hosts.
 */
export function findClusterOfBrokers(
  text: string,
  clusters: readonly { arn: string; strings: readonly string[] }[],
): Normalized | null {
  const wanted = new Set(brokersOf(text).map(hostOf));
  const cluster = clusters.find(({ strings }) =>
    strings.some((list) => brokersOf(list).some((address) => wanted.has(hostOf(address)))),
  );
  return cluster === undefined
    ? null
    : {
        value: cluster.arn,
        notes: [`it was a list of brokers; a mapping needs their cluster: using ${cluster.arn}`],
      };
}

const hostOf = (text: string): string => text.slice(0, text.lastIndexOf(':')).toLowerCase();

/**
 * A secret by name, or by an ARN whose six-character suffix is missing or belongs to a deleted secret of the same
 * name. Null where no secret matches; a secret's exact ARN is returned without a note.
 */
export function findSecret(
  text: string,
  secrets: readonly { ARN?: string | undefined; Name?: string | undefined }[],
): Normalized | null {
  const arns = secrets.flatMap(({ ARN: arn }) => arn ?? []);
  if (arns.includes(text)) return { value: text, notes: [] };
  const named = secrets.find(({ ARN: arn, Name: name }) => arn !== undefined && name === text)?.ARN;
  if (named !== undefined) return { value: named, notes: [] };
  if (!text.startsWith('arn:')) return null;
  const whole = arns.find((arn) => withoutSecretSuffix(arn) === text);
  if (whole !== undefined)
    return {
      value: whole,
      notes: [`the ARN lacked its six-character suffix, without which Lambda cannot read the secret: using ${whole}`],
    };
  const renewed = arns.find((arn) => hasSecretSuffix(text) && withoutSecretSuffix(arn) === withoutSecretSuffix(text));
  return renewed === undefined
    ? null
    : { value: renewed, notes: [`no secret has this ARN, but one has this name: using ${renewed}`] };
}
