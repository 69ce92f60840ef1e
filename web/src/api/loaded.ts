// What a page asks for when it opens, what it does about it, and the reason when either fails.
import { ref, shallowRef } from 'vue'
import { i18n } from '@/i18n'
import { isAbort, Problem } from './client'

/** Why a call failed, in words for the page. */
export function reasonOf(error: unknown): string {
  const { t } = i18n.global
  if (!(error instanceof Problem)) return t('error.unknown')
  if (error.status === 0) return t('error.offline')
  return Object.values(error.fields).join(' ') || error.message
}

export function useLoaded<T>(ask: (signal: AbortSignal) => Promise<T>) {
  const answer = shallowRef<T | null>(null)
  const problem = ref('')
  let abort = new AbortController()

  async function load(): Promise<void> {
    abort.abort()
    abort = new AbortController()
    const { signal } = abort
    try {
      answer.value = await ask(signal)
      problem.value = ''
    } catch (error) {
      if (!isAbort(error)) problem.value = reasonOf(error)
    }
  }

  return { answer, problem, load }
}

/** One thing at a time that can fail; `said` is empty unless it did. */
export function useAttempt() {
  const busy = ref(false)
  const said = ref('')

  async function attempt(work: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    said.value = ''
    try {
      await work()
      return true
    } catch (error) {
      said.value = reasonOf(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, said, attempt }
}
