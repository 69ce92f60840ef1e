// Which pages of a long list are needed, and which may be forgotten.

/** Rows of one page. */
export const PAGE = 40
/** Pages kept in memory: some two thousand rows. */
export const MOST_PAGES = 50

/** The numbers of the pages that hold these rows. */
export function pagesOf(first: number, last: number): number[] {
  const from = Math.max(0, Math.floor(first / PAGE))
  const to = Math.floor(last / PAGE)
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}

/** Forgets the pages farthest from where the reader looks; the first stays, because news are told by it. */
export function dropFarPages(pages: Map<number, unknown>, looked: { first: number; last: number }): void {
  if (pages.size <= MOST_PAGES) return
  const middle = (looked.first + looked.last) / 2 / PAGE
  const far = [...pages.keys()].filter((page) => page > 0).sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle))
  for (const page of far.slice(0, pages.size - MOST_PAGES)) pages.delete(page)
}
