/** An account over HTTP whose secrets are marked, and which lets them slip into places where nobody expects them. */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answerer } from '../../../src/account/clients.js';
import { openAccount } from '../../../src/sandbox/index.js';
import { startDouble } from '../../wire/double.js';
import { aside, typed, type MarkedContent } from './marks.js';

/** What becomes of an answer with a secret's content. */
export const slips = [
  'none',
  'quoted by an error',
  'cut in the middle',
  'half, then silence',
  'no JSON',
  'with a status of 500',
  'of another form',
  'as bytes',
] as const;
export type Slip = (typeof slips)[number];

export interface MarkedAccount {
  url: string;
  /** How often the content was asked for, or sent. */
  touched(): number;
  close(): Promise<void>;
}

export async function startMarkedAccount(
  { auth, text, account: name = auth }: MarkedContent,
  slip: Slip,
): Promise<MarkedAccount> {
  const account = openAccount(name)!;
  const answerer: Answerer = async (call) => {
    const output = (await account.answer(call)) as Record<string, unknown>;
    if (call.operation === 'GetSecretValue')
      return slip === 'as bytes'
        ? { ...output, SecretString: undefined, SecretBinary: Buffer.from(text).toString('base64') }
        : { ...output, SecretString: text };
    if (call.operation === 'DescribeSecret')
      return { ...output, Tags: [{ Key: 'note', Value: aside }], Description: aside };
    if (call.operation === 'GetFunctionConfiguration')
      return { ...output, Description: aside, Environment: { Variables: { PASSWORD: typed, NOTE: aside } } };
    if (call.operation === 'ListFunctions')
      return {
        ...output,
        Functions: (output['Functions'] as object[]).map((configuration) => ({
          ...configuration,
          Environment: { Variables: { PASSWORD: typed } },
        })),
      };
    if (call.operation === 'DescribeClusterV2')
      return { ClusterInfo: { ...(output['ClusterInfo'] as object), Tags: { note: aside } } };
    return output;
  };
  const double = await startDouble(answerer);
  let touched = 0;
  const server = createServer((question, answer) => {
    const operation = String(question.headers['x-amz-target'] ?? '').split('.')[1];
    const holdsContent = operation === 'GetSecretValue' || operation === 'CreateSecret';
    if (holdsContent) touched++;
    if (holdsContent && slip !== 'none' && slip !== 'as bytes') letSlip(answer, slip, `${text} ${typed}`);
    else passOn(double.url, question, answer);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    touched: () => touched,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await double.close();
    },
  };
}

function letSlip(answer: ServerResponse, slip: Slip, text: string): void {
  const whole = JSON.stringify({ ARN: 'arn', Name: 'name', SecretString: text });
  if (slip === 'quoted by an error')
    answer.writeHead(400).end(JSON.stringify({ __type: 'InvalidRequestException', message: `The answer was ${text}` }));
  if (slip === 'with a status of 500') answer.writeHead(500).end(whole);
  if (slip === 'no JSON') answer.end(`<html>${text}</html>`);
  if (slip === 'of another form') answer.end(JSON.stringify({ ARN: text, Name: [text], SecretString: { text } }));
  if (slip === 'cut in the middle' || slip === 'half, then silence') {
    answer.writeHead(200, { 'content-length': String(whole.length + 500) });
    answer.write(whole.slice(0, -5));
    if (slip === 'cut in the middle') setTimeout(() => answer.socket?.destroy(), 5);
  }
}

function passOn(url: string, question: IncomingMessage, answer: ServerResponse): void {
  const { method, headers, url: path } = question;
  const onward = request(new URL(path ?? '/', url), { method: method ?? 'GET', headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 500, reply.headers);
    reply.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  question.pipe(onward);
}
