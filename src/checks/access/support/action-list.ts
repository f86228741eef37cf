/** Actions for a title, which has room for two of them; the evidence or the command lists all. */

/** “kafka-cluster:DescribeGroup and AlterGroup”; of more than two, the first and the number of the others. */
export function shortActionList(actions: readonly string[]): string {
  const [first = '', second = '', ...others] = actions;
  if (second === '') return first;
  if (others.length > 0) return `${first} and ${actions.length - 1} other permissions`;
  const [service] = first.split(':');
  return `${first} and ${second.startsWith(`${service}:`) ? second.slice(first.indexOf(':') + 1) : second}`;
}
