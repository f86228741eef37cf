/**
 * The part of a resource that a call writes: how to read it, and what the call makes of it. It tells whether a change
 * was made, and whether somebody else has changed the same part since.
 */
import type { Clients } from '../../../account/clients.js';
import { Reader } from '../../../account/reader.js';
import type { Service } from '../../../account/services/index.js';
import { isOk, mapRead, ok, type Read } from '../../../snapshot/read.js';

export type Input = Readonly<Record<string, unknown>>;

export interface WrittenPart {
  /** As it is now, as plain JSON; null where the resource does not exist. `input`: of the call that wrote it. */
  read(ask: Ask, input: Input): Promise<Read<unknown>>;
  /** What the call makes of it; undefined where the call does not tell. Members that it does not write are left out. */
  after(input: Input): unknown;
}

/** By operation. */
export type WrittenParts = Record<string, WrittenPart>;

/** The settings of a call, without the member that names its resource. */
export const settingsBeside = (member: string, input: Input): Input =>
  Object.fromEntries(Object.entries(input).filter(([name]) => name !== member));

/** Asks AWS each time; `pages` for all items of a list. */
export interface Ask {
  call(service: Service, operation: string, input: object): Promise<Read<Record<string, unknown>>>;
  pages(service: Service, operation: string, input: object): Promise<Read<unknown[]>>;
}

export const askOf = (clients: Clients): Ask => ({
  call: (service, operation, input) => new Reader(clients).call(service, operation, input),
  pages: (service, operation, input) => new Reader(clients).pages(service, operation, input),
});

/** A value of an answer; a resource that does not exist is null. */
export async function valueOf<T>(answer: Promise<Read<T>>, pick: (value: T) => unknown): Promise<Read<unknown>> {
  const read = await answer;
  if (!isOk(read) && read.outcome === 'not-found') return ok(null);
  return mapRead(read, (value) => pick(value) ?? null);
}

/** The item of a list in an answer by its id. */
export const itemOf = (
  answer: Record<string, unknown>,
  list: string,
  id: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined => {
  const [[member, value]] = Object.entries(id) as [[string, unknown]];
  return (answer[list] as Record<string, unknown>[] | undefined)?.find((item) => item[member] === value);
};

/** Whether a part is as expected. Of an object only the expected members count; empty and absent are the same. */
export function isAs(current: unknown, expected: unknown): boolean {
  if (Array.isArray(expected) && expected.length > 0) {
    if (!Array.isArray(current) || current.length !== expected.length) return false;
    const left = [...(current as unknown[])];
    return expected.every((item) => {
      const at = left.findIndex((candidate) => isAs(candidate, item));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  }
  if (isObject(expected) && Object.keys(expected).length > 0) {
    const members = isObject(current) ? current : {};
    return (
      (isObject(current) || isEmpty(current)) &&
      Object.entries(expected).every(([name, value]) => isAs(members[name], value))
    );
  }
  return isEmpty(expected) ? isEmpty(current) : current === expected;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** AWS leaves out what is empty, and so does a call that clears it. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.values(value).every(isEmpty));
