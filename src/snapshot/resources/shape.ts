/**
 * How a resource is kept: AWS's own member names, only the members named here. What a schema does
 * not name (environment variables, presigned addresses) never reaches a snapshot.
 */
import * as z from 'zod/mini';

export const text = z.string();
export const maybe = <S extends z.ZodMiniType>(schema: S) => z.optional(schema);
/** A list that AWS leaves out when it is empty. */
export const list = <S extends z.ZodMiniType>(item: S) => z._default(z.array(item), []);
/** An instant in ISO 8601, UTC; no later than the year 9999, the last that a certificate can name (RFC 5280, 4.1.2.5). */
export const instant = z.string().check(z.refine(isInstant));

const usualForm = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/** Most instants need no parser, and a snapshot has very many. */
function isInstant(value: string): boolean {
  if (usualForm.test(value)) return true;
  const time = Date.parse(value);
  return time >= Date.parse('0000-01-01T00:00:00Z') && time <= Date.parse('9999-12-31T23:59:59.999Z');
}

const whole = (least: number, most: number) => z.number().check(z.int(), z.gte(least), z.lte(most));
/** The largest of AWS's `Integer`. */
const largest = 2 ** 31 - 1;
/** A number of things, of seconds or of bytes. */
export const count = whole(0, largest);
/** The same where AWS writes -1 for “no limit”. */
export const countOrUnlimited = whole(-1, largest);
/** A TCP or UDP port; of ICMP its type or code, of which -1 means all. */
export const port = whole(-1, 65_535);
/** A configuration’s revision, AWS’s `Long`. */
export const revision = whole(0, Number.MAX_SAFE_INTEGER);
/** Brokers of a cluster: MSK grants more than its quota of 60 on request, but no such number. */
export const brokerCount = whole(0, 10_000);
/** A datapoint: an exabyte, or the seconds since the Big Bang, is more than any metric measures. */
export const measurement = z.number().check(z.gte(-1e18), z.lte(1e18));
/** The text of an IAM policy document, URL-decoded, as it was written. */
export const policyText = z.string();
export { z };
