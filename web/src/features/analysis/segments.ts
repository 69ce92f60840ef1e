// Cuts a text at the borders of spans, counted in code points, so that overlapping evidence can be painted.
export interface PaintSpan {
  start: number
  end: number
  /** What paints it: a facet key, `entities`, `found` or `quote`. */
  by: string
  /** Painted only while its facet is in the light. */
  quiet?: boolean
}

export interface Segment {
  text: string
  start: number
  by: string[]
  /** What paints it at rest. */
  loud: string[]
}

/** The pieces of the text in order; each names what paints it. Spans that leave the text are cut to it. */
export function segmentText(text: string, spans: readonly PaintSpan[]): Segment[] {
  const points = Array.from(text)
  const clean = spans
    .map((span) => ({ ...span, start: Math.max(0, span.start), end: Math.min(points.length, span.end) }))
    .filter((span) => span.start < span.end)
  const borders = new Set([0, points.length])
  for (const span of clean) borders.add(span.start).add(span.end)
  const sorted = [...borders].sort((a, b) => a - b)
  const byStart = [...clean].sort((a, b) => a.start - b.start)
  const segments: Segment[] = []
  let open: PaintSpan[] = []
  let next = 0
  for (let index = 0; index + 1 < sorted.length; index++) {
    const start = sorted[index]!
    const end = sorted[index + 1]!
    open = open.filter((span) => span.end > start)
    while (next < byStart.length && byStart[next]!.start <= start) open.push(byStart[next++]!)
    const by = [...new Set(open.map((span) => span.by))]
    const loud = by.filter((name) => open.some((span) => span.by === name && !span.quiet))
    segments.push({ text: points.slice(start, end).join(''), start, by, loud })
  }
  return segments
}
