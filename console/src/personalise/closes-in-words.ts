const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Until when a campaign is open: `Open for 3 more hours`, `Open for 5 more days`, `Open until 24 December 2030`. */
export function closesInWords(closesAt: string, nowMs: number): string {
  const left = Date.parse(closesAt) - nowMs;
  if (left < hourMs) {
    return 'Closes within the hour';
  }
  if (left < 2 * dayMs) {
    const hours = Math.floor(left / hourMs);
    return `Open for ${hours} more ${hours === 1 ? 'hour' : 'hours'}`;
  }
  if (left < 14 * dayMs) {
    return `Open for ${Math.floor(left / dayMs)} more days`;
  }
  const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  return `Open until ${date.format(new Date(closesAt))}`;
}
