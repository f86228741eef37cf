import { count, instant, list, maybe, text, z } from './shape.js';

/** What can be said of one text field without keeping it. */
const fieldProfile = z.object({
  present: z.boolean(),
  empty: z.boolean(),
  /** Blanks or a newline at either end. */
  edgeWhitespace: z.boolean(),
  /** Holds a backslash, a slash or a double quote, which the pollers are known to handle badly. */
  specialCharacters: z.boolean(),
});

/** `escaped`: as a backslash and an n; `joined`: a block's first or last line shares its line with other text. */
const lostNewlines = maybe(z.enum(['escaped', 'joined']));

const certificateProfile = z.object({
  /** Distinguished names in RFC 2253 order. */
  subject: text,
  issuer: text,
  notBefore: instant,
  notAfter: instant,
  selfSigned: z.boolean(),
});

/**
 * What a secret is, made where it is read; the secret's text itself is dropped at once.
 * Names of members that are neither known nor close to a known one are counted, not kept.
 */
export const secretProfileSchema = z.object({
  bytes: count,
  form: z.enum(['object', 'not-json', 'not-an-object', 'empty', 'binary']),
  /** Known members found, by their right names. */
  members: list(text),
  /** Members that look like a misspelling of a known one. */
  misspelt: list(z.object({ found: text, meant: text })),
  otherMembers: count,
  /** Known members whose value is not text. */
  notText: list(text),
  username: maybe(fieldProfile),
  password: maybe(fieldProfile),
  /** The principal that Kafka sees, `User:alice` or `User:CN=…`. Left out where it could be the password. */
  principal: maybe(text),
  /** There is a name, which is not shown because it could be the password, or holds it. */
  principalWithheld: maybe(z.boolean()),
  /** The user name looks like a password, and the password like a user name. */
  swapped: maybe(z.boolean()),
  certificate: maybe(
    z.object({
      pem: z.boolean(),
      newlinesLost: z.boolean(),
      newlinesLostAs: lostNewlines,
      blocks: count,
      unreadableBlocks: count,
      chain: list(certificateProfile),
      /** Leaf first, each signed by the next. */
      ordered: z.boolean(),
      /** Places in the chain (0 = first) whose issuer or signature does not fit the next certificate. */
      brokenLinks: list(count),
      /** Places of certificates that stand in the chain before. */
      repeats: maybe(list(count)),
      complete: z.boolean(),
      /** Whether the first certificate's extended key usage lets a client log in with it. */
      forClients: maybe(z.boolean()),
    }),
  ),
  privateKey: maybe(
    z.object({
      pem: z.boolean(),
      newlinesLost: z.boolean(),
      newlinesLostAs: lostNewlines,
      /** How many private keys the member holds. */
      keys: maybe(count),
      /** By its content; by its label where that cannot be parsed. */
      container: z.enum(['PKCS#8', 'PKCS#8 encrypted', 'PKCS#1', 'SEC1', 'other', 'none']),
      /** The PEM label is that of another container. */
      mislabelled: maybe(z.boolean()),
      algorithm: maybe(text),
      /** OpenSSL's name of an elliptic curve; `explicit` where it is written out in place of its name. */
      curve: maybe(text),
      /** PBES1, PBES2 or the object identifier, of an encrypted key. */
      encryption: maybe(text),
      /** OpenSSL's name of a PBES1 scheme. */
      scheme: maybe(text),
      /** There, and not empty. */
      passwordGiven: z.boolean(),
      /** Of the member privateKeyPassword, where there is one. `plain`: printable ASCII only. */
      password: maybe(z.object({ empty: z.boolean(), edgeWhitespace: z.boolean(), plain: z.boolean() })),
      /** `cannot-tell`: this machine's OpenSSL does not open such a key. */
      opens: z.enum(['yes', 'wrong-password', 'no-password', 'damaged', 'cannot-tell', 'not-encrypted']),
      matchesCertificate: z.enum(['yes', 'no', 'cannot-tell']),
    }),
  ),
});
export type SecretProfile = z.infer<typeof secretProfileSchema>;
