// Numbers over many cases, and what is learned from them.
import { call } from './client'
import type { Breakdown, Causes, CauseWords, Dashboard, Economics, Lessons, OutbreakList, Process, Report, ReportSchedule, ReportShelf, RootCause, RootCauseList, Satisfaction, SilentList } from './types'

type Query = Record<string, string>

export function getDashboard(query: Query, signal: AbortSignal): Promise<Dashboard> {
  return call('/insight/dashboard', { query, signal })
}

export function getBreakdown(query: Query, signal: AbortSignal): Promise<Breakdown> {
  return call('/insight/breakdown', { query, signal })
}

export function getOutbreaks(signal: AbortSignal): Promise<OutbreakList> {
  return call('/insight/outbreaks', { signal })
}

export function getSilent(signal: AbortSignal): Promise<SilentList> {
  return call('/insight/silent', { signal })
}

export function getCauses(query: Query, signal: AbortSignal): Promise<Causes> {
  return call('/insight/causes', { query, signal })
}

export function getEconomics(query: Query, signal: AbortSignal): Promise<Economics> {
  return call('/insight/economics', { query, signal })
}

export function getProcess(query: Query, signal: AbortSignal): Promise<Process> {
  return call('/insight/process', { query, signal })
}

export function getSatisfaction(query: Query, signal: AbortSignal): Promise<Satisfaction> {
  return call('/insight/satisfaction', { query, signal })
}

export function getLessons(query: Query, signal: AbortSignal): Promise<Lessons> {
  return call('/insight/lessons', { query, signal })
}

export function getReport(query: Query, signal: AbortSignal): Promise<Report> {
  return call('/insight/report', { query, signal })
}

export function getReports(signal: AbortSignal): Promise<ReportShelf> {
  return call('/insight/reports', { signal })
}

export function scheduleReports(schedule: ReportSchedule): Promise<ReportShelf> {
  return call('/insight/reports/schedule', { method: 'POST', body: schedule })
}

export function listRootCauses(signal: AbortSignal): Promise<RootCauseList> {
  return call('/insight/root-causes', { signal })
}

export function addRootCause(words: CauseWords): Promise<RootCause> {
  return call('/insight/root-causes', { method: 'POST', body: words })
}

export function changeRootCause(id: string, version: number, words: CauseWords): Promise<RootCause> {
  return call(`/insight/root-causes/${encodeURIComponent(id)}`, { method: 'POST', body: words, version })
}

export function tellCustomers(id: string, version: number): Promise<RootCause> {
  return call(`/insight/root-causes/${encodeURIComponent(id)}/tell`, { method: 'POST', version })
}
