/** Messages that open a session: the versions of a broker, and the login (Kafka: message definitions). */
import type { Api } from '../api.js';
import { array, bytes, from, int16, int32, int64, nullableString, string, structure } from '../fields.js';

/** Declares an API; its types follow from the fields. */
export const declareApi = <Request, Response>(api: Api<Request, Response>): Api<Request, Response> => api;

export const apiVersions = declareApi({
  name: 'ApiVersions',
  key: 18,
  versions: { least: 0, most: 3 },
  preferred: 0,
  flexible: 3,
  request: structure({
    clientSoftwareName: from(3, string, ''),
    clientSoftwareVersion: from(3, string, ''),
  }),
  response: structure({
    errorCode: int16,
    apiKeys: array(structure({ apiKey: int16, minVersion: int16, maxVersion: int16 })),
    throttleTimeMs: from(1, int32, 0),
  }),
});

export const saslHandshake = declareApi({
  name: 'SaslHandshake',
  key: 17,
  versions: { least: 1, most: 1 },
  preferred: 1,
  flexible: null,
  request: structure({ mechanism: string }),
  response: structure({ errorCode: int16, mechanisms: array(string) }),
});

export const saslAuthenticate = declareApi({
  name: 'SaslAuthenticate',
  key: 36,
  versions: { least: 0, most: 2 },
  preferred: 0,
  flexible: 2,
  request: structure({ authBytes: bytes }),
  response: structure({
    errorCode: int16,
    errorMessage: nullableString,
    authBytes: bytes,
    sessionLifetimeMs: from(1, int64, 0),
  }),
});
