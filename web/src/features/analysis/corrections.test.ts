import { expect, it } from 'vitest'
import { choose, correctionsOf, draftOf } from './corrections'
import type { Facet } from './facets'

const facet = (shape: Facet['shape'], key: string, items: Facet['items'], intensity?: number): Facet => ({
  key,
  vocabulary: key,
  shape,
  items,
  evidence: [],
  unsure: [],
  tier: 'model',
  because: [],
  ...(intensity === undefined ? {} : { intensity }),
})

const psychology = facet('psychology', 'psychology', [
  { key: 'redress', p: 0.6 },
  { key: 'vent', p: 0.2, minor: true },
])

it('sends nothing while nothing changed', () => {
  expect(correctionsOf(psychology, draftOf(psychology))).toEqual({})
})

it('never leaves a goal both primary and secondary', () => {
  expect(correctionsOf(psychology, choose(draftOf(psychology), psychology, 'vent'))).toEqual({
    psychology: { primary: 'vent', secondary: null },
  })
})

it('keeps the order in which subjects were chosen', () => {
  const subjects = facet('many', 'subjects', [{ key: 'product', p: 0.9 }])
  const both = choose(draftOf(subjects), subjects, 'attitude')
  expect(correctionsOf(subjects, both)).toEqual({ subjects: ['product', 'attitude'] })
  expect(correctionsOf(subjects, choose(both, subjects, 'product'))).toEqual({ subjects: ['attitude'] })
})

it('changes the strength of a feeling alone', () => {
  const emotion = facet('emotion', 'emotion', [{ key: 'angry', p: 0.8 }], 1)
  expect(correctionsOf(emotion, { ...draftOf(emotion), intensity: 3 })).toEqual({ emotion: { stage: 'angry', intensity: 3 } })
})

it('says whether it is a complaint as true or false', () => {
  const complaint = facet('yes_no', 'complaint', [{ key: 'true', p: 0.9 }])
  expect(correctionsOf(complaint, choose(draftOf(complaint), complaint, 'false'))).toEqual({ complaint: false })
})
