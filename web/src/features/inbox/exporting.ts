// The whole list on its way into a file: fetched piece by piece, to be stopped, and taken up again where it was cut off.
import { onScopeDispose, ref } from 'vue'
import { listCases, type Filters } from '@/api/cases'
import { isAbort, Problem } from '@/api/client'

const PIECE = 200
/** More rows than a spreadsheet opens at ease; who needs more narrows the list. */
export const MOST_SAVED = 100_000

export function useExporting<Row>(cells: (row: Awaited<ReturnType<typeof listCases>>['items'][number]) => Row, offline: () => string) {
  const rows: Row[] = []
  const saved = ref(0)
  const all = ref(0)
  const running = ref(false)
  const problem = ref('')
  let cursor: string | null | undefined = null
  let abort = new AbortController()

  /** Fetches what is left; the rows once all are there, null when stopped or cut off. */
  async function run(filters: Filters): Promise<Row[] | null> {
    abort = new AbortController()
    running.value = true
    problem.value = ''
    try {
      do {
        const page = await listCases(cursor ? { ...filters, cursor } : filters, 0, PIECE, abort.signal)
        rows.push(...page.items.map(cells))
        cursor = page.next_cursor
        saved.value = rows.length
        all.value = Math.min(MOST_SAVED, Math.max(page.total, rows.length))
      } while (cursor && rows.length < MOST_SAVED)
      return rows
    } catch (error) {
      if (!isAbort(error)) problem.value = error instanceof Problem && error.words ? error.words : offline()
      return null
    } finally {
      running.value = false
    }
  }

  function stop(): void {
    abort.abort()
  }

  /** Begins anew with the next file. */
  function reset(): void {
    stop()
    rows.length = 0
    saved.value = all.value = 0
    problem.value = ''
    cursor = null
  }

  onScopeDispose(stop)
  return { saved, all, running, problem, run, stop, reset }
}
