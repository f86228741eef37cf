/**
 * The program of the child process in which a handler of Node runs. It is passed to `node --eval` as text, so it uses
 * nothing but its parameter and Node's globals.
 */

/** From the parent: load the handler, or call it. */
export type ToChild =
  | { kind: 'load'; url: string; name: string }
  | { kind: 'call'; event: unknown; functionName: string; requestId: string; deadline: number };

/** To the parent. `error`: type and message of what was thrown; with `isLast` the process ends. `response`: JSON. */
export type FromChild =
  | { kind: 'ready' }
  | { kind: 'done'; response: string }
  | { kind: 'error'; error: string; isLast?: true };

type Callback = (error?: unknown, response?: unknown) => void;
type HandlerFunction = (event: unknown, context: object, callback: Callback) => unknown;

/** Runs in the child. Follows Lambda’s Node.js runtime: callbacks, promises, and the empty event loop. */
export function childMain(importFile: (url: string) => Promise<unknown>): void {
  const parent = process.send!.bind(process);
  const channel = process.channel!;
  let handler: HandlerFunction | null = null;
  let settle: ((answer: FromChild) => void) | null = null;

  const textOf = (error: unknown): string => {
    try {
      return describe(error);
    } catch {
      // A getter of it fails, or it is no JSON: circular, or a BigInt.
      return `Error: the handler throws a value of the type ${typeof error}`;
    }
  };
  const describe = (error: unknown): string => {
    if (error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error)) {
      const { name, message } = error as Error;
      return `${name ?? 'Error'}: ${message}`;
    }
    return typeof error === 'string' ? error : `Error: ${JSON.stringify(error)}`;
  };
  const answer = (message: FromChild): void => {
    settle = null;
    channel.ref();
    parent(message);
  };
  const respond = (value: unknown): void => {
    let response: string;
    try {
      response = JSON.stringify(value === undefined ? null : value) ?? 'null';
    } catch (error) {
      settle?.({ kind: 'error', error: `Runtime.MarshalError: Unable to stringify response body: ${textOf(error)}` });
      return;
    }
    // The largest response of a synchronous invocation (Lambda quotas: 6 MB).
    if (Buffer.byteLength(response) > 6 * 1024 * 1024)
      settle?.({
        kind: 'error',
        error:
          'Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      });
    else settle?.({ kind: 'done', response });
  };
  const call = (message: Extract<ToChild, { kind: 'call' }>): void => {
    let answered = false;
    settle = (result) => {
      if (answered) return;
      answered = true;
      answer(result);
    };
    const context = {
      callbackWaitsForEmptyEventLoop: true,
      functionName: message.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${message.functionName}`,
      memoryLimitInMB: '128',
      awsRequestId: message.requestId,
      logGroupName: `/aws/lambda/${message.functionName}`,
      logStreamName: 'replay',
      getRemainingTimeInMillis: () => Math.max(0, message.deadline - Date.now()),
      done: (error?: unknown, value?: unknown) => callback(error, value),
      succeed: (value: unknown) => callback(null, value),
      fail: (error: unknown) => callback(error),
    };
    const callback: Callback = (error, value) => {
      const finish = (): void => {
        if (error === undefined || error === null) respond(value);
        else settle?.({ kind: 'error', error: textOf(error) });
      };
      // Until the event loop is empty, Lambda does not send the response of a callback.
      if (context.callbackWaitsForEmptyEventLoop) process.once('beforeExit', finish);
      else finish();
    };
    // The channel alone does not keep the process alive, so that an empty event loop is noticed.
    channel.unref();
    let returned: unknown;
    try {
      returned = handler!(message.event, context, callback);
    } catch (error) {
      settle?.({ kind: 'error', error: textOf(error) });
      return;
    }
    if (typeof (returned as Promise<unknown> | null)?.then === 'function')
      (returned as Promise<unknown>).then(respond, (error: unknown) =>
        settle?.({ kind: 'error', error: textOf(error) }),
      );
  };
  const load = async ({ url, name }: Extract<ToChild, { kind: 'load' }>): Promise<void> => {
    try {
      const loaded = (await importFile(url)) as Record<string, unknown>;
      const find = (from: unknown): unknown =>
        name.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], from);
      const found = find(loaded) ?? find(loaded['default']);
      if (typeof found !== 'function') {
        answer({ kind: 'error', error: `the file has no function “${name}”` });
        return;
      }
      handler = found as HandlerFunction;
      answer({ kind: 'ready' });
    } catch (error) {
      answer({ kind: 'error', error: textOf(error) });
    }
  };
  // Without a response when nothing is left to run, Lambda’s runtime answers null.
  process.on('beforeExit', () => {
    const current = settle;
    setImmediate(() => current?.({ kind: 'done', response: 'null' }));
  });
  process.on('uncaughtException', (error: unknown) => {
    // Where it was thrown; not its message, which may repeat what a record holds, and which the parent reports.
    const { stack = '', message = '' } = error instanceof Error ? error : {};
    const frames = stack.slice(message === '' ? 0 : stack.indexOf(message) + message.length).split('\n');
    process.stderr.write(`Uncaught error\n${frames.filter((line) => /^ {4}at /.test(line)).join('\n')}\n`);
    parent({ kind: 'error', error: textOf(error), isLast: true } satisfies FromChild, () => process.exit(129));
  });
  process.on('unhandledRejection', (error) => {
    const text = `Runtime.UnhandledPromiseRejection: ${textOf(error)}`;
    parent({ kind: 'error', error: text, isLast: true } satisfies FromChild, () => process.exit(128));
  });
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message: ToChild) => (message.kind === 'load' ? void load(message) : call(message)));
}
