// The days a dashboard looks at, kept in the address.
import type { LocationQuery } from 'vue-router'
import { dayBefore } from '@/ui/time'

export interface Period {
  from: string
  to: string
}

/** What the dashboard can be narrowed to, by the filters that the list has as well. */
export const SLICES = ['product', 'site', 'team', 'channel'] as const
export type Slice = Partial<Record<(typeof SLICES)[number], string>>
/** The days and what the dashboard is narrowed to. */
export type Scope = Period & Slice

export const LENGTHS = [7, 28, 112] as const
const DEFAULT_LENGTH = 28
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The last `days` days, today included. */
export function lastDays(days: number, present: number): Period {
  return { from: dayBefore(present, days - 1), to: dayBefore(present, 0) }
}

export function periodOf(query: LocationQuery, present: number, usual: number = DEFAULT_LENGTH): Period {
  const { from, to } = query
  if (typeof from === 'string' && DAY.test(from) && typeof to === 'string' && DAY.test(to) && from <= to) return { from, to }
  return lastDays(usual, present)
}

/** What the address narrows the dashboard to. */
export function sliceOf(query: LocationQuery): Slice {
  return Object.fromEntries(SLICES.map((key) => [key, query[key]]).filter(([, value]) => typeof value === 'string' && value !== ''))
}

/** The way to the cases of a scope that these filters mean. */
export function inboxOf({ from, to, ...slice }: Scope, query: Record<string, string>) {
  return { name: 'inbox', query: { ...slice, ...query, opened_from: from, opened_to: to } }
}

const DAY_MS = 86_400_000
/** Longer stretches begin with the first day that has a case. */
const LONGEST = 4000

/** A count for every day of a period; days the server left out had no case. */
export function everyDay({ from, to }: Period, volume: readonly { day: string; count: number }[]): { day: string; count: number }[] {
  const counts = new Map(volume.map(({ day, count }) => [day, count]))
  const end = Date.parse(to)
  const wanted = Date.parse(from)
  const begin = end - wanted > LONGEST * DAY_MS ? Date.parse(volume[0]?.day ?? to) : wanted
  const days = []
  for (let at = begin; at <= end; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10)
    days.push({ day, count: counts.get(day) ?? 0 })
  }
  return days
}
