/** Makes each read once, keeps its outcome and records it. */
import * as z from 'zod/mini';
import { isOk, mapRead, ok, type Outcome, type Read, type ReadRecord } from '../snapshot/read.js';
import type { Clients } from './clients.js';
import { errorName, isCredentialsError, isNetworkError, notAsDocumented, toFailure } from './failure.js';
import { pageMembers } from './pages.js';
import type { Service } from './services/index.js';

type Output = Record<string, unknown>;

/** No list of an account is longer. Stops an endpoint that always gives another token. */
const mostPages = 1000;

/** Members that say, besides the token, that an answer is not the last page (IAM, KMS, EC2). */
const moreFollows = ['IsTruncated', 'Truncated', 'AdditionalRoutesAvailable'];

export class Reader {
  /** The first error that says that the credentials cannot be used. */
  credentialsError: Error | undefined;
  private readonly made = new Map<string, Promise<Read<Output>>>();
  private readonly pieces = new Map<string, Promise<unknown>>();
  private readonly counts = new Map<string, ReadRecord>();
  private total = 0;

  constructor(
    private readonly clients: Clients,
    private readonly onRead: (calls: number) => void = () => {},
  ) {}

  /** The profile that the user named; the calls use it. */
  get profile(): string | undefined {
    return this.clients.profile;
  }

  /** One answer as plain JSON, with instants in ISO 8601. The same call is made once. */
  call(service: Service, operation: string, input: object, resource?: string): Promise<Read<Output>> {
    const key = `${service} ${operation} ${JSON.stringify(input)}`;
    const earlier = this.made.get(key);
    if (earlier !== undefined) return earlier;
    const read = this.make(service, operation, input, resource);
    this.made.set(key, read);
    return read;
  }

  /** Work that many mappings share, such as a cluster or a VPC: done once, for the first caller. */
  once<T>(key: string, work: () => Promise<T>): Promise<T> {
    const earlier = this.pieces.get(key) as Promise<T> | undefined;
    if (earlier !== undefined) return earlier;
    const piece = work();
    this.pieces.set(key, piece);
    return piece;
  }

  /** Whether any call was answered. If so, the credentials work and are not the cause of other failures. */
  get anyAnswered(): boolean {
    return [...this.counts.values()].some(({ outcome }) => outcome === 'ok' || outcome === 'not-found');
  }

  /** The error of the first call, where no call was answered; undefined where AWS answered one, even with an error. */
  get noAnswer(): string | undefined {
    const [first, ...others] = this.records();
    return first !== undefined && [first, ...others].every(({ error }) => error !== null && isNetworkError(error))
      ? (first.error ?? undefined)
      : undefined;
  }

  private async make(service: Service, operation: string, input: object, resource?: string): Promise<Read<Output>> {
    try {
      const output = await this.clients.send(service, operation, input);
      this.record(service, operation, 'ok', null);
      return ok(plain(output));
    } catch (error) {
      if (isCredentialsError(error)) this.credentialsError ??= error as Error;
      const failure = toFailure(error, { service, operation, resource });
      this.record(service, operation, failure.outcome, failure.error);
      return failure;
    }
  }

  /**
   * For an answer that is reduced at once to something harmless: the answer is not kept, not even for a second
   * caller.
   */
  async profiled<T>(
    service: Service,
    operation: string,
    input: object,
    resource: string,
    profile: (output: object) => Promise<T>,
  ): Promise<Read<T>> {
    try {
      const value = await profile(await this.clients.send(service, operation, input));
      this.record(service, operation, 'ok', null);
      return ok(value);
    } catch (error) {
      if (isCredentialsError(error)) this.credentialsError ??= error as Error;
      // An error that is thrown here may quote the answer: only its name is kept.
      const failure = { ...toFailure(error, { service, operation, resource }), error: errorName(error) };
      this.record(service, operation, failure.outcome, failure.error);
      return failure;
    }
  }

