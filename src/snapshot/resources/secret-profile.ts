import { count, instant, list, maybe, text, z } from './shape.js';

/** The profile of one text member, without its value. */
const fieldProfile = z.object({
  present: z.boolean(),
  empty: z.boolean(),
  /** Spaces or a line break at either end. */
  edgeWhitespace: z.boolean(),
  /** Contains a backslash, a slash or a double quote, which are known to cause trouble in the pollers. */
  specialCharacters: z.boolean(),
});

/**
 * `escaped`: written as a backslash and an n; `joined`: a block's first or last line is on one line with other text.
 */
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
 * The profile of a secret, computed where the secret is read; its text is then dropped. Members that are neither
 * known nor similar to a known one are counted, not kept.
 */
export const secretProfileSchema = z.object({
  bytes: count,
  form: z.enum(['object', 'not-json', 'not-an-object', 'empty', 'binary']),
  /** Known members that are present, by their correct names. */
  members: list(text),
  /** Members that look like a misspelling of a known one. */
  misspelt: list(z.object({ found: text, meant: text })),
  otherMembers: count,
  /** Known members whose value is not text. */
  notText: list(text),
  username: maybe(fieldProfile),
  password: maybe(fieldProfile),
  /** The Kafka principal, `User:alice` or `User:CN=…`. Absent where it could be the password. */
  principal: maybe(text),
  /** There is a principal, but it is not shown because it could be the password or contain it. */
  principalWithheld: maybe(z.boolean()),
  /** The user name looks like a password, and the password like a user name. */
  swapped: maybe(z.boolean()),
  /** OAuth credentials for a schema registry: names of members and the form of their values. */
  oauth: maybe(
    z.object({
      /** Members that are text and empty. */
      empty: list(text),
      edgeWhitespace: list(text),
      httpsEndpoint: maybe(z.boolean()),
      /** Whether oauthPrivateKey and oauthIdpCaCertificate hold PEM blocks of their kind. */
      pemKey: maybe(z.boolean()),
      pemAuthority: maybe(z.boolean()),
    }),
  ),
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
      /** Positions in the chain (0 = first) whose issuer or signature does not match the next certificate. */
      brokenLinks: list(count),
      /** Positions of certificates that already occur earlier in the chain. */
      repeats: maybe(list(count)),
      complete: z.boolean(),
      /** Whether the extended key usage of the first certificate allows a client login. */
      forClients: maybe(z.boolean()),
    }),
  ),
  privateKey: maybe(
    z.object({
      pem: z.boolean(),
      newlinesLost: z.boolean(),
      newlinesLostAs: lostNewlines,
      /** How many private keys the member contains. */
      keys: maybe(count),
      /** By content; by label where the content cannot be parsed. */
      container: z.enum(['PKCS#8', 'PKCS#8 encrypted', 'PKCS#1', 'SEC1', 'other', 'none']),
      /** The PEM label names another container format. */
      mislabelled: maybe(z.boolean()),
      algorithm: maybe(text),
      /** OpenSSL's name of an elliptic curve; `explicit` where the parameters are written out instead. */
      curve: maybe(text),
      /** For an encrypted key: PBES1, PBES2 or the object identifier. */
      encryption: maybe(text),
      /** For PBES1: OpenSSL's name of the scheme. */
      scheme: maybe(text),
      /** A password is present and not empty. */
      passwordGiven: z.boolean(),
      /** The profile of privateKeyPassword, if present. `plain`: printable ASCII only. */
      password: maybe(z.object({ empty: z.boolean(), edgeWhitespace: z.boolean(), plain: z.boolean() })),
      /** `cannot-tell`: the local OpenSSL does not open keys of this kind. */
      opens: z.enum(['yes', 'wrong-password', 'no-password', 'damaged', 'cannot-tell', 'not-encrypted']),
      matchesCertificate: z.enum(['yes', 'no', 'cannot-tell']),
    }),
  ),
});
export type SecretProfile = z.infer<typeof secretProfileSchema>;
