/** A request of the protocol with its answer: its number, the versions known here, and the headers around both. */
import { Reader, Writer } from './bytes.js';
import { int16, int32, nullableString, skipTags, type Encoding, type Field } from './fields.js';

export interface VersionRange {
  least: number;
  most: number;
}

export interface Api<Request = unknown, Response = unknown> {
  name: string;
  /** Kafka's number of the request. */
  key: number;
  /** The versions that are declared here. */
  versions: VersionRange;
  /** The version that is sent where the broker has it. */
  preferred: number;
  /** The first flexible version; null where none is declared. */
  flexible: number | null;
  request: Field<Request>;
  response: Field<Response>;
}

/** Sent with each request; brokers show it in their logs. */
export const clientId = 'msk-lambda';

const apiVersionsKey = 18;

const encodingOf = ({ flexible }: Pick<Api, 'flexible'>, version: number): Encoding => ({
  version,
  flexible: flexible !== null && version >= flexible,
});

/** The version to send: the preferred one, or the highest of both sides; null where they have none in common. */
export function negotiate({ versions, preferred }: Api, offered: VersionRange | undefined): number | null {
  if (offered === undefined) return null;
  if (preferred >= offered.least && preferred <= offered.most) return preferred;
  const highest = Math.min(versions.most, offered.most);
  return highest >= Math.max(versions.least, offered.least) ? highest : null;
}

export interface RequestHeader {
  key: number;
  version: number;
  correlation: number;
  client: string | null;
}

/** A request with its header, without the length word. */
export function encodeRequest<Request>(
  api: Api<Request>,
  header: Omit<RequestHeader, 'key'>,
  request: Request,
): Buffer {
  const writer = new Writer();
  const encoding = encodingOf(api, header.version);
  writer.int16(api.key);
  writer.int16(header.version);
  writer.int32(header.correlation);
  // The client id keeps its old form in flexible headers too (KIP-482).
  nullableString.write(writer, header.client, { version: header.version, flexible: false });
  if (encoding.flexible) writer.unsignedVarint(0);
  api.request.write(writer, request, encoding);
  return writer.bytes();
}

/** The beginning of a request, for a broker: which API and version follow. */
export function decodeRequestHeader(frame: Buffer): { header: RequestHeader; rest: Reader } {
  const rest = new Reader(frame);
  const plain = { version: 0, flexible: false };
  const header = {
    key: int16.read(rest, plain),
    version: int16.read(rest, plain),
    correlation: int32.read(rest, plain),
    client: nullableString.read(rest, plain),
  };
  return { header, rest };
}

/** The body after `decodeRequestHeader`, for a broker. */
export function decodeRequestBody<Request>(api: Api<Request>, version: number, rest: Reader): Request {
  const encoding = encodingOf(api, version);
  if (encoding.flexible) skipTags(rest);
  return api.request.read(rest, encoding);
}

/** Answers to ApiVersions keep the old header, so that a client of any version can read them (KIP-511). */
const hasTags = (api: Api, { flexible }: Encoding): boolean => flexible && api.key !== apiVersionsKey;

/** An answer with its header, without the length word, for a broker. */
export function encodeResponse<Response>(
  api: Api<unknown, Response>,
  { version, correlation }: { version: number; correlation: number },
  response: Response,
): Buffer {
  const writer = new Writer();
  const encoding = encodingOf(api, version);
  writer.int32(correlation);
  if (hasTags(api, encoding)) writer.unsignedVarint(0);
  api.response.write(writer, response, encoding);
  return writer.bytes();
}

/** The body of an answer after its correlation number; throws `MALFORMED`. */
export function decodeResponse<Response>(api: Api<unknown, Response>, version: number, body: Buffer): Response {
  const reader = new Reader(body);
  const encoding = encodingOf(api, version);
  if (hasTags(api, encoding)) skipTags(reader);
  return api.response.read(reader, encoding);
}
