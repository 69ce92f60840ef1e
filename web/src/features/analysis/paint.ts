// How a piece of text is painted: one thin underline per facet, and a wash for the facet in the light.
import { PAINTED, toneOf } from './facets'
import type { Segment } from './segments'

const UNDERLINES = 2
const LINE_PX = 2

/** The style of a piece: at rest its loudest facets, or the one facet in the light. */
export function paintOf(segment: Segment, active: string | null | undefined): Record<string, string> {
  const facets = active ? segment.by.filter((by) => by === active) : PAINTED.filter((facet) => segment.loud.includes(facet))
  const tones = facets.slice(0, UNDERLINES).map(toneOf)
  if (tones.length === 0) return {}
  return {
    backgroundImage: tones.map((tone) => `linear-gradient(${tone}, ${tone})`).join(','),
    backgroundSize: tones.map(() => `100% ${LINE_PX}px`).join(','),
    backgroundPosition: tones.map((_, index) => `0 calc(100% - ${index * (LINE_PX + 1)}px)`).join(','),
    backgroundColor: active ? `color-mix(in oklab, ${tones[0]} 22%, transparent)` : 'transparent',
  }
}