  /**
   * All items of all pages. A failed page fails the read, and so does a list whose end was not reached. `items`:
   * which list of the answer, where it has several. `once`: nobody else needs this answer, so it is not kept.
   * `most`: pages.
   */
  async pages(
    service: Service,
    operation: string,
    input: object,
    {
      resource,
      most = mostPages,
      once = false,
      ...choice
    }: { items?: string; resource?: string; most?: number; once?: boolean } = {},
  ): Promise<Read<unknown[]>> {
    const members = pageMembers[service]?.[operation];
    if (members === undefined) throw new Error(`${service} ${operation} is not among the lists that are read`);
    const { items = members.items[0] } = choice;
    const collected: unknown[] = [];
    const seen = new Set<unknown>();
    let next: unknown;
    for (let page = 0; page < most; page++) {
      const question = next === undefined ? input : { ...input, [members.question]: next };
      const read = await (once
        ? this.make(service, operation, question, resource)
        : this.call(service, operation, question, resource));
      if (!isOk(read)) return read;
      const list = read.value[items] ?? [];
      // Only an absent list is empty. Any other value is not an answer of AWS.
      if (!Array.isArray(list)) return toFailure(notAsDocumented(items), { service, operation, resource });
      collected.push(...(list as unknown[]));
      next = read.value[members.answer];
      if (next === undefined || next === null || next === '')
        return moreFollows.some((name) => read.value[name] === true)
          ? this.endless({ service, operation, resource }, 'AWS reports more pages, but returned no page token')
          : ok(collected);
      if (seen.has(next)) return this.endless({ service, operation, resource }, 'AWS repeated a page token');
      seen.add(next);
    }
    return this.endless({ service, operation, resource }, `there are more than ${most} pages`);
  }

  /** A list whose last page was not reached: the missing part may hold the item in question. */
  private endless(call: { service: Service; operation: string; resource?: string }, why: string): Read<never> {
    const failure = toFailure(new Error(`the list is not complete: ${why}`), call);
    this.record(call.service, call.operation, failure.outcome, failure.error, 0);
    return failure;
  }

  /** The records of all reads, in a fixed order. */
  records(): ReadRecord[] {
    return [...this.counts.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
  }

  private record(service: string, operation: string, outcome: Outcome, error: string | null, calls = 1): void {
    const key = `${service} ${operation} ${outcome} ${error ?? ''}`;
    const record = this.counts.get(key) ?? { service, operation, outcome, calls: 0, error };
    record.calls += calls;
    this.counts.set(key, record);
    this.total += calls;
    this.onRead(this.total);
  }
}

/** Keeps only the members of the schema. An answer of another shape is a failed read that names the wrong member. */
export function keep<S extends z.ZodMiniType>(
  read: Read<unknown>,
  schema: S,
  call: { service: string; operation: string; resource?: string },
): Read<z.infer<S>> {
  if (!isOk(read)) return read;
  const parsed = z.safeParse(schema, withoutNulls(read.value));
  if (parsed.success) return ok(parsed.data);
  return toFailure(notAsDocumented(parsed.error.issues[0]?.path.map(String).join('.').slice(0, 100)), call);
}

export const keepList = <S extends z.ZodMiniType>(
  read: Read<unknown[]>,
  schema: S,
  call: { service: string; operation: string; resource?: string },
) => keep(read, z.array(schema), call);

/** Reads one member of an answer. */
export const member = (read: Read<Output>, name: string): Read<unknown> => mapRead(read, (output) => output[name]);

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Dates become ISO text; anything that is not JSON is removed. */
const plain = (output: object): Output => {
  const { $metadata: _, ...rest } = output as Output;
  return JSON.parse(
    JSON.stringify(rest, (_key, value: unknown) =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
    ),
  ) as Output;
};

/**
 * AWS says “none” with an absent member, with null, or with an empty text for a number. The schemas know only the
 * absent member.
 */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === null ? [] : [[name, withoutNulls(member)]])),
  );
}
