// The JSON shapes of /api/v1 by the names the pages use; `npm run types` makes them anew from openapi.json.
import type { Because, Facet, Problem, Quote, Tier } from './schema'

export type {
  Analysis,
  Assignee,
  Because,
  Case,
  CaseEvent,
  CasePage,
  CaseRow,
  Check,
  CustomerCard,
  Dashboard,
  Deadline as Clock,
  Document as SettingsDocument,
  DocumentChange,
  DocumentEdit,
  DocumentList,
  Duplicate,
  Legend,
  LegendValue,
  LiveEvent as CaseChanged,
  Me,
  Message,
  MessageCheck,
  MessageFinding,
  Money,
  OptionEdit,
  Plan,
  PlanReason,
  PlanStep,
  Preview,
  Progress,
  Promise as CasePromise,
  Quote,
  RedressAdvice,
  RevisionList,
  RevisionRow,
  Tier,
  UploadedFile,
  User,
} from './schema'
export type { Matter, NewCustomer } from './schema'

/** The key of a facet, as in the legend. */
export type FacetKey = Facet

/** What findings of all facets have in common. */
export interface Finding {
  value: string
  p: number
  evidence: Quote[]
  tier: Tier
}

/** What derived values of all facets have in common. */
export interface Derived {
  value: string
  p: number
  tier: Tier
  because: Because[]
}

/** A person in an event or a list. */
export interface Person {
  id: string
  name: string
  role?: string
}

/** What the server says when it says no; the title alone when nobody could be reached. */
export type ProblemBody = Partial<Problem> & Pick<Problem, 'title' | 'status'>
