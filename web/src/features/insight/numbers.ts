// The numbers of the dashboard, fetched anew when the period changes or a case moves.
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { isAbort, Problem } from '@/api/client'
import { getDashboard } from '@/api/insight'
import type { Dashboard } from '@/api/types'
import { useLive } from '../shell/live'
import type { Period } from './period'

const SETTLE_MS = 900

export function useNumbers(period: Ref<Period>) {
  const numbers = shallowRef<Dashboard | null>(null)
  const problem = ref('')
  let abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    abort.abort()
    abort = new AbortController()
    try {
      numbers.value = await getDashboard({ ...period.value }, abort.signal)
      problem.value = ''
    } catch (error) {
      if (!isAbort(error)) problem.value = error instanceof Problem ? error.message : String(error)
    }
  }

  useLive().subscribe(() => {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), SETTLE_MS)
  })
  watch(period, load, { immediate: true })
  onScopeDispose(() => {
    abort.abort()
    clearTimeout(timer)
  })
  return { numbers, problem, load }
}
