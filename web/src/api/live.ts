// What changes at the desk, as it happens. The browser resumes a broken line by itself with Last-Event-ID.
export interface CaseChanged {
  id: string
  number: string
  version: number
  state: string
  kind: string
}

export interface LiveHandlers {
  onCase(change: CaseChanged): void
  onLine(up: boolean): void
}

/** Listens to the server until the returned function is called. */
export function listen(handlers: LiveHandlers): () => void {
  const source = new EventSource('/api/v1/events')
  source.addEventListener('open', () => handlers.onLine(true))
  source.addEventListener('error', () => handlers.onLine(false))
  source.addEventListener('case', (event) => {
    handlers.onCase(JSON.parse((event as MessageEvent<string>).data) as CaseChanged)
  })
  return () => source.close()
}
