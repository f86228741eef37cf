/** Builds the commander program from the definitions; commander provides help, parsing and suggestions. */
import { Command, Help } from 'commander';
import { commands as allCommands } from './commands/index.js';
import { visibleLines } from '../text/visible.js';
import { nearNames } from '../text/similar-names.js';
import { exitCodeMeanings } from './exit-codes.js';
import { UsageError } from '../errors.js';
import type { AnyCommand, Example } from './define-command.js';
import { inColour, turnColoursOff, type PlainIo } from './io.js';
import type { OutputOptions, ShellOptions } from './shared-options.js';
import { tool } from './version.js';

const widestHelp = 100;

export const programDescription =
  'Finds out why a Lambda trigger (event source mapping) on Amazon MSK does not work, and creates mappings that do.\n' +
  'No AWS account at hand? Try: msk-lambda doctor --sandbox';

/** The command line that the program is built for. */
interface CommandLine {
  words: readonly string[];
  /** Called with the arguments where they are more than the command takes; may throw a more exact error. */
  beforeExcess(args: readonly string[]): void;
}

/** The program; `finish` receives the exit code of the command that ran. */
export function buildProgram(
  io: PlainIo,
  finish: (exitCode: number) => void,
  commands: readonly AnyCommand[] = allCommands,
  line?: CommandLine,
): Command {
  const program = prepare(new Command(tool.name), io)
    .description(programDescription)
    .version(tool.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .addHelpText(
      'after',
      () =>
        `\n${moreHelp(io)}\n\nExit codes:\n${exitCodeMeanings.map(([code, says]) => `  ${String(code).padEnd(4)} ${says}`).join('\n')}`,
    );
  // A command without a name is only shown in lists.
  for (const command of commands)
    program.addCommand(
      line === undefined || line.words.includes(command.name)
        ? toCommander(command, io, finish, line)
        : toLine(command),
    );
  program.addCommand(helpCommand(program, io), { hidden: true });
  // Without a command: the help on stderr and exit code 2, so that a script with an empty variable notices.
  return program.allowExcessArguments().action(() => refuseWord(program, commands));
}

/** Wraps as commander wraps the rest of the help. */
function wrapper({ columns }: PlainIo): Help {
  const help = new Help();
  help.minWidthToWrap = 20;
  help.prepareContext({ helpWidth: Math.min(columns, widestHelp) });
  return help;
}

function moreHelp(io: PlainIo): string {
  const help = wrapper(io);
  const lines = [
    ['msk-lambda COMMAND --help', 'options and examples of a command'],
    ['msk-lambda help concepts', 'event source mapping, poller, provisioned mode, consumer group, …'],
  ] as const;
  return ['Help:', ...lines.map(([term, says]) => help.formatItem(term, 30, says, help))].join('\n');
}

/** `help [COMMAND…]`, the same as `COMMAND --help`, and `help concepts`. */
function helpCommand(program: Command, io: PlainIo): Command {
  return prepare(new Command('help'), io)
    .argument('[command...]')
    .description('Shows the help of a command, or explains the terms: `help concepts`.')
    .helpOption('-h, --help', 'show help')
    .action(async (words: string[]) => {
      if (words[0] === 'concepts') {
        const { renderConcepts } = await import('./concepts.js');
        io.stdout.write(renderConcepts(Math.min(io.columns, widestHelp)));
        return;
      }
      let shown = program;
      for (const word of words) {
        const child = shown.commands.find((command) => command.name() === word);
        if (child === undefined)
          throw new UsageError(`unknown command '${words.join(' ')}'`, `List all commands: \`${tool.name} --help\`.`);
        shown = child;
      }
      shown.help();
    });
}

/** Refuses a word where a subcommand is expected; without a word, prints the help of the subcommands. */
function refuseWord(parent: Command, commands: readonly AnyCommand[]): never {
  const [word] = parent.args;
  if (word === undefined) parent.help({ error: true });
  const near = nearNames(
    word!,
    commands.map(({ name }) => name),
  );
  const path = parent.parent === null ? parent.name() : `${parent.parent.name()} ${parent.name()}`;
  throw new UsageError(
    `unknown command '${word}'`,
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `List all commands: \`${path} --help\`.`,
  );
}

function toLine({ name, group, summary, arguments: taken = [], load }: AnyCommand): Command {
  const command = new Command(name).helpGroup(`${group}:`).summary(summary);
  for (const argument of taken) command.addArgument(argument);
  // Commander writes `[options]` after a command that has any.
  return load === undefined ? command : command.option('--any');
}

function toCommander(
  definition: AnyCommand,
  io: PlainIo,
  finish: (exitCode: number) => void,
  line?: CommandLine,
): Command {
  const command = explainExcess(prepare(new Command(definition.name), io), line)
    .helpGroup(`${definition.group}:`)
    .summary(definition.summary)
    .description(
      definition.description ?? `${definition.summary.charAt(0).toUpperCase()}${definition.summary.slice(1)}.`,
    )
    .helpOption('-h, --help', 'show help');
  for (const argument of definition.arguments ?? []) command.addArgument(argument);
  for (const option of definition.options ?? []) command.addOption(option);
  if (definition.examples !== undefined) command.addHelpText('after', () => formatExamples(definition.examples!, io));
  for (const child of definition.commands ?? []) command.addCommand(toCommander(child, io, finish, line));

  const { load } = definition;
  if (load === undefined)
    return command.allowExcessArguments().action(() => refuseWord(command, definition.commands ?? []));
  return command.allowExcessArguments(false).action(async () => {
    if (command.args.some((word) => word.trim() === ''))
      throw new UsageError('an argument is empty', 'Check that the variables of your script are set.');
    // Commander assigns an option that `snapshot` and `snapshot diff` both declare to the parent.
    const options = command.optsWithGlobals<Partial<OutputOptions & ShellOptions>>();
    if (options.outputFile === '-') delete options.outputFile;
    if (options.shell !== undefined) io.shell = options.shell;
    const colourless = options.color === false;
    if (colourless) turnColoursOff(process.env);
    const run = await load();
    const given = new Set(
      Object.keys(options).filter((name) => command.getOptionValueSourceWithGlobals(name) === 'cli'),
    );
    finish(await run({ args: command.args, options, given, io: await inColour(io, colourless) }));
  });
}

/** Commander repeats an unknown flag with its value, which may be a password: `--password=…`, `-p…`. */
function cutValues(command: Command): Command {
  const internals = command as unknown as { unknownOption(flag: string): void };
  const refuse = internals.unknownOption.bind(command);
  internals.unknownOption = (flag) => refuse(flag.startsWith('--') ? flag.split('=', 1)[0]! : flag.slice(0, 2));
  return command;
}

/** Commander only counts the arguments; a misspelt value of an option that takes one or none is counted too. */
function explainExcess(command: Command, line: CommandLine | undefined): Command {
  const internals = command as unknown as { _excessArguments(args: string[]): void };
  const refuse = internals._excessArguments.bind(command);
  internals._excessArguments = (args) => {
    if (args.length === command.registeredArguments.length + 1) line?.beforeExcess(args);
    refuse(args);
  };
  return command;
}

function prepare(command: Command, io: PlainIo): Command {
  return cutValues(command)
    .exitOverride()
    .showHelpAfterError(false)
    .configureHelp({
      helpWidth: Math.min(io.columns, widestHelp),
      minWidthToWrap: 20,
      showGlobalOptions: false,
      visibleCommands: visibleCommands,
    })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(visibleLines(text)),
      outputError: (text, write) => write(text),
      // Commander asks for these before every help, although width and colours are known. Its defaults would open the
      // streams.
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
      getOutHasColors: () => true,
      getErrHasColors: () => true,
    });
}

/** Without the `help` command. */
const visibleCommands = (command: Command): Command[] =>
  Help.prototype.visibleCommands.call(new Help(), command).filter((visible) => visible.name() !== 'help');

/** A command to copy stays in one line. */
function formatExamples(examples: readonly Example[], io: PlainIo): string {
  const help = wrapper(io);
  const indent = '      ';
  const lines = examples.flatMap(({ command, does }) => [
    `  $ ${command}`,
    ...help
      .boxWrap(does, help.helpWidth! - indent.length)
      .split('\n')
      .map((line) => `${indent}${line}`),
  ]);
  return ['', 'Examples:', ...lines].join('\n');
}
