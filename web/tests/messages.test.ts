// Every word on screen comes from the messages or from the server's legend, in both languages.
import { baseParse, NodeTypes, type TemplateChildNode } from '@vue/compiler-dom'
import { parse } from '@vue/compiler-sfc'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '../messages/en.json'
import zh from '../messages/zh-CN.json'

const SOURCE = new URL('../src', import.meta.url).pathname
const WORDS = /[\p{L}]{2,}|\p{Script=Han}/u
const SPOKEN_ATTRIBUTES = ['title', 'placeholder', 'alt', 'label', 'aria-label', 'aria-description']
/** Keys on a keyboard and the like are the same in every language. */
const SAME_EVERYWHERE = ['Ctrl ⏎', 'Esc']

const files = (readdirSync(SOURCE, { recursive: true }) as string[])
  .filter((name) => /\.(vue|ts)$/.test(name) && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'))
  .map((name) => ({ name, text: readFileSync(join(SOURCE, name), 'utf8') }))

function keysOf(messages: object, prefix = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value as object, `${prefix}${key}.`),
  )
}

function textOf(messages: object, key: string): string {
  return key.split('.').reduce<unknown>((level, part) => (level as Record<string, unknown>)[part], messages) as string
}

interface Use {
  /** Keys that are asked for. */
  asked: string[]
  /** Words that may be keys: dotted, and beginning with a group of the messages. */
  keys: string[]
  /** Beginnings of keys that are put together. */
  prefixes: string[]
}

