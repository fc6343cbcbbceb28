/** The moment of a day `YYYY-MM-DD` and a time `HH:MM` there. */
export function momentIn(timeZone: string, day: string, time: string): string {
  const asUtc = new Date(`${day}T${time}:00Z`)
  const there = new Date(`${asUtc.toLocaleString('sv', { timeZone }).replace(' ', 'T')}Z`)
  return new Date(asUtc.getTime() * 2 - there.getTime()).toISOString()
}
