/** The type of a broker's answers: a function for each API. */
import type { Api } from '../../kafka/api.js';
import type { apis } from '../../kafka/messages/index.js';
import type { Session } from './session.js';

type RequestOf<A> = A extends Api<infer Request> ? Request : never;
type ResponseOf<A> = A extends Api<unknown, infer Response> ? Response : never;

export type ApiName = keyof typeof apis;
export type ApiRequest<K extends ApiName> = RequestOf<(typeof apis)[K]>;
export type ApiResponse<K extends ApiName> = ResponseOf<(typeof apis)[K]>;

export type Answerers<K extends ApiName> = {
  [Name in K]: (request: ApiRequest<Name>, session: Session) => ApiResponse<Name> | Promise<ApiResponse<Name>>;
};
