// What changes at the desk, as it happens. A broken line is resumed by the browser with Last-Event-ID; a refused one is asked for again.
import type { CaseChanged, Presence } from './types'

export interface LiveHandlers {
  onCase(change: CaseChanged): void
  onPresence(presence: Presence): void
  onLine(up: boolean): void
  /** The line was opened anew: anything may have changed meanwhile. */
  onGap(): void
}

const AGAIN_MS = 5000

/** Listens to the server until the returned function is called. */
export function listen(handlers: LiveHandlers): () => void {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined

  function open(anew: boolean): void {
    source = new EventSource('/api/v1/events')
    source.addEventListener('open', () => {
      handlers.onLine(true)
      if (anew) handlers.onGap()
      anew = false
    })
    source.addEventListener('error', () => {
      handlers.onLine(false)
      // The browser gives up for good when the answer was no stream.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(() => open(true), AGAIN_MS)
    })
    source.addEventListener('case', (event) => {
      handlers.onCase(JSON.parse((event as MessageEvent<string>).data) as CaseChanged)
    })
    source.addEventListener('presence', (event) => {
      handlers.onPresence(JSON.parse((event as MessageEvent<string>).data) as Presence)
    })
  }

  // A machine that finds its network again need not wait for the next try.
  const onNetwork = () => {
    source.close()
    clearTimeout(timer)
    open(true)
  }
  // A stream over a dead network stays open for a while and says nothing.
  const onDead = () => handlers.onLine(false)
  window.addEventListener('online', onNetwork)
  window.addEventListener('offline', onDead)
  open(false)
  return () => {
    window.removeEventListener('online', onNetwork)
    window.removeEventListener('offline', onDead)
    clearTimeout(timer)
    source.close()
  }
}
