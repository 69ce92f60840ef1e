import { expect, it } from 'vitest'
import { csvOf } from './table'

it('quotes what needs it and disarms formulas', () => {
  expect(csvOf([['产品', '件数'], ['净水器,"大"', 3], ['=HYPERLINK("x")', 1]])).toBe(
    '\uFEFF产品,件数\r\n"净水器,""大""",3\r\n"\'=HYPERLINK(""x"")",1\r\n',
  )
})
