// Filters live in the address, so that a view can be sent to a colleague and the back button works.
import type { LocationQuery } from 'vue-router'
import type { Filters } from '@/api/cases'

/** Filters by vocabulary: the name in the address and the vocabulary of its values. */
export const VOCABULARY_FILTERS = [
  { key: 'state', vocabulary: 'state' },
  { key: 'psychology', vocabulary: 'psychology' },
  { key: 'emotion', vocabulary: 'emotion' },
  { key: 'subject', vocabulary: 'subject' },
  { key: 'risk', vocabulary: 'risk' },
  { key: 'nature', vocabulary: 'nature' },
  { key: 'stance', vocabulary: 'stance' },
  { key: 'cause', vocabulary: 'cause' },
  { key: 'channel', vocabulary: 'channel' },
  { key: 'severity', vocabulary: 'severity' },
  { key: 'priority', vocabulary: 'priority' },
  { key: 'motive', vocabulary: 'motive' },
  { key: 'intensity', vocabulary: 'intensity' },
  { key: 'outcome', vocabulary: 'outcome' },
  { key: 'waiting', vocabulary: 'waiting' },
  { key: 'anger_type', vocabulary: 'anger_type' },
  { key: 'behavior', vocabulary: 'behavior' },
  { key: 'expectation', vocabulary: 'outcome' },
  { key: 'basic_need', vocabulary: 'basic_need' },
  { key: 'rational_need', vocabulary: 'rational_need' },
  { key: 'emotional_need', vocabulary: 'emotional_need' },
  { key: 'maslow', vocabulary: 'maslow' },
] as const

const OTHER_FILTERS = ['q', 'owner', 'clock', 'topic', 'product', 'site', 'team', 'batch', 'way', 'again', 'answered', 'mark', 'missing', 'weekday', 'hour', 'opened_from', 'opened_to', 'due_before', 'sort'] as const

export const FILTER_KEYS: readonly string[] = [...VOCABULARY_FILTERS.map(({ key }) => key), ...OTHER_FILTERS]

/** The filters of an address; what is no filter is left out. */
export function filtersOf(query: LocationQuery): Filters {
  const filters: Filters = {}
  for (const key of FILTER_KEYS) {
    const value = query[key]
    if (typeof value === 'string' && value.trim()) filters[key] = value
  }
  return filters
}

/** The values of a comma list. */
export function valuesOf(filters: Filters, key: string): string[] {
  return (filters[key] ?? '').split(',').filter(Boolean)
}

/** The filters with one value put in or taken out. */
export function toggleValue(filters: Filters, key: string, value: string): Filters {
  const values = valuesOf(filters, key)
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value]
  return setFilter(filters, key, next.join(','))
}

/** The filters with one of them set, or taken away when the value is empty. */
export function setFilter(filters: Filters, key: string, value: string): Filters {
  const { [key]: _, ...others } = filters
  return value ? { ...others, [key]: value } : others
}

/** The views everybody has, by the message that names them. */
export const VIEWS: { key: string; filters: Filters }[] = [
  { key: 'open', filters: { state: 'open' } },
  { key: 'mine', filters: { state: 'open', owner: 'me', sort: 'due' } },
  { key: 'team', filters: { state: 'open', owner: 'team', sort: 'due' } },
  { key: 'unanswered', filters: { state: 'received', sort: 'due' } },
  { key: 'near', filters: { state: 'open', clock: 'near', sort: 'due' } },
  { key: 'late', filters: { state: 'open', clock: 'breached', sort: 'due' } },
  { key: 'unowned', filters: { state: 'open', owner: 'none' } },
  { key: 'all', filters: {} },
]

/** The views of somebody: whoever belongs to no team has no view of it. */
export function viewsOf(me: { team?: string | null } | null | undefined) {
  return VIEWS.filter(({ key }) => key !== 'team' || !!me?.team)
}

/** Whether two sets of filters ask for the same. */
export function sameFilters(a: Filters, b: Filters): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => (a[key] ?? '') === (b[key] ?? ''))
}
