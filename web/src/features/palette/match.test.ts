import { expect, it } from 'vitest'
import { fit, initialsOf } from './match'

it('knows the initials of pinyin', () => {
  expect(initialsOf('收件箱')).toBe('sjx')
  expect(initialsOf('看板')).toBe('kb')
  expect(initialsOf('全部未结 A1')).toBe('qbwj a1')
  expect(initialsOf('指派')).toBe('zp')
  expect(initialsOf('核实并登记')).toBe('hsbdj')
})

it('prefers the beginning, then the inside, then initials, then letters in order', () => {
  const fits = ['收件箱', '客户收件', '事件小结'].map((name) => fit('收件', name))
  expect(fits).toEqual([5, 4, 0])
  expect(fit('sjx', '收件箱')).toBe(3)
  expect(fit('jx', '收件箱')).toBe(2)
  expect(fit('dshb', 'Dashboard')).toBe(1)
  expect(fit('xyz', 'Dashboard')).toBe(0)
  expect(fit('', 'anything')).toBe(1)
})
