/** The text of the commands that read, at three widths, plain and coloured. `vitest run -u` updates the files. */
import { compareWithFiles } from './support/golden.js';

const invocations: Record<string, string[][]> = {
  'doctor-nat-blackhole': [['doctor', '--sandbox', 'nat-blackhole']],
  'doctor-managed-policy-only': [['doctor', '--sandbox', 'managed-policy-only']],
  'doctor-secret-misspelt': [['doctor', '--sandbox', 'secret-misspelt']],
  'doctor-topic-misspelt': [['doctor', '--sandbox', 'topic-misspelt']],
  'doctor-half-readable': [['doctor', '--sandbox', 'half-readable']],
  'doctor-disabled': [['doctor', '--sandbox', 'disabled']],
  'doctor-several': [['doctor', '--sandbox', 'several']],
  'doctor-endpoints': [['doctor', '--sandbox', 'endpoints']],
  'network-nat-blackhole': [['network', '--sandbox', 'nat-blackhole']],
  'network-several': [['network', '--sandbox', 'several']],
  'list-several': [['list', '--sandbox', 'several']],
  'inspect-scram': [['inspect', '--sandbox', 'scram']],
  'explain-check': [['explain', 'network.aws-path']],
  'broker-scram': [['broker', 'orders-cluster', '--sandbox', 'scram']],
  'policy-endpoints': [['policy', '--sandbox', 'endpoints']],
};

compareWithFiles(invocations);
