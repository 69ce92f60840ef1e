// The rows of the inbox: any part of a list of any length, fetched where the reader looks, kept fresh by the live line without moving under his eyes.
import { computed, onScopeDispose, ref, shallowRef, triggerRef, watch, type Ref } from 'vue'
import { listCases, type Filters } from '@/api/cases'
import { isAbort, Problem } from '@/api/client'
import type { CaseRow } from '@/api/types'
import { useLive } from '../shell/live'
import { dropFarPages, pagesOf, PAGE } from './pages'

const SETTLE_MS = 700
/** A browser draws nothing taller than some thirty million pixels. */
export const MOST_ROWS = 400_000

export function useCaseList(filters: Ref<Filters>) {
  const pages = shallowRef(new Map<number, CaseRow[]>())
  const total = ref(0)
  const busy = ref(false)
  const problem = ref<Problem | null>(null)
  /** How many rows came in that are not shown yet. */
  const waiting = ref(0)
  const asked = new Set<number>()
  let abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let looked = { first: 0, last: 0 }

  const count = computed(() => Math.min(total.value, MOST_ROWS))
  /** The newest come first, so those that wait push every other row down by one. */
  const shift = () => (filters.value.sort || filters.value.q ? 0 : waiting.value)

  function rowAt(index: number): CaseRow | undefined {
    return pages.value.get(Math.floor(index / PAGE))?.[index % PAGE]
  }

  function loadedRows(): CaseRow[] {
    return [...pages.value.values()].flat()
  }

  /** Where a case stands in the list as far as it is known; -1 when it is not. */
  function indexOf(id: string): number {
    for (const [page, rows] of pages.value) {
      const at = rows.findIndex((row) => row.id === id)
      if (at >= 0) return page * PAGE + at
    }
    return -1
  }

  async function fetchPage(page: number): Promise<void> {
    const { signal } = abort
    asked.add(page)
    busy.value = true
    try {
      const answer = await listCases(filters.value, page * PAGE + (page ? shift() : 0), PAGE, signal)
      pages.value.set(page, answer.items)
      dropFarPages(pages.value, looked)
      triggerRef(pages)
      if (page === 0) waiting.value = 0
      total.value = answer.total - waiting.value
      problem.value = null
    } catch (error) {
      if (isAbort(error)) return
      problem.value = error instanceof Problem ? error : new Problem({ title: String(error), status: 0 })
    }
    asked.delete(page)
    busy.value = asked.size > 0
  }

  function reload(): Promise<void> {
    abort.abort()
    abort = new AbortController()
    asked.clear()
    pages.value = new Map()
    return fetchPage(0)
  }

  /** Says which rows are looked at; what is missing of them is fetched. */
  function look(first: number, last: number): void {
    looked = { first, last }
    for (const page of pagesOf(first, Math.min(last, count.value - 1))) {
      if (!pages.value.has(page) && !asked.has(page) && page > 0) void fetchPage(page)
    }
  }

  /** Changes rows in place; rows that would come in at the top are only counted. */
  async function freshen(): Promise<void> {
    const shownPages = pagesOf(looked.first, looked.last).filter((page) => page > 0 && pages.value.has(page))
    const [head, ...others] = await Promise.all(
      [0, ...shownPages].map((page) => listCases(filters.value, page * PAGE, PAGE, abort.signal).catch(() => null)),
    )
    if (!head) return
    const answers = [head, ...others].flatMap((answer) => answer?.items ?? [])
    const fresh = new Map(answers.map((row) => [row.id, row]))
    const known = new Set((pages.value.get(0) ?? []).map((row) => row.id))
    for (const [page, rows] of pages.value) pages.value.set(page, rows.map((row) => fresh.get(row.id) ?? row))
    triggerRef(pages)
    // A row beyond the first page that moved up is no new case.
    const grown = Math.max(0, head.total - total.value)
    waiting.value = Math.min(grown, head.items.filter((row) => !known.has(row.id)).length)
    total.value = head.total - waiting.value
  }

  useLive().subscribe(() => {
    clearTimeout(timer)
    timer = setTimeout(() => void freshen(), SETTLE_MS)
  })
  watch(filters, reload, { immediate: true })
  onScopeDispose(() => {
    abort.abort()
    clearTimeout(timer)
  })

  return { rowAt, indexOf, loadedRows, count, total, busy, problem, waiting, reload, look }
}

export type CaseList = ReturnType<typeof useCaseList>
