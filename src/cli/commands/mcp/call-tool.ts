/** One call of a tool: from its arguments to the text and document of the command. */
import { relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as z from 'zod';
import { UsageError, UserError } from '../../../errors.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { Approvals } from './approvals.js';
import { faultsOf, inputs } from './inputs.js';
import type { McpOptions } from './options.js';
import { insideRoot } from './root-folder.js';
import { runCommand, type Ran } from './run-command.js';
import { SharedSandboxes } from './shared-sandboxes.js';
import { tools, type Tool, type ToolName } from './tools.js';

export interface ToolResult {
  text: string;
  /** Null where the command has no document; then the call failed. */
  document: object | null;
}

export interface CallRequest {
  signal: AbortSignal;
  progress(text: string): void;
}

type Input = Record<string, unknown> & { confirm?: string };

export class ToolCalls {
  private readonly sandboxes = new SharedSandboxes();
  private readonly approvals = new Approvals();
  /** Files that `repair` wrote in this session. An undo file has calls of any kind: no other is carried out. */
  private readonly undoFiles = new Set<string>();
  private last: Promise<unknown> = Promise.resolve();

  /** `root`: the real path of the folder, which is the working folder of the process. */
  constructor(
    private readonly options: McpOptions,
    private readonly root: string,
    private readonly env: Io['env'],
  ) {}

  /** Throws `UserError` for arguments that are not valid, and the reason of an aborted signal. */
  call(name: ToolName, given: unknown, request: CallRequest): Promise<ToolResult> {
    const faults = faultsOf(inputs[name], given);
    if (faults.length > 0) throw new UsageError(faults.join('\n'), `Read the input schema of ${name}.`);
    // The SDK of AWS takes the profile from the environment of the process: calls for several profiles wait for each
    // other.
    const work = this.last.then(async () => {
      request.signal.throwIfAborted();
      return this.withOwnProfile(() => this.run(name, given as Input, request));
    });
    this.last = work.catch(() => {});
    return work;
  }

  /** Settles when no call is running. */
  async idle(): Promise<void> {
    for (let seen: unknown; seen !== this.last;) {
      seen = this.last;
      await this.last;
      // The next message may be on its way to a handler.
      await setImmediate();
    }
  }

  private async withOwnProfile<T>(work: () => Promise<T>): Promise<T> {
    const before = process.env['AWS_PROFILE'];
    try {
      return await work();
    } finally {
      if (before === undefined) delete process.env['AWS_PROFILE'];
      else process.env['AWS_PROFILE'] = before;
    }
  }

  private async run(name: ToolName, { confirm, ...given }: Input, request: CallRequest): Promise<ToolResult> {
    const tool = tools[name] as Tool;
    const input = await this.confined(name, given);
    const { flags, args } = tool.words(input as never);
    const words = { flags: [...flags, ...this.accountFlags(name, input)], args };
    if (tool.isChanging !== true) return resultOf(await this.command(tool, words, request));
    if (confirm === undefined) {
      const plan = await this.command(tool, { ...words, flags: [...words.flags, '--dry-run'] }, request);
      return this.withToken(name, given, plan);
    }
    const compare = this.approvals.take(name, given, confirm);
    const ran = await this.command(tool, words, request, compare);
    const { undoFile } = (ran.document ?? {}) as { undoFile?: string | null };
    if (typeof undoFile === 'string') this.undoFiles.add(undoFile);
    return resultOf(ran);
  }

  private command(
    { command }: Tool,
    words: { flags: string[]; args: string[] },
    { signal, progress }: CallRequest,
    beforeChanges: (steps: readonly object[]) => void = refuseChanges,
  ): Promise<Ran> {
    const host = { progress, beforeChanges, sandbox: this.sandboxes.open };
    return runCommand({ command, ...words, host, signal, folder: this.root, env: this.env });
  }

  private withToken(name: ToolName, input: object, ran: Ran): ToolResult {
    const result = resultOf(ran);
    const steps = stepsOf(ran.document);
    if (steps.length === 0) return { ...result, text: `${result.text}\n\nThere is nothing to change.` };
    const offer = this.approvals.offer(name, input, steps);
    return {
      text: `${result.text}\n\nShow this plan to the user. After their consent, call ${name} again with the same arguments and confirm = "${offer.planToken}".`,
      document: { ...result.document, ...offer },
    };
  }

  /** The arguments with files as paths from the root folder. */
  private async confined(name: ToolName, input: Record<string, unknown>): Promise<Record<string, unknown>> {
    const inside = async (path: string): Promise<string> =>
      relative(this.root, await insideRoot(this.root, path)) || '.';
    const { snapshot, paths, file } = input as { snapshot?: string; paths?: string[]; file?: string };
    if (name === 'undo' && file !== undefined && !this.undoFiles.has(await insideRoot(this.root, file)))
      throw new UsageError(
        'repair did not write this undo file in this session',
        'The user can run it in a terminal: msk-lambda undo FILE. Nothing was changed.',
      );
    return {
      ...input,
      ...(snapshot === undefined ? {} : { snapshot: await inside(snapshot) }),
      ...(paths === undefined ? {} : { paths: await Promise.all(paths.map(inside)) }),
    };
  }

  /** Where the account is: the arguments of the call, otherwise the flags of the server. */
  private accountFlags(name: ToolName, input: Record<string, unknown>): string[] {
    const given = input as { region?: string; profile?: string; sandbox?: string; snapshot?: string };
    const region = given.region ?? this.options.region;
    const inRegion = region === undefined ? [] : [`--region=${region}`];
    if (name === 'lint') return inRegion;
    if (given.snapshot !== undefined) return [`--snapshot=${given.snapshot}`];
    const sandbox = given.sandbox ?? (given.profile === undefined ? this.options.sandbox : undefined);
    if (sandbox !== undefined) {
      if (name === 'probe')
        throw new UsageError(
          'probe connects to real brokers, and the server uses a simulated account',
          'Call doctor instead, or start the server without --sandbox.',
        );
      return sandbox === true ? ['--sandbox'] : [`--sandbox=${sandbox}`];
    }
    const profile = given.profile ?? this.options.profile;
    const { endpointUrl } = this.options;
    return [
      ...inRegion,
      ...(profile === undefined ? [] : [`--profile=${profile}`]),
      ...(endpointUrl === undefined ? [] : [`--endpoint-url=${endpointUrl}`]),
    ];
  }
}

const refuseChanges = (): never => {
  throw new UsageError('this call may not change the account', 'Nothing was changed.');
};

/** The steps that a plan would make, of repair or undo. */
function stepsOf(document: object | null): readonly object[] {
  const { plan, steps } = (document ?? {}) as { plan?: { steps: object[] }; steps?: object[] };
  return plan?.steps ?? steps ?? [];
}

/** Throws `UserError` with what the command said, where it has no result. */
function resultOf({ exitCode, stdout, stderr, document }: Ran): ToolResult {
  // An empty list that is the result of a failed read is not an answer.
  const isUnread = exitCode === exitCodes.cannotTell && stdout.trim() === '';
  if (document === null || isUnread || exitCode === exitCodes.usage)
    throw new CommandFailed(stderr.trim() || stdout.trim());
  const notes = stderr.trim();
  return { text: [stdout.trimEnd(), notes].filter((part) => part !== '').join('\n\n'), document };
}

class CommandFailed extends UserError {
  override name = 'CommandFailed';
  override readonly exitCode = exitCodes.usage;

  constructor(printed: string) {
    super(printed.replace(/^error: /, '') || 'the command printed no result');
  }
}

/** The input schema of a tool as JSON Schema. */
export const inputSchemaOf = (name: ToolName): object => {
  const { $schema: _, ...schema } = z.toJSONSchema(inputs[name], { io: 'input', unrepresentable: 'any' });
  return schema;
};
