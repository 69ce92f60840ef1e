// How a piece of text is painted: one thin underline per facet, and a wash for the facet in the light.
import { PAINTED, toneOf } from './facets'

const UNDERLINES = 3
const LINE_PX = 2

/** The style of a piece painted by these facets; while one is in the light, only it shows. */
export function paintOf(by: readonly string[], active: string | null | undefined): Record<string, string> {
  const facets = PAINTED.filter((facet) => by.includes(facet) && (!active || facet === active))
  const tones = facets.slice(0, UNDERLINES).map(toneOf)
  if (tones.length === 0) return {}
  return {
    backgroundImage: tones.map((tone) => `linear-gradient(${tone}, ${tone})`).join(','),
    backgroundSize: tones.map(() => `100% ${LINE_PX}px`).join(','),
    backgroundPosition: tones.map((_, index) => `0 calc(100% - ${index * (LINE_PX + 1)}px)`).join(','),
    backgroundColor: active ? `color-mix(in oklab, ${tones[0]} 22%, transparent)` : 'transparent',
  }
}
