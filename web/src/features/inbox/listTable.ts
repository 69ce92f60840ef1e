// The list as a table for a spreadsheet.
import type { CaseRow } from '@/api/types'
import { absolute } from '@/ui/time'
import { useLegend } from '../legend/legend'

type Say = (key: string) => string

export function useListTable(t: Say, locale: () => string) {
  const legend = useLegend()

  function head(): string[] {
    const heading = (vocabulary: string) => legend.heading(vocabulary)
    return [
      t('board.number'),
      t('customers.title_of_case'),
      ...['state', 'severity', 'priority', 'psychology', 'emotion', 'subject', 'risk', 'channel'].map(heading),
      t('case.owner'),
      t('customers.name'),
      t('customers.product'),
      t('customers.opened'),
      t('board.clock'),
      t('board.due'),
    ]
  }

  function cells(row: CaseRow): string[] {
    const many = (vocabulary: string, keys: readonly string[]) => keys.map((key) => legend.name(vocabulary, key)).join(t('common.comma'))
    const clock = row.next_deadline
    return [
      row.number,
      row.title,
      legend.name('state', row.state),
      legend.name('severity', row.severity),
      legend.name('priority', row.priority),
      legend.name('psychology', row.psychology),
      legend.name('emotion', row.emotion),
      many('subject', row.subjects),
      many('risk', row.risks),
      legend.name('channel', row.channel),
      row.owner?.name ?? '',
      row.customer?.name ?? '',
      row.matter.product ?? '',
      absolute(row.opened_at, locale()),
      clock ? legend.name('deadline_kind', clock.kind) : '',
      clock ? absolute(clock.due_at, locale()) : '',
    ]
  }

  return { head, cells }
}
