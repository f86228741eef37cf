/** Temporary functions that a run could not remove: found by name and tag. */
import type { Clients } from '../account/clients.js';
import { applyCall } from '../account/make-changes.js';
import { expiryTag, probeFunctionPrefix, runTag } from '../aws/probe-functions.js';
import { refusalOf, type RemoteRefusal } from './refusal.js';

export interface Leftover {
  name: string;
  /** When no probe can use it any more; null where the tag has no time. */
  expires: Date | null;
}

export type Leftovers =
  | {
      ok: true;
      found: Leftover[];
      /** Functions of that name without the tag, or whose tags could not be read. */ kept: {
        name: string;
        because: string;
      }[];
    }
  | { ok: false; refusal: RemoteRefusal };

/** Far more pages than a region has functions. */
const mostPages = 1000;

/** The list of functions must be complete; otherwise a function could be missed. */
export async function findLeftovers(clients: Clients): Promise<Leftovers> {
  const listed = await listByName(clients);
  if ('refusal' in listed) return { ok: false, refusal: listed.refusal };
  const found: Leftover[] = [];
  const kept: { name: string; because: string }[] = [];
  for (const { name, arn } of listed.functions) {
    const read = await applyCall(clients, { service: 'lambda', operation: 'ListTags', input: { Resource: arn } });
    if (read.outcome === 'not-found') continue;
    if (read.outcome !== 'ok') {
      kept.push({ name, because: refusalOf(read).because });
      continue;
    }
    const tags = (read.output['Tags'] ?? {}) as Record<string, string>;
    if (tags[runTag] === undefined) kept.push({ name, because: `It has no tag ${runTag}.` });
    else found.push({ name, expires: timeOf(tags[expiryTag]) });
  }
  return { ok: true, found, kept };
}

async function listByName(
  clients: Clients,
): Promise<{ functions: { name: string; arn: string }[] } | { refusal: RemoteRefusal }> {
  const functions: { name: string; arn: string }[] = [];
  const markers = new Set<string>();
  let marker: string | undefined;
  for (let number = 0; number < mostPages; number++) {
    const read = await applyCall(clients, {
      service: 'lambda',
      operation: 'ListFunctions',
      input: marker === undefined ? {} : { Marker: marker },
    });
    if (read.outcome !== 'ok') return { refusal: refusalOf(read) };
    const { Functions: some = [], NextMarker: next } = read.output as {
      Functions?: { FunctionName?: string; FunctionArn?: string }[];
      NextMarker?: string;
    };
    for (const { FunctionName: name, FunctionArn: arn } of some)
      if (name?.startsWith(probeFunctionPrefix) === true && arn !== undefined) functions.push({ name, arn });
    if (next === undefined || next === '') return { functions };
    if (markers.has(next)) break;
    markers.add(next);
    marker = next;
  }
  return { refusal: { name: 'Error', because: 'AWS did not end the list of functions.', message: '', check: null } };
}

function timeOf(text: string | undefined): Date | null {
  const time = new Date(text ?? '');
  return Number.isNaN(time.getTime()) ? null : time;
}
