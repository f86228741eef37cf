/**
 * Whether a value is the name of a user or a password. People store the two in each other's member, so the value of
 * `username` is shown only where it cannot be the password. Neither Kafka nor MSK limits the letters of either.
 */

/** Words joined by what user names are joined with: `orders-reader`, `svc.orders@example.com`, `EXAMPLE\orders`. */
const separators = /[-_.@+/\\:]/;
const lengths = { most: 64, segment: 24 };

/** `orders`, `ORDERS2`, `OrdersReader`, `IAMUser`, `42`: no digits in the middle, no letters in changing case. */
const wordLike =
  /^(?:\p{Ll}+\d{0,4}|\p{Lu}+\d{0,4}|\p{Lu}{0,4}\p{Ll}{2,}(?:\p{Lu}\p{Ll}{2,}){0,4}\d{0,4}|\d{1,4}|\p{Lo}+)$/u;

/** `orders-password`: no user is named so. */
const saysPassword = /passw(or)?d|passphrase/i;

/** No language writes a word like this; what a generator makes does. */
const unpronounceable = /[bcdfghjklmnpqrstvwxz]{7}/i;

/** A name that a person or a naming scheme would choose. What is not one may still be a user name, but it is not shown. */
export const looksLikeUserName = (text: string): boolean =>
  hasFormOfUserName(text) && !unpronounceable.test(text) && !saysPassword.test(text);

/** The same of a name that was made anonymous: its letters are changed, their kinds are not. */
export function hasFormOfUserName(text: string): boolean {
  const name = text.trim();
  if (name.length > lengths.most || !/\p{L}{2}/u.test(name)) return false;
  return name.split(separators).every((segment) => segment.length <= lengths.segment && wordLike.test(segment));
}

/** A value that was generated, or chosen to satisfy a password rule: three kinds of characters, or a long mixture. */
export function looksLikePassword(text: string): boolean {
  const value = text.trim();
  if (value.length < 8 || looksLikeUserName(value)) return false;
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) return true;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d\-_.@+/\\:=, ]/u].filter((kind) => kind.test(value)).length;
  return kinds >= 3 || isMixture(value);
}

/** `9f86d081884c7d65`: digits, capital and small letters that take turns. */
const isMixture = (text: string): boolean =>
  text.length >= 16 && (text.match(/\d+|\p{Lu}+|\p{Ll}+/gu) ?? []).length >= 7;
