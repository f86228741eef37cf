/** Whether a suite is left out for want of a tool: `missing` names it, or is null where all is there. Says so in a line; where everything is required (`MSK_LAMBDA_REQUIRE_ALL=1`) it throws. */
export function leftOut(suite: string, missing: string | null): boolean {
  if (missing === null) return false;
  const line = `${suite} is left out: ${missing}`;
  if (process.env['MSK_LAMBDA_REQUIRE_ALL'] === '1') throw new Error(line);
  console.warn(line);
  return true;
}
