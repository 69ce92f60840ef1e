import { beforeEach, expect, it } from 'vitest'
import { draftNames, draftOf, dropAllDrafts, dropDraft, keepDraft, KEPT_MS, ownDrafts } from './drafts'

class Shelf {
  [key: string]: unknown
  getItem = (key: string) => (this[key] as string | undefined) ?? null
  setItem = (key: string, value: string) => {
    this[key] = value
  }
  removeItem = (key: string) => {
    delete this[key]
  }
}

beforeEach(() => {
  globalThis.localStorage = new Shelf() as unknown as Storage
  ownDrafts('wang')
})

it('keeps words for their writer only', () => {
  keepDraft('reply.c1.note', 'half a sentence')
  keepDraft('intake', '{}')
  expect(draftOf('reply.c1.note')).toBe('half a sentence')
  expect(draftNames('reply.')).toEqual(['reply.c1.note'])
  ownDrafts('li')
  expect(draftOf('reply.c1.note')).toBeNull()
  dropAllDrafts()
  ownDrafts('wang')
  expect(draftNames()).toHaveLength(2)
  dropDraft('intake')
  expect(draftNames()).toEqual(['reply.c1.note'])
})

it('forgets after a week, and what cannot be read at once', () => {
  keepDraft('reply.c1.note', 'old', 0)
  keepDraft('reply.c2.note', 'young', 1)
  localStorage.setItem('tingsu.draft.li.x', 'no json')
  ownDrafts('wang', KEPT_MS + 1)
  expect(draftOf('reply.c1.note')).toBeNull()
  expect(draftOf('reply.c2.note')).toBe('young')
  expect(localStorage.getItem('tingsu.draft.li.x')).toBeNull()
})
