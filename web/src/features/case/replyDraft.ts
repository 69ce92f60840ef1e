// What is being written on a case, kept until it is sent; the first answer starts from the plan's.
import { ref, watch } from 'vue'
import type { Case } from '@/api/types'
import { draftOf, dropDraft, keepDraft } from '../draft/drafts'

/** The name under which the words of one kind upon a case are kept. */
export const replyName = (id: string, mode: string) => `reply.${id}.${mode}`

export function useReplyDraft(one: () => Case, modes: () => string[]) {
  const mode = ref(modes()[0] ?? 'note')
  const text = ref('')
  /** Whether the words are ones found from before, not what the plan proposes. */
  const found = ref(false)

  const untouched = () => (mode.value === 'acknowledge' ? one().plan.acknowledgement : '')

  function start(): void {
    const kept = draftOf(replyName(one().id, mode.value))
    found.value = kept !== null
    text.value = kept ?? untouched()
  }

  function forget(): void {
    dropDraft(replyName(one().id, mode.value))
    start()
  }

  watch(
    () => modes().join(),
    () => {
      if (!modes().includes(mode.value)) mode.value = modes()[0] ?? 'note'
    },
  )
  watch([mode, () => one().id], start, { immediate: true })
  // A correction changes the plan; a first answer nobody has touched follows it.
  watch(
    () => one().plan.acknowledgement,
    (_, before) => {
      if (mode.value === 'acknowledge' && text.value === before) text.value = untouched()
    },
  )
  watch(text, (words) => {
    const name = replyName(one().id, mode.value)
    if (words === untouched()) dropDraft(name)
    else keepDraft(name, words)
  })

  return { mode, text, found, start, forget }
}
