// Time in words: relative for the eye, absolute on hover.
import { ref } from 'vue'

/** The present, moved on every half minute so that clocks on screen stay true. */
export const now = ref(Date.now())
setInterval(() => (now.value = Date.now()), 30_000)

/** Formats are dear to make and cheap to use: one of each kind and language. */
function kept<T>(make: (locale: string) => T): (locale: string) => T {
  const made = new Map<string, T>()
  return (locale) => {
    const before = made.get(locale)
    if (before) return before
    const format = make(locale)
    made.set(locale, format)
    return format
  }
}

const dateAndTime = kept((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }))
const wholeDay = kept((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }))
const dayWords = kept((locale) => new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', weekday: 'short' }))
const clockTime = kept((locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false }))
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

/** Says a message; lengths of time are so few words that the browser's own rules, dear to load, are not needed for them. */
export type Say = (key: string, named: Record<string, unknown>) => string

export function relative(at: string, present: number, t: Say): string {
  const ms = Date.parse(at) - present
  if (Number.isNaN(ms)) return at
  // The present on screen lags up to half a minute, so what just happened must not read as still to come.
  if (Math.abs(ms) < MINUTE) return t('time.now', {})
  return t(ms < 0 ? 'time.ago' : 'time.ahead', { time: length(ms, t) })
}

export function length(ms: number, t: Say): string {
  const { count, unit } = largestUnit(ms)
  return t(`time.${unit}`, { count })
}

export function absolute(at: string, locale: string): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return at
  return dateAndTime(locale).format(date)
}

/** A calendar day, YYYY-MM-DD, in the words of the language. */
export function dayWritten(day: string, locale: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? day : wholeDay(locale).format(date)
}

export function dayLabel(at: string, locale: string): string {
  return dayWords(locale).format(new Date(at))
}

export function timeLabel(at: string, locale: string): string {
  return clockTime(locale).format(new Date(at))
}

/** Days begin at midnight in China, as the server counts them, wherever they are looked at. */
const DESK_AHEAD = 8 * 3_600_000

/** The calendar day of the desk `days` before the given moment, as YYYY-MM-DD. */
export function dayBefore(present: number, days: number): string {
  return new Date(present - days * DAY + DESK_AHEAD).toISOString().slice(0, 10)
}
