import { expect, it } from 'vitest'
import { bodyOf, missingFields, nextCommand } from './commandForms'

it('leaves blank fields out and sends numbers and truth as such', () => {
  expect(bodyOf('close', { expected: '退款', received: ' ', outcome: 'met', csat: '4', attempts: '' })).toEqual({
    command: 'close',
    expected: '退款',
    outcome: 'met',
    csat: 4,
  })
  expect(bodyOf('verify_validity', { valid: 'false', reason: '查无此单' })).toMatchObject({ valid: false })
})

it('sends money as a decimal text, and no money where there is none', () => {
  const offers = [
    { remedy: 'refund', amount: '299.00' },
    { remedy: 'apology', amount: ' ' },
  ]
  expect(bodyOf('propose', { offers, summary: '退款并致歉', core_position: '' })).toEqual({
    command: 'propose',
    offers: [{ remedy: 'refund', amount: '299.00' }, { remedy: 'apology' }],
    summary: '退款并致歉',
  })
})

it('names the fields that are missing', () => {
  expect(missingFields('propose', { offers: [], summary: ' ', core_position: '' })).toEqual(['offers', 'summary'])
  expect(missingFields('agree', {})).toEqual([])
})

const proposal = (approved: boolean) => ({
  offers: [],
  summary: '',
  by: null,
  at: '',
  needs_approval: true,
  approved_by: approved ? { id: 'u1', name: '主管' } : null,
})

it('asks for approval before agreement', () => {
  const allowed = ['approve', 'agree']
  const standing = { state: 'proposed', nature: 'valid', allowed }
  expect(nextCommand({ ...standing, proposal: proposal(false) })).toBe('approve')
  expect(nextCommand({ ...standing, proposal: proposal(true) })).toBe('agree')
  expect(nextCommand({ ...standing, allowed: ['agree'], proposal: proposal(false) })).toBeNull()
})

it('asks whether an alleged fault is real before the case is closed', () => {
  const standing = { state: 'verified', allowed: ['verify_validity', 'close'] }
  expect(nextCommand({ ...standing, nature: 'valid', valid: null })).toBe('verify_validity')
  expect(nextCommand({ ...standing, nature: 'valid', valid: false })).toBe('close')
  expect(nextCommand({ ...standing, nature: 'inquiry', valid: null })).toBe('close')
})

it('offers nothing the caller may not do', () => {
  expect(nextCommand({ state: 'received', nature: 'valid', allowed: ['note'] })).toBeNull()
})
