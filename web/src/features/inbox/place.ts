// Where the reader was in the list, while the page lives.
import type { Filters } from '@/api/cases'
import { sameFilters } from './filters'

let left: { filters: Filters; index: number; id: string } | null = null

export function remember(filters: Filters, index: number, id: string): void {
  left = { filters, index, id }
}

/** Where the reader left this list, or nothing when it was another. */
export function placeIn(filters: Filters): { index: number; id: string } | null {
  return left && sameFilters(left.filters, filters) ? left : null
}
