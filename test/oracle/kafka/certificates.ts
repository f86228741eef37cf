/** The authorities and certificates of a test cluster and its clients, made when the tests run. */
import { cn, issue, keyOf, oids, pkcs8, type Issued, type Name } from '../../secrets/support/issue.js';

const clientUse = ['1.3.6.1.5.5.7.3.2'];
const serverUse = ['1.3.6.1.5.5.7.3.1'];
const day = 86_400_000;

export const serverAuthority = issue({ name: cn('Broker Authority'), key: keyOf('prime256v1', 20), ca: true });
const clientAuthority = issue({ name: cn('Client Authority'), key: keyOf('prime256v1', 21), ca: true });
const strangeAuthority = issue({ name: cn('Strange Authority'), key: keyOf('prime256v1', 22), ca: true });

export interface Identity {
  certificate: string;
  privateKey: string;
}

const identity = (issued: Issued, issuer: Issued, key = issued.key): Identity => ({
  certificate: issued.pem + issuer.pem,
  privateKey: pkcs8(key),
});

const server = (names: string[]): Identity =>
  identity(
    issue({
      name: cn(names[0]!),
      key: keyOf('prime256v1', 23),
      issuer: serverAuthority,
      uses: serverUse,
      names,
    }),
    serverAuthority,
  );

/** Certificates of brokers: of this machine, and of a host that it is not. */
export const serverIdentities = {
  localhost: server(['localhost', '127.0.0.1']),
  elsewhere: server(['b-1.elsewhere.example']),
  expired: identity(
    issue({
      name: cn('localhost'),
      key: keyOf('prime256v1', 23),
      issuer: serverAuthority,
      uses: serverUse,
      names: ['localhost'],
      from: new Date(Date.now() - 20 * day),
      to: new Date(Date.now() - day),
    }),
    serverAuthority,
  ),
};

export const trustedClients = clientAuthority.pem;

const name: Name = [
  [{ oid: oids.C, value: 'DE', kind: 'printable' }],
  [{ oid: oids.O, value: 'Orders, Inc.' }],
  [{ oid: oids.CN, value: 'order-handler' }],
];
/** The principal of `clientIdentities.trusted` as Kafka's default rule writes it (RFC 2253). */
export const clientPrincipal = 'User:CN=order-handler,O=Orders\\, Inc.,C=DE';

const clientKey = keyOf('rsa', 24);
const client = (wanted: Partial<Parameters<typeof issue>[0]> = {}): Issued =>
  issue({ name, key: clientKey, issuer: clientAuthority, uses: clientUse, ...wanted });

export const clientIdentities = {
  trusted: identity(client(), clientAuthority),
  untrusted: identity(client({ issuer: strangeAuthority }), strangeAuthority),
  expired: identity(client({ from: new Date(Date.now() - 20 * day), to: new Date(Date.now() - day) }), clientAuthority),
  forServers: identity(client({ uses: serverUse }), clientAuthority),
  unknown: identity(client({ name: cn('unknown') }), clientAuthority),
  otherKey: identity(client(), clientAuthority, keyOf('rsa', 25)),
};
