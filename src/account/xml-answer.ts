/**
 * XML answers that the SDK's parser accepts whatever they contain: a proxy's page, or an empty body, would look like
 * an empty list.
 */
import { notAsDocumented } from './failure.js';
import type { Service } from './services/index.js';

const inXml: ReadonlySet<Service> = new Set(['ec2', 'iam', 'sts', 'sns', 'route53']);

type Collector = (stream: object) => Promise<Uint8Array>;
interface Deserialized {
  response: { body?: object };
  output: object;
}
interface AnyClient {
  config: { streamCollector: Collector };
  middlewareStack: { add(middleware: unknown, options: object): void };
}

/** Enough for the XML declaration and the root element. */
const headBytes = 300;

/** An empty result is accepted only if the root element is the operation's own (`<DescribeSubnetsResponse>`). */
export function refuseForeignAnswers(service: Service, client: AnyClient): void {
  if (!inXml.has(service)) return;
  const heads = new WeakMap<object, string>();
  const collect = client.config.streamCollector;
  client.config.streamCollector = async (stream) => {
    const bytes = await collect(stream);
    heads.set(stream, new TextDecoder().decode(bytes.subarray(0, headBytes)));
    return bytes;
  };
  client.middlewareStack.add(
    (next: (args: unknown) => Promise<Deserialized>, { commandName = '' }: { commandName?: string }) =>
      async (args: unknown) => {
        const result = await next(args);
        const operation = commandName.replace(/Command$/, '');
        const isEmpty = Object.keys(result.output).every((member) => member === '$metadata');
        if (
          isEmpty &&
          /^(Describe|Get|List|Search)/.test(operation) &&
          !(heads.get(result.response.body ?? {}) ?? '').includes(`<${operation}Response`)
        )
          throw notAsDocumented();
        return result;
      },
    { step: 'deserialize', priority: 'high', name: 'refuseForeignAnswers' },
  );
}
