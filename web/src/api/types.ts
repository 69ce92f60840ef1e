// The JSON shapes of /api/v1 by the names the pages use; `npm run types` makes them anew from openapi.json.
import type { Because, Facet, Problem, Quote, Tier } from './schema'

export type {
  DeliveryList,
  FileReading,
  FileRow,
  ImportAnswer,
  ValueCounts,
  Webhook,
  WebhookList,
  Account,
  AccountChange,
  AccountRequest,
  Analysis,
  Assessment,
  Assignee,
  Because,
  Board,
  BoardClock,
  BoardDecision,
  Breakdown,
  Case,
  CaseEvent,
  CasePage,
  CaseRow,
  Causes,
  CauseWords,
  Check,
  Consent,
  ConversationPage,
  ConversationView,
  CustomerCard,
  CustomerPage,
  CustomerRow,
  Dashboard,
  DemoFilled,
  DeskFacts,
  FairnessReport,
  Economics,
  Figure,
  Deadline as Clock,
  Document as SettingsDocument,
  DocumentChange,
  DocumentEdit,
  DocumentList,
  Doing,
  Duplicate,
  Legend,
  Lessons,
  TrainingNeed,
  LegendValue,
  LiveEvent as CaseChanged,
  Me,
  Message,
  MessageCheck,
  MessageFinding,
  Money,
  Outbreak,
  OutbreakList,
  Phrases,
  OptionEdit,
  Plan,
  PlanReason,
  PlanStep,
  Presence,
  Present,
  Preset,
  PresetRequest,
  Preview,
  PrivacySettings,
  ProfileRequest,
  Progress,
  VerdictRequest,
  Process,
  Promise as CasePromise,
  Quote,
  QuotedCase,
  Report,
  ReportFinding,
  ReportSchedule,
  ReportShelf,
  RootCause,
  RootCauseList,
  RecoveryCodes,
  Satisfaction,
  SecondFactorOffer,
  SecondFactorState,
  SessionRow,
  SilentList,
  RedressAdvice,
  RevisionList,
  RevisionRow,
  RulePack,
  SetupRequest,
  StaffProfile,
  Tier,
  Token,
  TokenRow,
  TrailLine,
  UploadedFile,
  User,
} from './schema'
export type { Matter, NewCustomer } from './schema'
export type { Advice as TalkAdvice, TurnReview as TalkTurn, TurningPoint as TalkTurningPoint } from './schema'

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
