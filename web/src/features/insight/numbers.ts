// The numbers of the dashboard, fetched anew when the period changes or a case moves.
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { isAbort, Problem } from '@/api/client'
import { getDashboard } from '@/api/insight'
import type { Dashboard } from '@/api/types'
import { useLive } from '../shell/live'
import type { Scope } from './period'

const SETTLE_MS = 900

export function useNumbers(scope: Ref<Scope>) {
  const numbers = shallowRef<Dashboard | null>(null)
  const problem = ref('')
  let abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    abort.abort()
    abort = new AbortController()
    try {
      const { signal } = abort
      const [all, open] = await Promise.all([getDashboard({ ...scope.value }, signal), getDashboard({ ...scope.value, state: 'open' }, signal)])
      // A clock that was missed on a closed case is history; what is near and late is asked of open cases only.
      numbers.value = { ...all, clocks: { ...open.clocks, met: all.clocks.met } }
      problem.value = ''
    } catch (error) {
      if (!isAbort(error)) problem.value = error instanceof Problem ? error.message : String(error)
    }
  }

  useLive().subscribe(() => {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), SETTLE_MS)
  })
  watch(scope, load, { immediate: true })
  onScopeDispose(() => {
    abort.abort()
    clearTimeout(timer)
  })
  return { numbers, problem, load }
}
