/** Options whose types define what a run receives, so that a flag and its use cannot disagree. */
import { Option } from 'commander';

/** Values that exist only for the compiler. */
declare const declared: unique symbol;

/**
 * A commander option that has in its type: the attribute that it sets, the attribute's value, whether it is always
 * present, and the attributes that it excludes.
 */
export interface TypedOption<
  Name extends string = string,
  Value = unknown,
  Presence extends 'always' | 'given' | 'unless-negated' = 'always' | 'given' | 'unless-negated',
  Excluded extends string = string,
> extends Option {
  readonly [declared]: { name: Name; value: Value; presence: Presence; excluded: Excluded };
}

export interface OptionSettings {
  /** The heading of the help above it. */
  group?: string;
  /** The only values that it accepts. */
  choices?: readonly string[];
  /** Parses a word; `earlier`: the value of the same flag given before. */
  parse?: (word: string, earlier: never) => unknown;
  default?: unknown;
  /** Attributes of options that cannot be combined with it. */
  conflicts?: readonly string[];
  hidden?: boolean;
}

type CamelCase<Words extends string> = Words extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Words;

/** `-o, --output-file <file>` → `output-file`. */
type LongName<Flags extends string> = Flags extends `${string}--${infer Rest}`
  ? Rest extends `${infer Name} ${string}`
    ? Name
    : Rest
  : never;

type AttributeName<Flags extends string> =
  LongName<Flags> extends `no-${infer Name}` ? CamelCase<Name> : CamelCase<LongName<Flags>>;

/** The value that commander gives a flag without a parser. */
type PlainValue<Flags extends string> = Flags extends `${string}<${string}...>`
  ? string[]
  : Flags extends `${string}[${string}...]`
    ? string[] | true
    : Flags extends `${string}<${string}>`
      ? string
      : Flags extends `${string}[${string}]`
        ? string | true
        : LongName<Flags> extends `no-${string}`
          ? boolean
          : true;

type OptionValue<Flags extends string, Settings> = Settings extends { parse: (...words: never[]) => infer Value }
  ? Value
  : Settings extends { choices: readonly (infer Choice)[] }
    ? Choice
    : PlainValue<Flags>;

type OptionPresence<Flags extends string, Settings> = Settings extends { default: unknown }
  ? 'always'
  : LongName<Flags> extends `no-${string}`
    ? 'unless-negated'
    : 'given';

type ExcludedNames<Settings> = Settings extends { conflicts: readonly (infer Name extends string)[] } ? Name : never;

/** Declares an option: `option('--wait-timeout <seconds>', 'limit for waiting', { default: 300, parse: positive('seconds') })`. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- an option without settings has none of them
export function option<const Flags extends string, const Settings extends OptionSettings = Record<never, never>>(
  flags: Flags,
  description: string,
  settings?: Settings & { default?: OptionValue<Flags, Settings> },
): TypedOption<
  AttributeName<Flags>,
  OptionValue<Flags, Settings>,
  OptionPresence<Flags, Settings>,
  ExcludedNames<Settings>
> {
  const { group, choices, parse, default: standard, conflicts, hidden }: OptionSettings = settings ?? {};
  const made = new Option(flags, description);
  if (group !== undefined) made.helpGroup(`${group}:`);
  if (choices !== undefined) made.choices(choices);
  if (parse !== undefined) made.argParser(parse as (word: string, earlier: unknown) => unknown);
  if (standard !== undefined) made.default(standard);
  if (conflicts !== undefined) made.conflicts([...conflicts]);
  if (hidden === true) made.hideHelp();
  return made as ReturnType<typeof option<Flags, Settings>>;
}

/**
 * An option built from a table at run time. Its attribute is looked up in the same table, so it adds nothing to the
 * type.
 */
export type UntypedOption = TypedOption<never, never, never, never>;

export const untyped = (made: Option): UntypedOption => made as UntypedOption;

type Carried<Declared extends TypedOption> = Declared[typeof declared];
type NamesOf<Declared extends TypedOption> = Carried<Declared>['name'];
type NamesWith<Declared extends TypedOption, Presence> =
  Carried<Declared> extends infer Each ? (Each extends { name: infer Name; presence: Presence } ? Name : never) : never;
type ValueOf<Declared extends TypedOption, Name> =
  Carried<Declared> extends infer Each ? (Each extends { name: Name; value: infer Value } ? Value : never) : never;

/** `--no-color` alone is true unless given. Next to `--wait`, `--no-wait` has no default. */
type AlwaysFound<Declared extends TypedOption> =
  | NamesWith<Declared, 'always'>
  | Exclude<NamesWith<Declared, 'unless-negated'>, NamesWith<Declared, 'given'>>;

/** The options that a run receives; an error text where one excludes an undeclared option. */
export type ReceivedOptions<Declared extends TypedOption> = [Carried<Declared>['excluded']] extends [NamesOf<Declared>]
  ? { [Name in AlwaysFound<Declared>]: ValueOf<Declared, Name> } & {
      [Name in Exclude<NamesOf<Declared>, AlwaysFound<Declared>>]?: ValueOf<Declared, Name>;
    } extends infer Both
    ? { [Name in keyof Both]: Both[Name] }
    : never
  : `conflicts with ${Exclude<Carried<Declared>['excluded'], NamesOf<Declared>>}, which is not declared`;

/** The same for a function that creates them: `type DoctorOptions = OptionsOf<typeof doctorOptions>`. */
export type OptionsOf<Make extends () => readonly TypedOption[]> = ReceivedOptions<ReturnType<Make>[number]>;
