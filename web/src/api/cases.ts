// Cases over HTTP.
import { call } from './client'
import type { Assignee, Case, CaseEvent, CasePage, Duplicate, Matter, Message, MessageCheck, RedressAdvice, UploadedFile, User } from './types'

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

export function listCases(filters: Filters, cursor?: string | null, limit = 60, signal?: AbortSignal): Promise<CasePage> {
  return call('/cases', { query: { ...filters, cursor, limit }, ...(signal ? { signal } : {}) })
}

export function openCase(intake: Intake): Promise<Case> {
  return call('/cases', { method: 'POST', body: intake })
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

export function sendCommand(id: string, version: number, body: CommandBody): Promise<Case> {
  return call(`/cases/${encodeURIComponent(id)}/commands`, { method: 'POST', body, version })
}

export function checkMessage(text: string, caseId: string, signal: AbortSignal): Promise<MessageCheck> {
  return call('/messages/check', { method: 'POST', body: { text, case_id: caseId }, signal })
}

export function listUsers(): Promise<User[]> {
  return call('/users')
}

export function uploadFile(file: Blob): Promise<UploadedFile> {
  return call('/attachments', { method: 'POST', body: file })
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
