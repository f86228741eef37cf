import { expect, test } from 'vitest';
import { settingIn } from '../../src/cli/profile-setting.js';

const file = `# ca_bundle = /comment
[default]
ca_bundle = /default.pem
[profile work]
region = eu-west-1
s3 =
  ca_bundle = /nested.pem
ca_bundle=/work.pem
[profile "two words"]
ca_bundle = /words.pem  \r
[profile none]
region = eu-west-1
[services work]
ca_bundle = /services.pem
`;

test.each([
  { profile: 'default', value: '/default.pem' },
  { profile: 'work', value: '/work.pem' },
  { profile: 'two words', value: '/words.pem' },
  { profile: 'none', value: undefined },
  { profile: 'nosuch', value: undefined },
])('ca_bundle of $profile: $value', ({ profile, value }) => expect(settingIn(file, profile, 'ca_bundle')).toBe(value));
