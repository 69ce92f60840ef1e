// What a person changed in a facet, as the command expects it.
import type { Analysis } from '@/api/types'
import { facetsOf, type Facet } from './facets'

export interface Draft {
  values: string[]
  secondary: string | null
  intensity: number
}

export type Corrections = Record<string, unknown>

export function draftOf(facet: Facet): Draft {
  const major = facet.items.filter((item) => !item.minor).map((item) => item.key)
  const minor = facet.items.find((item) => item.minor)
  return { values: major, secondary: minor?.key ?? null, intensity: facet.intensity ?? 0 }
}

/** Chooses a value: one replaces the other, or joins and leaves where many are allowed. The first chosen stays primary. */
export function choose(draft: Draft, facet: Facet, key: string): Draft {
  if (facet.shape !== 'many') return { ...draft, values: [key], secondary: draft.secondary === key ? null : draft.secondary }
  const has = draft.values.includes(key)
  return { ...draft, values: has ? draft.values.filter((value) => value !== key) : [...draft.values, key] }
}

/** The corrections of a command; empty when nothing changed. */
export function correctionsOf(facet: Facet, draft: Draft): Corrections {
  return JSON.stringify(draftOf(facet)) === JSON.stringify(draft) ? {} : said(facet, draft)
}

/** The facets of a reading as they stand, in the words of a correction: what undoes one. */
export function readingOf(analysis: Analysis, keys: readonly string[]): Corrections {
  const facets = facetsOf(analysis).filter(({ key }) => keys.includes(key))
  return Object.assign({}, ...facets.map((facet) => said(facet, draftOf(facet))))
}

function said(facet: Facet, draft: Draft): Corrections {
  const first = draft.values[0] ?? 'none'
  switch (facet.shape) {
    case 'psychology':
      return { psychology: { primary: first, secondary: draft.secondary } }
    case 'emotion':
      return { emotion: { stage: first, intensity: draft.intensity } }
    case 'yes_no':
      return { complaint: first === 'true' }
    case 'many':
      return { [facet.key]: draft.values }
    default:
      return { [facet.key]: first }
  }
}
