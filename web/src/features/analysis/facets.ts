// An analysis as a list of facets that all look alike to the page.
import type { Analysis, Because, Derived, Finding, Quote, Tier } from '@/api/types'
import type { PaintSpan } from './segments'

export interface FacetItem {
  key: string
  p: number | null
  /** A second goal beside the first. */
  minor?: boolean
}

export type Shape = 'yes_no' | 'one' | 'many' | 'psychology' | 'emotion' | 'fixed'

export interface Facet {
  key: string
  /** The vocabulary its values come from. */
  vocabulary: string
  shape: Shape
  items: FacetItem[]
  evidence: Quote[]
  /** The evidence of findings that are close calls. */
  unsure: Quote[]
  tier: Tier
  because: Because[]
  /** The strength of the feeling, for emotion. */
  intensity?: number
}

/** Which vocabulary names the values of a facet. */
export const VOCABULARY: Record<string, string> = {
  psychology: 'psychology',
  motives: 'motive',
  emotion: 'emotion',
  subjects: 'subject',
  nature: 'nature',
  stance: 'stance',
  anger_type: 'anger_type',
  behavior: 'behavior',
  causes: 'cause',
  risks: 'risk',
  temperament: 'temperament',
  expectation: 'outcome',
}

/** Facets that paint the text, in the order in which they lie on top of each other. */
export const PAINTED = ['psychology', 'motives', 'emotion', 'subjects', 'nature', 'causes', 'risks', 'expectation', 'complaint']

/** Facets that sum up what others say; at rest their evidence would paint the same words again. */
const SUMMARIES = ['complaint', 'nature']
/** Findings less likely than this are not painted at rest. */
const LOUD_P = 0.5

/** The token that colors a facet. */
export function toneOf(facet: string): string {
  return PAINTED.includes(facet) ? `var(--facet-${facet})` : 'var(--facet-style)'
}

function many(key: string, findings: Finding[]): Facet {
  return {
    key,
    vocabulary: VOCABULARY[key] ?? key,
    shape: 'many',
    items: findings.map((finding) => ({ key: finding.value, p: finding.p })),
    evidence: findings.flatMap((finding) => finding.evidence),
    unsure: findings.filter((finding) => finding.p < LOUD_P).flatMap((finding) => finding.evidence),
    tier: findings[0]?.tier ?? 'model',
    because: [],
  }
}

function derived(key: string, facet: Derived, shape: Shape): Facet {
  const items = [{ key: facet.value, p: facet.p }]
  return { key, vocabulary: VOCABULARY[key] ?? key, shape, items, evidence: [], unsure: [], tier: facet.tier, because: facet.because }
}

function psychologyOf({ psychology }: Analysis): Facet {
  const items: FacetItem[] = [{ key: psychology.primary, p: psychology.p[psychology.primary] ?? null }]
  if (psychology.secondary) {
    // A person names a second goal without a probability.
    const p = psychology.tier === 'person' ? null : (psychology.p[psychology.secondary] ?? null)
    items.push({ key: psychology.secondary, p, minor: true })
  }
  const { evidence, tier } = psychology
  return { key: 'psychology', vocabulary: 'psychology', shape: 'psychology', items, evidence, unsure: [], tier, because: [] }
}

function expectationOf({ expectation }: Analysis): Facet {
  const pair = [expectation.expected, expectation.received].filter((quote): quote is Quote => Boolean(quote))
  const others = expectation.evidence
  const items = [{ key: expectation.outcome, p: expectation.p }]
  return { key: 'expectation', vocabulary: 'outcome', shape: 'one', items, evidence: [...pair, ...others], unsure: others, tier: expectation.tier, because: [] }
}

/** All facets in reading order. */
export function facetsOf(analysis: Analysis): Facet[] {
  const { complaint, emotion, nature } = analysis
  return [
    psychologyOf(analysis),
    many('motives', analysis.motives),
    {
      key: 'emotion',
      vocabulary: 'emotion',
      shape: 'emotion',
      items: [{ key: emotion.stage, p: emotion.p }],
      evidence: emotion.evidence,
      unsure: [],
      tier: emotion.tier,
      because: [],
      intensity: emotion.intensity,
    },
    many('subjects', analysis.subjects),
    {
      key: 'nature',
      vocabulary: 'nature',
      shape: 'one',
      items: [{ key: nature.value, p: nature.p }],
      evidence: nature.evidence,
      unsure: [],
      tier: nature.tier,
      because: [],
    },
    many('causes', analysis.causes),
    many('risks', analysis.risks),
    expectationOf(analysis),
    derived('stance', analysis.stance, 'one'),
    derived('anger_type', analysis.anger_type, 'one'),
    derived('behavior', analysis.behavior, 'fixed'),
    derived('temperament', analysis.temperament, 'one'),
    {
      key: 'complaint',
      vocabulary: '',
      shape: 'yes_no',
      items: [{ key: String(complaint.value), p: complaint.p }],
      evidence: complaint.evidence,
      unsure: [],
      tier: complaint.tier,
      because: [],
    },
  ]
}

export type EvidenceSpan = PaintSpan & Quote

/** The evidence of all facets as spans. */
export function evidenceOf(analysis: Analysis): EvidenceSpan[] {
  return facetsOf(analysis).flatMap((facet) =>
    facet.evidence.map((quote) => ({ ...quote, by: facet.key, quiet: SUMMARIES.includes(facet.key) || facet.unsure.includes(quote) })),
  )
}

/** Everything that paints the text: evidence of the facets and the particulars. */
export function spansOf(analysis: Analysis): PaintSpan[] {
  const entities = analysis.entities.map(({ start, end }) => ({ start, end, by: 'entities' }))
  return [...evidenceOf(analysis), ...entities]
}
