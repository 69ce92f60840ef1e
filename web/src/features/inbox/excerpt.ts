// What the second line of a row says beyond its title.
import type { CaseRow } from '@/api/types'

const ELLIPSIS = '…'
/** What cannot begin a line: the end of the sentence before. */
const LEADING = /^[\p{Pe}\p{Pf}\p{Po}\s]+/u

export interface Excerpt {
  text: string
  highlights: { start: number; end: number }[]
}

/** The excerpt; when it only begins with the words of the title again, what comes after them. */
export function excerptOf(row: Pick<CaseRow, 'title' | 'excerpt'> & { highlights: number[][] }): Excerpt {
  const highlights = row.highlights.map(([start = 0, end = 0]) => ({ start, end }))
  const title = row.title.endsWith(ELLIPSIS) ? row.title.slice(0, -ELLIPSIS.length) : row.title
  if (!title || !row.excerpt.startsWith(title)) return { text: row.excerpt, highlights }
  const rest = row.excerpt.slice(title.length).replace(LEADING, '')
  const shift = Array.from(row.excerpt).length - Array.from(rest).length
  const kept = highlights.filter(({ end }) => end > shift)
  // A word that was searched for must stay visible, so an excerpt that shows it in the title's words is kept whole.
  if (kept.length < highlights.length) return { text: row.excerpt, highlights }
  if (!/[\p{L}\p{N}]/u.test(rest)) return { text: '', highlights: [] }
  return { text: rest, highlights: kept.map(({ start, end }) => ({ start: start - shift, end: end - shift })) }
}
