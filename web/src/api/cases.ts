// Cases over HTTP.
import { call } from './client'
import type { Assignee, Case, CaseEvent, CasePage, Doing, Duplicate, Matter, Message, MessageCheck, Presence, RedressAdvice, UploadedFile, User, ValueCounts } from './types'

export type Filters = Record<string, string>

export interface Intake {
  text: string
  channel: string
  title?: string
  customer?: { name?: string; phone?: string }
  matter?: Partial<Matter>
  received_at?: string
}

export interface CommandBody {
  command: string
  [field: string]: unknown
}

/** One page of the list, `skip` rows from its beginning. */
export function listCases(filters: Filters, skip = 0, limit = 60, signal?: AbortSignal): Promise<CasePage> {
  return call('/cases', { query: { ...filters, skip: skip || undefined, limit }, ...(signal ? { signal } : {}) })
}

/** How many cases each value of a facet would list, with all other filters as they are. */
export function countCases(facet: string, filters: Filters): Promise<ValueCounts> {
  return call(`/cases/counts/${facet}`, { query: filters })
}

export function getCase(id: string): Promise<Case> {
  return call(`/cases/${encodeURIComponent(id)}`)
}

export function getEvents(id: string): Promise<{ items: CaseEvent[] }> {
  return call(`/cases/${encodeURIComponent(id)}/events`)
}

export function getMessages(id: string): Promise<{ items: Message[] }> {
  return call(`/cases/${encodeURIComponent(id)}/messages`)
}

export function getAdvice(id: string): Promise<RedressAdvice> {
  return call(`/cases/${encodeURIComponent(id)}/redress`)
}

/** Where commands upon a case go. */
export const commandPath = (id: string) => `/cases/${encodeURIComponent(id)}/commands`

export function sendCommand(id: string, version: number, body: CommandBody, key?: string): Promise<Case> {
  return call(commandPath(id), { method: 'POST', body, version, ...(key ? { key } : {}) })
}

/** Tells what one does at a case; answers who is there. Nobody is sent away to log in for that. */
export function notePresence(id: string, doing: Doing): Promise<Presence> {
  return call(`/cases/${encodeURIComponent(id)}/presence`, { method: 'POST', body: { doing }, keepalive: doing === 'gone', anonymous: true })
}

export function checkMessage(text: string, caseId: string, signal: AbortSignal): Promise<MessageCheck> {
  return call('/messages/check', { method: 'POST', body: { text, case_id: caseId }, signal })
}

export function listUsers(): Promise<User[]> {
  return call('/users')
}

export function uploadFile(file: Blob, signal: AbortSignal): Promise<UploadedFile> {
  return call('/attachments', { method: 'POST', body: file, signal })
}

/** Where the browser finds a file of a case. */
export function fileAddress(caseId: string, hash: string): string {
  return `/api/v1/cases/${encodeURIComponent(caseId)}/attachments/${hash}`
}

export function listDuplicates(id: string): Promise<Duplicate[]> {
  return call(`/cases/${encodeURIComponent(id)}/duplicates`)
}

export function listAssignees(id: string): Promise<Assignee[]> {
  return call(`/cases/${encodeURIComponent(id)}/assignees`)
}

export function makeProgressLink(id: string): Promise<{ path: string; expires_at: string }> {
  return call(`/cases/${encodeURIComponent(id)}/progress-link`, { method: 'POST', body: {} })
}
