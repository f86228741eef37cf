/** The message for an existing mapping of the same cluster, function and topic that differs from the requested one. */
import { shellCommand } from '../text/shell.js';
import { declared, type Difference } from '../mapping/differences.js';
import type { MappingSettings } from '../mapping/settings.js';
import { toChangeFlags } from '../mapping/to-flags.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { settingValue } from '../text/setting-value.js';
import type { Obstacle } from './plan.js';

/** The differences, setting by setting, and the command that changes them. */
export function conflictWith(
  mapping: Mapping,
  settings: MappingSettings,
  differences: readonly Difference[],
): Omit<Obstacle, 'step'> {
  const fixed = differences.filter(({ changeable }) => !changeable).map(({ setting }) => setting);
  const what = differences
    .map(({ setting, is, wanted }) => `${setting} is ${settingValue(is)}, not ${settingValue(wanted)}`)
    .join('; ');
  const flags = toChangeFlags(
    declared(settings),
    differences.map(({ setting }) => setting),
  );
  const how =
    fixed.length === 0
      ? `Update it: ${shellCommand('msk-lambda', 'update', mapping.UUID, ...flags)}`
      : `${fixed.join(', ')} cannot be updated; recreate it: ${shellCommand('msk-lambda', 'recreate', mapping.UUID, ...flags)}`;
  return {
    checks: ['mapping.conflict'],
    sentence: `A mapping of this cluster, topic and function already exists with other settings, ${mapping.UUID} (mapping.conflict): ${what}. ${how}`,
  };
}
