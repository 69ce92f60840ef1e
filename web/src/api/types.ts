// The JSON shapes of /api/v1 by the names the pages use.
export interface Quote {
  start: number
  end: number
  quote: string
}

export type Tier = 'rules' | 'model' | 'encoder' | 'llm' | 'person'

export interface Finding {
  value: string
  p: number
  evidence: Quote[]
  tier: Tier
}

/** What a derived value follows from: a facet key, the channel, or a quote. */
export type Because = string | Quote | { person: string }

export interface Derived {
  value: string
  p: number
  tier: Tier
  because: Because[]
}

export interface Analysis {
  id?: string
  engine: string
  complaint: { value: boolean; p: number; evidence: Quote[]; tier: Tier }
  psychology: {
    primary: string
    secondary: string | null
    p: Record<string, number>
    evidence: Quote[]
    tier: Tier
  }
  motives: Finding[]
  emotion: { stage: string; intensity: number; p: number; evidence: Quote[]; tier: Tier }
  subjects: Finding[]
  nature: Finding
  stance: Derived
  anger_type: Derived
  behavior: Derived
  causes: Finding[]
  risks: Finding[]
  temperament: Derived
  needs: { basic: string[]; special: string[]; rational: string[]; emotional: string[]; maslow: string | null }
  expectation: {
    expected: Quote | null
    received: Quote | null
    outcome: string
    p: number
    tier: Tier
    evidence: Quote[]
    promises: (Quote & { by: string; until: string; broken: boolean })[]
  }
  entities: Entity[]
  doubts: string[]
}

export interface Entity extends Quote {
  kind: string
  value: unknown
}

export interface PlanReason {
  facet: string
  value: string
  quote?: Quote | null
}

export interface PlanStep {
  id: string
  appeal: string
  stage: string
  do: string
  dont: string[]
  phrases: string[]
  because: PlanReason[]
}

export interface Money {
  amount: string
  currency: string
}

export interface RedressOption {
  remedy: string
  range: { least: Money; most: Money } | null
  because: string
}

export interface Plan {
  summary: string
  steps: PlanStep[]
  redress: { options: RedressOption[]; authority: Money; because: string }
  escalate: { to: string; because: string } | null
  acknowledgement: string
  playbook_version: string
}

export interface Person {
  id: string
  name: string
  role?: string
}

export interface Matter {
  product: string | null
  batch: string | null
  site: string | null
  team: string | null
  order: string | null
}

export interface Clock {
  kind: string
  policy: string
  started_at: string
  near_at: string
  due_at: string
  state: string
  because: string
}

export interface CasePromise {
  number: number
  by: string
  what: string
  until: string | null
  made_at: string
  state: string
  quote: Quote | null
}

export interface Check {
  rule: string
  state: string
  because: string
}

export interface Case {
  id: string
  number: string
  version: number
  state: string
  title: string
  text: string
  masked: boolean
  channel: string
  matter: Matter
  customer: { id: string; name: string; loyalty: string } | null
  owner: Person | null
  analysis: Analysis
  plan: Plan
  earlier_natures: string[]
  valid: boolean | null
  severity: number
  severity_because: string[]
  priority: number
  deadlines: Clock[]
  promises: CasePromise[]
  checks: Check[]
  core_position: string | null
  proposal: {
    offers: { remedy: string; amount: Money | null }[]
    summary: string
    by: Person | null
    at: string
    needs_approval: boolean
    approved_by: Person | null
  } | null
  closure: {
    expected: string
    received: string
    outcome: string
    csat: number | null
    attempts: string | null
    at: string
  } | null
  changes: string[]
  allowed: string[]
  reopened: number
  demo: boolean
  received_at: string
  opened_at: string
  updated_at: string
}

export interface CaseRow {
  id: string
  number: string
  title: string
  excerpt: string
  highlights: [number, number][]
  channel: string
  state: string
  severity: number
  priority: number
  psychology: string
  emotion: string
  intensity: number
  nature: string
  subjects: string[]
  risks: string[]
  customer: { id: string; name: string } | null
  owner: Person | null
  matter: Matter
  next_deadline: { kind: string; due_at: string; state: string } | null
  opened_at: string
  updated_at: string
  demo: boolean
}

export interface CasePage {
  items: CaseRow[]
  next_cursor: string | null
  total: number
}

export interface CaseEvent {
  sequence: number
  index: number
  at: string
  actor: Person | null
  kind: string
  summary: string
  data: unknown
}

export interface Message {
  direction: string
  text: string
  channel: string
  by: Person | null
  at: string
}

export interface MessageFinding {
  rule: string
  severity: 'block' | 'warn'
  quote: Quote | null
  because: string
}

export interface Count {
  key: string
  count: number
}

export interface Dashboard {
  volume: { day: string; count: number }[]
  open: number
  closed: number
  facets: Record<string, Count[]>
  clocks: { running: number; near: number; breached: number; met: number }
  outcomes: Count[]
  csat: { n: number; mean: number | null }
  backlog_by_owner: { owner: string | null; count: number }[]
  by_product: Count[]
  first_response: { n: number; median_hours: number | null; within_24h: number }
}

export interface Me {
  id: string
  name: string
  login: string
  role: string
  language: string
  csrf: string | null
}

export interface LegendValue {
  key: string
  zh: string
  en: string
  meaning_zh: string
  meaning_en: string
}

export interface Legend {
  vocabularies: Record<string, { row: string; zh: string; en: string; values: LegendValue[] }>
}

export interface ProblemBody {
  type?: string
  title: string
  status: number
  detail?: string
  code?: string
  errors?: { field: string; message: string }[]
  current?: Case
}

export interface CustomerCard {
  id: string
  name: string
  phone: string | null
  email: string | null
  loyalty: string
  since: string
  demo: boolean
  cases: {
    id: string
    number: string
    title: string
    channel: string
    state: string
    opened_at: string
    outcome: string | null
  }[]
  purchases: { at: string; amount: Money; product: string }[]
  remedies: { case_id: string; remedy: string; amount: Money | null; at: string }[]
}
