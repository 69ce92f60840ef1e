// Time in words: relative for the eye, absolute on hover.
import { ref } from 'vue'

/** The present, moved on every half minute so that clocks on screen stay true. */
export const now = ref(Date.now())
setInterval(() => (now.value = Date.now()), 30_000)

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The largest whole unit of a length of time in milliseconds. */
export function largestUnit(ms: number): { count: number; unit: 'minute' | 'hour' | 'day' } {
  const length = Math.abs(ms)
  if (length >= 2 * DAY) return { count: Math.floor(length / DAY), unit: 'day' }
  if (length >= HOUR) return { count: Math.floor(length / HOUR), unit: 'hour' }
  return { count: Math.max(1, Math.floor(length / MINUTE)), unit: 'minute' }
}

export function relative(at: string, present: number, locale: string): string {
  const ms = Date.parse(at) - present
  if (Number.isNaN(ms)) return at
  // The present on screen lags up to half a minute, so what just happened must not read as still to come.
  if (Math.abs(ms) < MINUTE) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second')
  const { count, unit } = largestUnit(ms)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' })
  return format.format(ms < 0 ? -count : count, unit)
}

export function length(ms: number, locale: string): string {
  const { count, unit } = largestUnit(ms)
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: locale === 'en' ? 'short' : 'long' }).format(count)
}

export function absolute(at: string, locale: string): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return at
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date)
}

export function dayLabel(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', weekday: 'short' }).format(new Date(at))
}

export function timeLabel(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(at))
}

/** Days begin at midnight in China, as the server counts them, wherever they are looked at. */
const DESK_AHEAD = 8 * 3_600_000

/** The calendar day of the desk `days` before the given moment, as YYYY-MM-DD. */
export function dayBefore(present: number, days: number): string {
  return new Date(present - days * DAY + DESK_AHEAD).toISOString().slice(0, 10)
}
