// What each command asks for, as data; the words come from the messages.
import type { CommandBody } from '@/api/cases'
import type { Case } from '@/api/types'

export type FieldType = 'line' | 'long' | 'user' | 'when' | 'yes_no' | 'offers' | 'csat' | 'outcome' | 'time_request' | 'words'

export interface FieldSpec {
  name: string
  type: FieldType
  required?: boolean
  /** The message that labels it, when not `form.<name>`. */
  label?: string
}

const reason: FieldSpec = { name: 'reason', type: 'long', required: true }
const reasonIfAny: FieldSpec = { name: 'reason', type: 'long' }
const note: FieldSpec = { name: 'note', type: 'long' }

export const FORMS: Record<string, FieldSpec[]> = {
  assign: [{ name: 'owner', type: 'user', required: true }],
  confirm_facets: [],
  verify_validity: [{ name: 'valid', type: 'yes_no', required: true }, reason],
  start_investigation: [{ name: 'question', type: 'long' }],
  propose: [
    { name: 'offers', type: 'offers', required: true },
    { name: 'summary', type: 'long', required: true },
    { name: 'core_position', type: 'long' },
  ],
  approve: [reasonIfAny],
  send_back: [reason],
  agree: [],
  remedy: [note],
  verify: [note],
  close: [
    { name: 'expected', type: 'long' },
    { name: 'received', type: 'long' },
    { name: 'outcome', type: 'outcome', required: true },
    { name: 'csat', type: 'csat' },
    { name: 'attempts', type: 'long' },
  ],
  follow_up: [{ ...note, required: true }, { name: 'satisfied', type: 'yes_no' }],
  reopen: [reason],
  refuse: [reason, { name: 'rule', type: 'line', required: true }],
  withdraw: [reasonIfAny],
  merge: [{ name: 'into', type: 'line', required: true }],
  link_parent: [{ name: 'parent', type: 'line', required: true }],
  promise: [
    { name: 'what', type: 'line', required: true },
    { name: 'until', type: 'when' },
  ],
  change_person: [{ name: 'owner', type: 'user', required: true }],
  change_place: [{ name: 'to', type: 'line', required: true, label: 'form.place' }],
  change_time: [{ name: 'to', type: 'line', required: true, label: 'form.time' }],
  apply_packs: [{ name: 'packs', type: 'words' }, reason],
  request_time: [{ name: 'what', type: 'time_request', required: true, label: 'form.what_time' }, reason, { name: 'notice', type: 'long' }],
  decide_time: [{ name: 'granted', type: 'yes_no', required: true }, reasonIfAny],
  resume_clock: [{ ...note, required: true }],
  unmerge: [reason],
  propose_statement: [{ name: 'text', type: 'long', required: true, label: 'form.statement' }],
  approve_statement: [],
  tell_prevention: [
    { name: 'action', type: 'line', required: true },
    { name: 'message', type: 'long' },
  ],
  unmask: [{ ...reason, label: 'form.unmask_reason' }],
}

/** Commands that have a place of their own: at a promise of the ledger, at the covered text, at the files. */
export const IN_PLACE = ['keep_promise', 'unmask', 'attach']

/** Commands that the reply editor sends. */
export const SPOKEN = ['acknowledge', 'send_message', 'report_progress', 'note']

const NEXT_BY_STATE: Record<string, string[]> = {
  received: ['acknowledge'],
  acknowledged: ['confirm_facets'],
  understood: ['propose'],
  investigating: ['propose'],
  proposed: ['approve', 'agree'],
  agreed: ['remedy'],
  remedied: ['verify'],
  verified: ['verify_validity', 'close'],
  closed: ['follow_up'],
}

interface Standing {
  state: string
  allowed: readonly string[]
  nature: string
  valid?: boolean | null
  proposal?: Case['proposal']
}

/** What decides about the next command of a case. */
export function standingOf(one: Case): Standing {
  return { state: one.state, allowed: one.allowed, nature: one.analysis.nature.value, valid: one.valid ?? null, proposal: one.proposal ?? null }
}

/**
 * The one command that moves the case on, if the caller may. A proposal that waits for approval is approved before the
 * customer agrees; a complaint that alleges a fault is verified and registered before it is closed.
 */
export function nextCommand({ state, allowed, nature, valid, proposal }: Standing): string | null {
  const waits = proposal?.needs_approval === true && proposal.approved_by == null
  const fits: Record<string, boolean> = { approve: waits, agree: !waits, verify_validity: nature === 'valid' && valid == null }
  const candidates = (NEXT_BY_STATE[state] ?? []).filter((command) => fits[command] ?? true)
  return candidates.find((command) => allowed.includes(command)) ?? null
}

/** The remedy that is never out of place, for plans that name none. */
export const PLAINEST = 'apology'

export interface Offer {
  remedy: string
  amount: string
}

export type FormValues = Record<string, string | Offer[]>

/** What a form starts with. */
export function startValues(command: string, one: Case): FormValues {
  const values: FormValues = {}
  for (const field of FORMS[command] ?? []) values[field.name] = field.type === 'offers' ? [] : ''
  if (command === 'propose') {
    const first = one.plan.redress.options[0]
    values.offers = [{ remedy: first?.remedy ?? PLAINEST, amount: first?.range?.least.amount ?? '' }]
    values.core_position = one.core_position ?? ''
  }
  if (command === 'apply_packs') values.packs = one.packs.join(' ')
  if (command === 'close') {
    values.expected = one.analysis.expectation.expected?.quote ?? ''
    values.received = one.proposal?.summary ?? ''
  }
  return values
}

function valueOf(field: FieldSpec, value: string | Offer[]): unknown {
  if (Array.isArray(value)) {
    return value.map(({ remedy, amount }) => (amount.trim() ? { remedy, amount: amount.trim() } : { remedy }))
  }
  if (field.type === 'yes_no') return value === 'true'
  if (field.type === 'words') return value.split(/[\s,，、]+/).filter(Boolean)
  if (field.type === 'csat') return Number(value)
  if (field.type === 'when') return new Date(value).toISOString()
  return value.trim()
}

function isBlank(value: string | Offer[] | undefined): boolean {
  return value === undefined || (Array.isArray(value) ? value.length === 0 : value.trim() === '')
}

/** The names of the required fields that are still blank. */
export function missingFields(command: string, values: FormValues): string[] {
  return (FORMS[command] ?? []).filter((field) => field.required && isBlank(values[field.name])).map(({ name }) => name)
}

/** The body of the command; blank fields are left out. */
export function bodyOf(command: string, values: FormValues): CommandBody {
  // An empty list of words is an answer: none.
  const fields = (FORMS[command] ?? []).filter((field) => field.type === 'words' || !isBlank(values[field.name]))
  const entries = fields.map((field) => [field.name, valueOf(field, values[field.name]!)])
  return { command, ...Object.fromEntries(entries) }
}
