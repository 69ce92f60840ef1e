// A file on its way to a case: it can be stopped, says why it failed, and goes on by itself once the network is back.
import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { isAbort, Problem } from '@/api/client'
import { uploadFile } from '@/api/cases'

/** Attaches what was uploaded; answers why it could not, or nothing. */
export type Attach = (hash: string, name: string) => Promise<string>

export function useUpload(attach: Attach, offline: () => string) {
  const file = shallowRef<File | null>(null)
  const sending = ref(false)
  const problem = ref('')
  let cut = false
  let abort = new AbortController()

  async function send(next: File): Promise<void> {
    file.value = next
    sending.value = true
    problem.value = ''
    cut = false
    abort = new AbortController()
    try {
      const { hash } = await uploadFile(next, abort.signal)
      problem.value = await attach(hash, next.name)
      if (!problem.value) file.value = null
    } catch (error) {
      if (isAbort(error)) file.value = null
      else if (error instanceof Problem && error.status) problem.value = error.message
      else {
        cut = true
        problem.value = offline()
      }
    } finally {
      sending.value = false
    }
  }

  const retry = () => (file.value ? send(file.value) : Promise.resolve())

  function drop() {
    abort.abort()
    file.value = null
    problem.value = ''
  }

  const resume = () => void (cut && !sending.value && retry())
  onMounted(() => window.addEventListener('online', resume))
  onBeforeUnmount(() => {
    window.removeEventListener('online', resume)
    abort.abort()
  })
  return { file, sending, problem, send, retry, drop }
}
