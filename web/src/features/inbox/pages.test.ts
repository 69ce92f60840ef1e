import { expect, it } from 'vitest'
import { dropFarPages, MOST_PAGES, PAGE, pagesOf } from './pages'

it('names the pages of a stretch of rows', () => {
  expect(pagesOf(0, PAGE - 1)).toEqual([0])
  expect(pagesOf(PAGE - 1, PAGE)).toEqual([0, 1])
  expect(pagesOf(99_990, 99_999)).toEqual([2499])
  expect(pagesOf(0, -1)).toEqual([])
})

it('forgets what is far away, but never the first page', () => {
  const pages = new Map(Array.from({ length: MOST_PAGES + 2 }, (_, page) => [page, []]))
  dropFarPages(pages, { first: 40 * PAGE, last: 41 * PAGE })
  expect(pages.size).toBe(MOST_PAGES)
  expect([pages.has(0), pages.has(1), pages.has(2), pages.has(3)]).toEqual([true, false, false, true])
})
