// What the two lines of a row say: the title, and the words beyond it, with the places that were searched for.
import type { CaseRow } from '@/api/types'

const ELLIPSIS = '…'
/** What cannot begin a line: the end of the sentence before. */
const LEADING = /^[\p{Pe}\p{Pf}\p{Po}\s]+/u

export interface Marked {
  text: string
  highlights: { start: number; end: number }[]
}

const lengthOf = (text: string) => Array.from(text).length

/** The title and what comes after it; where the excerpt begins with the title, what was found in the title is marked there. */
export function wordsOf(row: Pick<CaseRow, 'title' | 'excerpt'> & { highlights: number[][] }): { title: Marked; rest: Marked } {
  const found = row.highlights.map(([start = 0, end = 0]) => ({ start, end }))
  const head = row.title.endsWith(ELLIPSIS) ? row.title.slice(0, -ELLIPSIS.length) : row.title
  if (!head || !row.excerpt.startsWith(head)) return { title: { text: row.title, highlights: [] }, rest: { text: row.excerpt, highlights: found } }
  const cut = lengthOf(head)
  const rest = row.excerpt.slice(head.length).replace(LEADING, '')
  const shift = lengthOf(row.excerpt) - lengthOf(rest)
  const inTitle = found.filter(({ start }) => start < cut).map(({ start, end }) => ({ start, end: Math.min(end, cut) }))
  const inRest = found.filter(({ end }) => end > shift).map(({ start, end }) => ({ start: Math.max(start, shift) - shift, end: end - shift }))
  const silent = !/[\p{L}\p{N}]/u.test(rest)
  return { title: { text: row.title, highlights: inTitle }, rest: silent ? { text: '', highlights: [] } : { text: rest, highlights: inRest } }
}
