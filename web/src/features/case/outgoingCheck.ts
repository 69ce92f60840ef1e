// Checks a message while it is written.
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { checkMessage } from '@/api/cases'
import type { MessageFinding } from '@/api/types'

const PAUSE_MS = 350

export function useOutgoingCheck(text: Ref<string>, outward: Ref<boolean>, caseId: () => string) {
  const findings = shallowRef<MessageFinding[]>([])
  let abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function check(): Promise<void> {
    const answer = await checkMessage(text.value, caseId(), abort.signal).catch(() => null)
    // The server checks again when the message is sent, so a check that failed may pass in silence here.
    if (answer) findings.value = answer.findings
  }

  watch(
    [text, outward],
    () => {
      clearTimeout(timer)
      abort.abort()
      abort = new AbortController()
      if (!outward.value || !text.value.trim()) findings.value = []
      else timer = setTimeout(() => void check(), PAUSE_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    abort.abort()
  })
  return findings
}
