// The bars of the dashboard, each with the way to its cases.
import type { Dashboard, Person } from '@/api/types'
import type { useLegend } from '../legend/legend'
import type { Bar } from './FacetBars.vue'
import { inboxOf, type Scope } from './period'

const TONES: Record<string, string> = {
  psychology: 'var(--facet-psychology)',
  emotion: 'var(--facet-emotion)',
  subject: 'var(--facet-subjects)',
  nature: 'var(--facet-nature)',
  stance: 'var(--facet-style)',
  anger_type: 'var(--facet-style)',
  behavior: 'var(--facet-style)',
  risk: 'var(--facet-risks)',
  cause: 'var(--facet-causes)',
  channel: 'var(--accent)',
  state: 'var(--accent)',
  severity: 'var(--warn)',
  motive: 'var(--facet-motives)',
  intensity: 'var(--facet-emotion)',
  priority: 'var(--warn)',
  expectation: 'var(--facet-expectation)',
  basic_need: 'var(--facet-psychology)',
  rational_need: 'var(--facet-psychology)',
  emotional_need: 'var(--facet-psychology)',
  maslow: 'var(--facet-psychology)',
}

/** The facets whose values are those of another vocabulary. */
const BORROWED: Record<string, string> = { expectation: 'outcome' }

export interface Mix {
  key: string
  title: string
  tone: string
  bars: Bar[]
}

/** One mix per facet the server counted, in the order of the tones above. */
export function barsOfFacets(numbers: Dashboard, scope: Scope, legend: ReturnType<typeof useLegend>): Mix[] {
  const counts = new Map(Object.entries(numbers.facets))
  return Object.entries(TONES)
    .filter(([key]) => counts.has(key))
    .map(([key, tone]) => {
      const vocabulary = BORROWED[key] ?? key
      return {
        key,
        tone,
        title: legend.title(key, vocabulary),
        bars: (counts.get(key) ?? []).map((entry) => ({
          key: entry.key,
          label: legend.name(vocabulary, entry.key),
          meaning: legend.meaning(vocabulary, entry.key),
          count: entry.count,
          to: inboxOf(scope, { [key]: entry.key }),
        })),
      }
    })
}

/** The bars of people and products, which no vocabulary names. */
export function barsOfNames(numbers: Dashboard, scope: Scope, users: Person[], nobody: string): { owners: Bar[]; products: Bar[] } {
  const ownerFilter = (name: string | null) => (name === null ? 'none' : users.find((user) => user.name === name)?.id)
  return {
    owners: numbers.backlog_by_owner.map(({ owner = null, count }) => {
      const id = ownerFilter(owner)
      return { key: owner ?? '', label: owner ?? nobody, count, to: id ? inboxOf(scope, { state: 'open', owner: id }) : null }
    }),
    products: numbers.by_product.map(({ key, count }) => ({ key, label: key, count, to: inboxOf(scope, { product: key }) })),
  }
}
