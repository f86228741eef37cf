/**
 * How a resource is kept: AWS's own member names, only the members named here. What a schema does
 * not name (environment variables, presigned addresses) never reaches a snapshot.
 */
import * as z from 'zod/mini';

export const text = z.string();
export const maybe = <S extends z.ZodMiniType>(schema: S) => z.optional(schema);
/** A list that AWS leaves out when it is empty. */
export const list = <S extends z.ZodMiniType>(item: S) => z._default(z.array(item), []);
/** An instant in ISO 8601, UTC. */
export const instant = z.string();
/** The text of an IAM policy document, URL-decoded, as it was written. */
export const policyText = z.string();
export { z };
