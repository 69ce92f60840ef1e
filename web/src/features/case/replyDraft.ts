// What is being written on a case, kept over a reload of the tab; the first answer starts from the plan's.
import { ref, watch } from 'vue'
import type { Case } from '@/api/types'

const keyOf = (id: string, mode: string) => `tingsu.reply.${id}.${mode}`

export function useReplyDraft(one: () => Case, modes: () => string[]) {
  const mode = ref(modes()[0] ?? 'note')
  const text = ref('')

  function start(): string {
    const kept = sessionStorage.getItem(keyOf(one().id, mode.value))
    if (kept !== null) return kept
    return mode.value === 'acknowledge' ? one().plan.acknowledgement : ''
  }

  function forget(): void {
    sessionStorage.removeItem(keyOf(one().id, mode.value))
    text.value = start()
  }

  watch(
    () => modes().join(),
    () => {
      if (!modes().includes(mode.value)) mode.value = modes()[0] ?? 'note'
    },
  )
  watch([mode, () => one().id], () => (text.value = start()), { immediate: true })
  // A correction changes the plan; a first answer nobody has touched follows it.
  watch(
    () => one().plan.acknowledgement,
    (_, before) => {
      if (mode.value === 'acknowledge' && text.value === before) text.value = one().plan.acknowledgement
    },
  )
  watch(text, (words) => {
    const untouched = mode.value === 'acknowledge' ? one().plan.acknowledgement : ''
    const key = keyOf(one().id, mode.value)
    if (words === untouched) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, words)
  })

  return { mode, text, forget }
}
