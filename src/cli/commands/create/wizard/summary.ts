/** The chosen settings, and the equivalent command line. */
import { shellCommand } from '../../../../text/shell.js';
import { inShell, type Shell } from '../../../../text/shells.js';
import type { MappingSettings } from '../../../../mapping/settings.js';
import { toFlags } from '../../../../mapping/to-flags.js';
import { visible } from '../../../../text/visible.js';

const positions: Record<MappingSettings['startingPosition'], string> = {
  TRIM_HORIZON: 'TRIM_HORIZON – oldest record kept',
  LATEST: 'LATEST – only new records',
  AT_TIMESTAMP: 'AT_TIMESTAMP – since',
};

/** `accountFlags`: the flags that select the account, as given. */
export function renderSummary(settings: MappingSettings, accountFlags: readonly string[], shell?: Shell): string {
  const { provisionedPollers: pollers } = settings;
  const rows: [name: string, value: string | undefined][] = [
    ['function', settings.function],
    ['cluster', settings.cluster],
    ['topic', settings.topic],
    ['authentication', [settings.auth, settings.secret].filter(Boolean).join(', ') || undefined],
    [
      'starting position',
      [positions[settings.startingPosition], settings.startingPositionTimestamp].filter(Boolean).join(' '),
    ],
    ['consumer group', settings.consumerGroup],
    [
      'batch',
      settings.batchSize === undefined
        ? undefined
        : `${settings.batchSize} records${settings.batchingWindow === undefined ? '' : `, ${settings.batchingWindow} s`}`,
    ],
    [
      'pollers',
      pollers === undefined ? 'on-demand' : `provisioned, ${pollers.minimum ?? 1} to ${pollers.maximum ?? 200}`,
    ],
    ['filter', settings.filters?.join(' or ')],
    ['on failure', settings.onFailure],
    ['state', settings.enabled === false ? 'disabled' : undefined],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name.padEnd(width)}  ${visible(value)}`],
  );
  return [
    '',
    'Settings:',
    ...table,
    '',
    'The same as a command:',
    `  ${visible(inShell(shellCommand('msk-lambda', 'create', ...toFlags(settings), ...accountFlags), shell))}`,
    '',
  ].join('\n');
}
