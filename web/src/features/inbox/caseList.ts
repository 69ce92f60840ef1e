// The rows of the inbox: pages by cursor, kept fresh by the live line without moving under the reader's eyes.
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { listCases, type Filters } from '@/api/cases'
import { isAbort, Problem } from '@/api/client'
import type { CaseRow } from '@/api/types'
import { useLive } from '../shell/live'

const PAGE = 60
const SETTLE_MS = 700

export function useCaseList(filters: Ref<Filters>) {
  const rows = shallowRef<CaseRow[]>([])
  const total = ref(0)
  const busy = ref(false)
  const problem = ref<Problem | null>(null)
  /** How many rows changed or came in that are not shown yet. */
  const waiting = ref(0)
  let cursor: string | null = null
  let abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function guarded(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    busy.value = true
    try {
      await work(abort.signal)
      problem.value = null
    } catch (error) {
      if (isAbort(error)) return
      problem.value = error instanceof Problem ? error : new Problem({ title: String(error), status: 0 })
    }
    busy.value = false
  }

  function reload(): Promise<void> {
    abort.abort()
    abort = new AbortController()
    return guarded(async (signal) => {
      const page = await listCases(filters.value, null, PAGE, signal)
      rows.value = page.items
      total.value = page.total
      cursor = page.next_cursor ?? null
      waiting.value = 0
    })
  }

  function loadMore(): void {
    if (busy.value || !cursor) return
    void guarded(async (signal) => {
      const page = await listCases(filters.value, cursor, PAGE, signal)
      const known = new Set(rows.value.map((row) => row.id))
      rows.value = [...rows.value, ...page.items.filter((row) => !known.has(row.id))]
      cursor = page.next_cursor ?? null
    })
  }

  /** Changes rows in place; rows that would come in at the top are only counted. */
  async function freshen(): Promise<void> {
    const page = await listCases(filters.value, null, PAGE, abort.signal).catch(() => null)
    if (!page) return
    const fresh = new Map(page.items.map((row) => [row.id, row]))
    const known = new Set(rows.value.map((row) => row.id))
    rows.value = rows.value.map((row) => fresh.get(row.id) ?? row)
    waiting.value = page.items.filter((row) => !known.has(row.id)).length
    total.value = page.total
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

  return { rows, total, busy, problem, waiting, reload, loadMore }
}
