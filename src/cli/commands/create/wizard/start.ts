/** Starts the wizard for a command line without a required setting, if a person can answer. */
import type { Clients } from '../../../../account/clients.js';
import type { MappingSettings } from '../../../../mapping/settings.js';
import type { Io } from '../../../io.js';
import type { AccountOptions } from '../../../shared-options.js';
import { startProgress } from '../../../progress.js';
import { openPrompts } from './prompts.js';
import { openLists } from './account-lists.js';
import { runWizard, type Agreed } from './wizard.js';

/** What the user agreed to; null where they left. */
export async function askForSettings(
  io: Io,
  {
    reading,
    given,
    options,
    now,
  }: {
    reading: () => Clients;
    given: Partial<MappingSettings>;
    options: AccountOptions & { disabledTest?: true };
    now: Date;
  },
): Promise<Agreed | null> {
  const lists = openLists(reading, async (title, work) => {
    const progress = startProgress(io, title);
    try {
      return await work();
    } finally {
      progress.stop();
      io.signal.throwIfAborted();
    }
  });
  return runWizard({
    prompts: await openPrompts(io),
    lists,
    given,
    now,
    disabledTest: options.disabledTest === true,
    accountFlags: accountFlagsOf(options),
    shell: io.shell,
  });
}

function accountFlagsOf({ region, profile, endpointUrl, sandbox }: AccountOptions): string[] {
  const word = (flag: string, value: string | undefined) => (value === undefined ? [] : [flag, value]);
  return [
    ...word('--region', region),
    ...word('--profile', profile),
    ...word('--endpoint-url', endpointUrl),
    ...(sandbox === undefined ? [] : ['--sandbox', ...(sandbox === true ? [] : [sandbox])]),
  ];
}
