// The tree that causes make by their parents, in the order they are shown.
import type { CauseWords, RootCause } from '@/api/types'

export interface Branch {
  cause: RootCause
  depth: number
}

/** The causes with how deep they stand; one whose parent is gone stands at the top. */
export function branchesOf(causes: readonly RootCause[]): Branch[] {
  const ids = new Set(causes.map(({ id }) => id))
  const under = (parent: string | null, depth: number): Branch[] =>
    causes
      .filter((cause) => (cause.parent && ids.has(cause.parent) ? cause.parent : null) === parent)
      .flatMap((cause) => [{ cause, depth }, ...under(cause.id, depth + 1)])
  return under(null, 0)
}

/** The words of a cause, for its form. */
export function wordsOf(cause: RootCause): CauseWords {
  const { title, detail, parent, status, owner, action, acted_on, prevention, topic, product, site, batch, team } = cause
  return { title, detail, parent, status, owner, action, acted_on, prevention, topic, product, site, batch, team }
}

export const NO_WORDS: CauseWords = { title: '', detail: '', parent: null, status: 'suspected', owner: null, action: '', acted_on: null, prevention: '', topic: null, product: null, site: null, batch: null, team: null }

/** What is sent: empty fields are left out. */
export function sentWords(words: CauseWords): CauseWords {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== '' && value !== null)) as unknown as CauseWords
}
