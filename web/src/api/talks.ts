// Conversations over HTTP.
import { call } from './client'
import type { ConversationPage, ConversationView } from './types'

export interface TurnBody {
  role: string
  text: string
}

const path = (id: string, rest: string) => `/conversations/${encodeURIComponent(id)}/${rest}`

export function listTalks(agent?: string): Promise<ConversationPage> {
  return call('/conversations', { query: { agent } })
}

export function openTalk(turns: TurnBody[]): Promise<ConversationView> {
  return call('/conversations', { method: 'POST', body: { channel: 'chat', turns } })
}

export function addTurn(id: string, after: number, turn: TurnBody): Promise<ConversationView> {
  return call(path(id, 'turns'), { method: 'POST', body: { after, turns: [turn] } })
}

export function getTalk(id: string): Promise<ConversationView> {
  return call(path(id, 'review'))
}

export function appeal(id: string, rule: string, reason: string): Promise<ConversationView> {
  return call(path(id, 'appeals'), { method: 'POST', body: { rule, reason } })
}

export function decideAppeal(id: string, rule: string, upheld: boolean, reason: string): Promise<ConversationView> {
  return call(path(id, 'decisions'), { method: 'POST', body: { rule, upheld, reason } })
}

/** Calls back when the conversation has more than `turns` turns, until the returned function is called. */
export function followTalk(id: string, turns: number, onGrown: () => void): () => void {
  const source = new EventSource(`/api/v1${path(id, 'events')}`)
  const hear = (event: MessageEvent) => {
    const now = Number(event.lastEventId)
    if (now > turns) onGrown()
    turns = Math.max(turns, now)
  }
  source.addEventListener('advice', hear)
  source.addEventListener('silence', hear)
  return () => source.close()
}
