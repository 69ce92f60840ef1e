// Subscriptions of other systems to what happens at the desk.
import { call } from './client'
import type { DeliveryList, Webhook, WebhookList } from './types'

export function listWebhooks(): Promise<WebhookList> {
  return call('/webhooks')
}

export function addWebhook(url: string, events: string[]): Promise<Webhook> {
  return call('/webhooks', { method: 'POST', body: { url, events } })
}

export function changeWebhook(id: string, change: { active?: boolean; url?: string; events?: string[] }): Promise<Webhook> {
  return call(`/webhooks/${encodeURIComponent(id)}`, { method: 'POST', body: change })
}

export function removeWebhook(id: string): Promise<void> {
  return call(`/webhooks/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

export function listDeliveries(id: string): Promise<DeliveryList> {
  return call(`/webhooks/${encodeURIComponent(id)}/deliveries`)
}

/** Sends everything after a place in the history again. */
export function replayWebhook(id: string, after: number): Promise<Webhook> {
  return call(`/webhooks/${encodeURIComponent(id)}/replay`, { method: 'POST', body: { after } })
}
