import { expect, it } from 'vitest'
import { intakeOf, type IntakeDraft } from './draft'

const draft: IntakeDraft = {
  text: ' 我要退款\n',
  channel: 'phone',
  title: '',
  name: ' ',
  phone: '',
  product: ' 净水器 ',
  order: '',
  site: '',
  team: '',
  batch: '',
}

it('leaves blank fields out and the words of the customer as they are', () => {
  expect(intakeOf(draft)).toEqual({ text: ' 我要退款\n', channel: 'phone', matter: { product: '净水器' } })
})

it('names the customer when one is known', () => {
  expect(intakeOf({ ...draft, name: '刘女士', title: '滤芯' })).toMatchObject({ title: '滤芯', customer: { name: '刘女士' } })
})
