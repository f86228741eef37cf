import { collect, durationFrom } from '../../option-values.js';
import { configOptions, type ProjectOptions } from '../../report-files/options.js';
import { accountOptions, outputOptionsIn } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const watchOptions = () => [
  option('--until <state>', 'end as soon as every mapping works', { choices: ['healthy'] }),
  option('--for <duration>', 'end after this time (`90s`, `10m`, `2h`)', { parse: durationFrom(1) }),
  option('--interval <duration>', 'time between two looks; a shorter one needs more AWS calls', {
    default: 60,
    parse: durationFrom(5),
  }),
  option('--check <pattern>', 'run only these checks (`network,access.kafka-*`)', { parse: collect }),
  option('--skip <pattern>', 'leave these checks out', { parse: collect }),
  option('--fail-on <status>', 'exit 1 also for a disabled mapping (`disabled`), or for that and a warning (`warn`)', {
    choices: ['warn', 'disabled', 'fail'],
    default: 'fail',
  }),
  ...accountOptions(),
  ...configOptions(),
  ...outputOptionsIn(['text', 'json', 'jsonl'], {
    quiet: 'print only UUID, verdict and first cause (`-` for none) at each change',
    verbose: 'a line for each mapping at every look, changed or not',
  }),
];

export type WatchOptions = OptionsOf<typeof watchOptions> & ProjectOptions;
