// The days a dashboard looks at, kept in the address.
import type { LocationQuery } from 'vue-router'
import { dayBefore } from '@/ui/time'

export interface Period {
  from: string
  to: string
}

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
