// Customers page by page: asked for anew when a filter changes, longer at the end of the list.
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { isAbort } from '@/api/client'
import { listCustomers } from '@/api/customers'
import { reasonOf } from '@/api/loaded'
import type { CustomerRow } from '@/api/types'

export function useCustomers(query: Ref<Record<string, string>>) {
  const rows = shallowRef<CustomerRow[]>([])
  const total = ref(0)
  const cursor = ref<string | null>(null)
  const problem = ref('')
  const busy = ref(true)
  let abort = new AbortController()

  async function fetchPage(from: string | null): Promise<void> {
    abort.abort()
    abort = new AbortController()
    const { signal } = abort
    busy.value = true
    try {
      const page = await listCustomers(query.value, from, signal)
      rows.value = from ? [...rows.value, ...page.items] : page.items
      total.value = page.total
      cursor.value = page.next_cursor ?? null
      problem.value = ''
    } catch (error) {
      if (isAbort(error)) return
      problem.value = reasonOf(error)
    }
    if (abort.signal === signal) busy.value = false
  }

  const load = () => fetchPage(null)
  const more = () => fetchPage(cursor.value)

  watch(() => JSON.stringify(query.value), load, { immediate: true })
  onScopeDispose(() => abort.abort())
  return { rows, total, cursor, problem, busy, load, more }
}
