/** Compares the contents of two secrets in memory; only the result leaves this module. */

/** Whether both hold the same user name and password, whatever else they hold. */
export function isSameUser(first: string, second: string): boolean {
  const [a, b] = [userOf(first), userOf(second)];
  return a !== null && b !== null && a.username === b.username && a.password === b.password;
}

function userOf(text: string): { username: string; password: string } | null {
  try {
    const { username, password } = JSON.parse(text) as Record<string, unknown>;
    return typeof username === 'string' && typeof password === 'string' ? { username, password } : null;
  } catch {
    return null;
  }
}
