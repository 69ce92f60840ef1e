// Who else is at this case, and telling the others what one does here oneself.
import { onBeforeUnmount, onMounted, shallowRef, watch, computed, type Ref } from 'vue'
import { notePresence } from '@/api/cases'
import type { Doing, Present } from '@/api/types'
import { useSession } from '../session/session'
import { useLive } from '../shell/live'

const AGAIN_MS = 15_000

export function usePresence(id: Ref<string>, writing: Ref<boolean>) {
  const people = shallowRef<Present[]>([])
  const session = useSession()
  let timer: ReturnType<typeof setInterval> | undefined
  /** The case one sits at; the address may be another by the time one leaves. */
  let seat = id.value

  async function tell(doing: Doing): Promise<void> {
    // Somebody who only has the page open in the back of the browser is not there.
    if (document.hidden && doing !== 'gone') return
    const at = seat
    const answer = await notePresence(at, doing).catch(() => null)
    if (answer && at === seat) people.value = answer.people
  }

  const now = () => (writing.value ? 'writing' : 'viewing')
  const leave = () => void tell('gone')
  const onVisible = () => void tell(document.hidden ? 'gone' : now())

  onMounted(() => {
    void tell(now())
    timer = setInterval(() => void tell(now()), AGAIN_MS)
    document.addEventListener('visibilitychange', onVisible)
    window.addEventListener('pagehide', leave)
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onVisible)
    window.removeEventListener('pagehide', leave)
    leave()
  })
  watch(writing, () => void tell(now()))
  watch(id, (next) => {
    people.value = []
    leave()
    seat = next
    void tell(now())
  })
  useLive().watchPresence((presence) => {
    if (presence.case === seat) people.value = presence.people
  })

  const others = computed(() => people.value.filter((person) => person.id !== session.me?.id))
  return { others }
}
