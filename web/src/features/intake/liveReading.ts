// Reads along while somebody types: the newest text wins, older answers are dropped.
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { isAbort } from '@/api/client'
import { planText, readText } from '@/api/reading'
import type { Analysis, Plan } from '@/api/types'

const PAUSE_MS = 220

export function useLiveReading(text: Ref<string>, channel: Ref<string>) {
  const analysis = shallowRef<Analysis | null>(null)
  const plan = shallowRef<Plan | null>(null)
  const failed = ref(false)
  const took = ref<number | null>(null)
  let abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read(): Promise<void> {
    const { signal } = abort
    const started = performance.now()
    try {
      analysis.value = await readText(text.value, channel.value, signal)
      took.value = Math.round(performance.now() - started)
      plan.value = await planText(text.value, channel.value, signal)
      failed.value = false
    } catch (error) {
      if (!isAbort(error)) failed.value = true
    }
  }

  watch(
    [text, channel],
    () => {
      clearTimeout(timer)
      abort.abort()
      abort = new AbortController()
      if (text.value.trim()) timer = setTimeout(() => void read(), PAUSE_MS)
      else analysis.value = plan.value = null
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    abort.abort()
  })

  return { analysis, plan, failed, took }
}
