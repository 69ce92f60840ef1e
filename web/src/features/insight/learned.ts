// An answer of insight, asked for anew when what is asked or the language changes.
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { isAbort, Problem } from '@/api/client'

export function useLearned<T>(query: Ref<Record<string, string>>, ask: (query: Record<string, string>, signal: AbortSignal) => Promise<T>) {
  const { t, locale } = useI18n()
  const answer = shallowRef<T | null>(null)
  const problem = ref('')
  const busy = ref(false)
  let abort = new AbortController()

  async function load(): Promise<void> {
    abort.abort()
    abort = new AbortController()
    const { signal } = abort
    busy.value = true
    try {
      answer.value = await ask(query.value, signal)
      problem.value = ''
    } catch (error) {
      if (isAbort(error)) return
      problem.value = error instanceof Problem ? (error.status ? error.message : t('error.offline')) : t('error.unknown')
    }
    if (abort.signal === signal) busy.value = false
  }

  watch([() => JSON.stringify(query.value), locale], load, { immediate: true })
  onScopeDispose(() => abort.abort())
  return { answer, problem, busy, load }
}
