/**
 * How resources are stored: with AWS's member names, and only the members named here. Anything else (environment
 * variables, presigned URLs) never enters a snapshot.
 */
import * as z from 'zod/mini';
import { isKnownTag } from '../../aws/known-tags.js';

export const text = z.string();
export const maybe = <S extends z.ZodMiniType>(schema: S) => z.optional(schema);
/** A list that AWS omits when it is empty. */
export const list = <S extends z.ZodMiniType>(item: S) => z._default(z.array(item), []);
/** ISO 8601, UTC, up to the year 9999, the last one that a certificate can have (RFC 5280, 4.1.2.5). */
export const instant = z.string().check(z.refine(isInstant));

const usualForm = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/** A fast path without a parser: a snapshot has very many instants. */
function isInstant(value: string): boolean {
  if (usualForm.test(value)) return true;
  const time = Date.parse(value);
  return time >= Date.parse('0000-01-01T00:00:00Z') && time <= Date.parse('9999-12-31T23:59:59.999Z');
}

const whole = (least: number, most: number) => z.number().check(z.int(), z.gte(least), z.lte(most));
/** The largest value of AWS's `Integer`. */
const largest = 2 ** 31 - 1;
/** A count, seconds or bytes. */
export const count = whole(0, largest);
/** The same, where AWS writes -1 for “no limit”. */
export const countOrUnlimited = whole(-1, largest);
/** A TCP or UDP port; for ICMP a type or code, where -1 means all. */
export const port = whole(-1, 65_535);
/** The revision of a configuration (AWS's `Long`). */
export const revision = whole(0, Number.MAX_SAFE_INTEGER);
/** Brokers of a cluster. MSK raises its quota of 60 on request, but never this far. */
export const brokerCount = whole(0, 10_000);
/** A datapoint. No metric is larger than an exabyte or the age of the universe in seconds. */
export const measurement = z.number().check(z.gte(-1e18), z.lte(1e18));
/** The text of an IAM policy document, URL-decoded, otherwise unchanged. */
export const policyText = z.string();
/** Tags as most services return them, reduced to those that name the resource or the tool that owns it. */
export const knownTags = z.optional(
  z
    .array(z.object({ Key: maybe(text), Value: maybe(text) }))
    .check(z.overwrite((tags) => tags.filter(({ Key: key, Value: value }) => isKnownTag(key, value)))),
);
/** The same, as Lambda and MSK return them. */
export const knownTagMap = z.optional(
  z
    .record(text, text)
    .check(
      z.overwrite((tags) => Object.fromEntries(Object.entries(tags).filter(([key, value]) => isKnownTag(key, value)))),
    ),
);
export { z };