function used(text: string): Use {
  const groups = Object.keys(zh).join('|')
  const inQuotes = new RegExp(`['"\`]((?:${groups})(?:\\.[a-z_0-9]+)+)['"\`]`, 'g')
  const keys = [...text.matchAll(inQuotes)].map((match) => match[1]!)
  const asked = [...text.matchAll(/\bt\(([^),]*)/g)].flatMap((match) => [...match[1]!.matchAll(/'([a-z_.]+\.[a-z_.]+)'/g)].map((key) => key[1]!))
  const prefixes = [...text.matchAll(/\bt\(`([a-z_.]+\.)\$\{/g)].map((match) => match[1]!)
  const labels = text.includes('t(props.field.label ?? `form.${') ? ['form.'] : []
  return { asked, keys, prefixes: [...prefixes, ...labels] }
}

const keys = keysOf(zh)
const uses = files.map(({ text }) => used(text))
const asked = new Set(uses.flatMap((use) => use.asked))
const usedKeys = new Set(uses.flatMap((use) => use.keys))
const prefixes = new Set(uses.flatMap((use) => use.prefixes))

describe('messages', () => {
  it('are the same in both languages, with the same places to fill', () => {
    expect(keysOf(en)).toEqual(keys)
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
    for (const key of keys) {
      expect(places(textOf(en, key)), key).toEqual(places(textOf(zh, key)))
      expect(textOf(en, key).trim() && textOf(zh, key).trim(), key).not.toBe('')
    }
  })

  it('hold every key that is used', () => {
    expect(asked.size).toBeGreaterThan(100)
    expect([...asked].filter((key) => !keys.includes(key))).toEqual([])
    expect([...prefixes].filter((prefix) => !keys.some((key) => key.startsWith(prefix)))).toEqual([])
  })

  it('hold no key that nobody uses', () => {
    expect(keys.filter((key) => !usedKeys.has(key) && ![...prefixes].some((prefix) => key.startsWith(prefix)))).toEqual([])
  })

  it('are Chinese in Chinese and not in English', () => {
    const names = ['preferences.chinese', 'preferences.english']
    const plain = keys.filter((key) => WORDS.test(textOf(zh, key).replace(/\{\w+\}/g, '')) && !names.includes(key))
    expect(plain.filter((key) => !/\p{Script=Han}/u.test(textOf(zh, key)))).toEqual([])
    expect(plain.filter((key) => /\p{Script=Han}/u.test(textOf(en, key)))).toEqual([])
  })
})

/** Literals of an expression that people would read: words in quotes, but neither keys of messages nor names in code. */
function wordsInQuotes(expression: string): string[] {
  const literals = [...expression.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)`/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
  return literals.map((words) => words.replace(/\$\{[^}]*\}/g, '')).filter((words) => /\p{Script=Han}/u.test(words) || /^\p{Lu}\p{L}+|\p{L}{2,} \p{L}{2,}/u.test(words))
}

function spokenIn(node: TemplateChildNode): string[] {
  if (node.type === NodeTypes.TEXT) return [node.content]
  if (node.type === NodeTypes.INTERPOLATION) return wordsInQuotes(node.content.loc.source)
  if (node.type !== NodeTypes.ELEMENT) return []
  const attributes = node.props.flatMap((prop) => {
    if (prop.type === NodeTypes.ATTRIBUTE) return SPOKEN_ATTRIBUTES.includes(prop.name) && prop.value ? [prop.value.content] : []
    const bound = prop.name === 'bind' && prop.arg?.loc.source
    return bound && SPOKEN_ATTRIBUTES.includes(bound) ? wordsInQuotes(prop.exp?.loc.source ?? '') : []
  })
  return [...attributes, ...node.children.flatMap(spokenIn)]
}

/** What a template says in words of its own. */
function ownWords(template: string): string[] {
  const spoken = baseParse(template).children.flatMap(spokenIn)
  return spoken.map((words) => words.trim()).filter((words) => WORDS.test(words) && !SAME_EVERYWHERE.includes(words))
}

/** Words that a script says to people, past the messages. */
function saidInScript(script: string): string[] {
  return [...script.matchAll(/\bsay\(\s*(['"`])([^'"`]*)\1|\.(?:title|textContent|placeholder) = (['"`])([^'"`]*)\3/g)].map((match) => match[2] ?? match[4] ?? '').filter((words) => WORDS.test(words))
}

describe('the checks themselves', () => {
  it('catch words wherever a template can hold them', () => {
    const planted = ['<p>Hello</p>', '<p title="Hello">{{ x }}</p>', '<p :title="\'Hello there\'" />', "<p>{{ late ? 'Late' : '' }}</p>", '<p>{{ `超时 ${x}` }}</p>', '<b :aria-label="x || \'Close\'" />']
    for (const template of planted) expect(ownWords(template), template).not.toEqual([])
    const fine = ["<p>{{ t('board.title') }}</p>", '<p :title="t(`clock.${x}`)" :class="{ ok: x === \'kept\' }">· 3</p>', "<p>{{ number.format(x, 'percent') }}</p>"]
    for (const template of fine) expect(ownWords(template), template).toEqual([])
  })

  it('catch words that a script says', () => {
    expect(saidInScript("say('Saved at once')")).toEqual(['Saved at once'])
    expect(saidInScript("say(t('settings.saved'))")).toEqual([])
  })
})

describe('sources', () => {
  it('hold no word of their own in a template', { timeout: 60_000 }, () => {
    const found = files
      .filter(({ name }) => name.endsWith('.vue'))
      .flatMap(({ name, text }) => ownWords(parse(text).descriptor.template?.content ?? '').map((words) => `${name}: ${words}`))
    expect(found).toEqual([])
  })

  it('say nothing in a script past the messages', () => {
    expect(files.flatMap(({ name, text }) => saidInScript(text).map((words) => `${name}: ${words}`))).toEqual([])
  })

  it('hold no Chinese in code', () => {
    expect(files.filter(({ text }) => /\p{Script=Han}/u.test(text)).map(({ name }) => name)).toEqual([])
  })

  it('stay small: no Vue file over 250 lines', () => {
    const long = files.filter(({ name, text }) => name.endsWith('.vue') && text.split('\n').length > 250)
    expect(long.map(({ name }) => name)).toEqual([])
  })
})
