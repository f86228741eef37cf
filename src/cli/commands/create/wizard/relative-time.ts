/** Times such as “1 hour ago”, as people type them. */

const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

/** The instant in ISO 8601 (UTC); null where the text is not a relative time. */
export function relativeInstant(text: string, now: Date): string | null {
  const [, amount, unit] =
    /^(an?|\d{1,5})\s*(minute|min|m|hour|h|day|d|week|w)s?(?:\s+ago)?$/i.exec(text.trim().toLowerCase()) ?? [];
  if (amount === undefined || unit === undefined) return null;
  const name = (Object.keys(units) as (keyof typeof units)[]).find((known) => known.startsWith(unit))!;
  const count = amount.startsWith('a') ? 1 : Number(amount);
  const instant = new Date(now.getTime() - count * units[name]);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
