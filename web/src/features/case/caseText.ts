// A case as plain text, to be pasted into a letter, a chat or a report.
import type { Case, CaseEvent } from '@/api/types'
import { absolute } from '@/ui/time'
import { facetsOf } from '../analysis/facets'
import { useLegend } from '../legend/legend'
import { isTicking } from '../deadline/clock'
import { wordsOf } from './conflictSides'
import { daysOf } from './timeline'

type Say = (key: string, named?: Record<string, unknown>) => string

function section(title: string, lines: string[]): string[] {
  return lines.length ? ['', `【${title}】`, ...lines] : []
}

/** The case in words: what was said, what was read, what is due, what is proposed, what happened. */
export function caseText(one: Case, events: readonly CaseEvent[], t: Say, locale: string): string {
  const legend = useLegend()
  const facets = facetsOf(one.analysis).flatMap((facet) => {
    const names = facet.items.map((item) => (facet.shape === 'yes_no' ? t(item.key === 'true' ? 'facet.yes' : 'facet.no') : legend.name(facet.vocabulary, item.key)))
    return names.length ? [`${legend.name('facet', facet.key)}${t('common.colon')}${names.join(t('common.comma'))}`] : []
  })
  const clocks = one.deadlines.filter(isTicking).map((clock) => `${legend.name('deadline_kind', clock.kind)}${t('common.colon')}${absolute(clock.due_at, locale)} · ${clock.because}`)
  const promises = one.promises.map((promise) => `${legend.name('promise_state', promise.state)} ${promise.what}${promise.until ? ` · ${absolute(promise.until, locale)}` : ''}`)
  const steps = one.plan.steps.map((step, index) => `${index + 1}. ${step.do}`)
  const story = daysOf(events, false)
    .flatMap(({ entries }) => entries)
    .reverse()
    .map(({ event }) => [`${absolute(event.at, locale)} ${event.actor?.name ?? t('timeline.system')} ${event.summary}`, wordsOf(event)].filter(Boolean).join('\n  '))
  return [
    `${one.number} ${one.title}`,
    [legend.name('state', one.state), `${legend.heading('severity')} ${legend.name('severity', one.severity)}`, one.owner?.name ?? t('inbox.unowned')].join(' · '),
    `${legend.name('channel', one.channel)} · ${absolute(one.received_at, locale)}`,
    ...section(t('case.words'), [one.text]),
    ...section(t('reading.title'), facets),
    ...section(t('clock.title'), clocks),
    ...section(t('case.promises'), promises),
    ...section(t('plan.title'), [one.plan.summary, ...steps]),
    ...section(t('timeline.title'), story),
  ].join('\n')
}
