// Every page in both languages, light and dark, at a desk and on a phone: no error, no barrier, nothing untranslated.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findBarriers, logIn, openBrowser, openDesk, openPage, picture } from './support/desk.mjs'
import { PAGES } from './support/pages.mjs'

let desk, browser

before(async () => {
  desk = await openDesk()
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await desk?.close()
})

const VARIANTS = [
  { language: 'zh-CN', scheme: 'dark', phone: false },
  { language: 'en', scheme: 'light', phone: false },
  { language: 'zh-CN', scheme: 'light', phone: true },
  { language: 'en', scheme: 'dark', phone: true },
]

/** Which of them the README shows: the case in the dark, the English pages, the case on a phone. */
function isShown(name, { language, scheme, phone }) {
  if (phone) return name === 'case' && scheme === 'light'
  return name === 'case' || (language === 'en' && ['inbox', 'dashboard'].includes(name))
}

const labelOf = ({ language, scheme, phone }) => `${language} ${scheme}${phone ? ' phone' : ''}`

async function walk(variant) {
  const label = labelOf(variant)
  const page = await openPage(browser, desk, variant)
  await logIn(page, 'admin')
  for (const { name, open, ready } of PAGES) {
    await open(page)
    await page.locator(ready).first().waitFor()
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
    assert.deepEqual(await findBarriers(page), [], `${name} in ${label}`)
    assert.doesNotMatch(await page.locator('body').innerText(), /NaN|Infinity|undefined|\[object/, `${name} in ${label}`)
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${name} is wider than the screen`)
    await picture(page, `${name}-${label.replaceAll(' ', '-')}`, { docs: isShown(name, variant) })
  }
  await page.settle()
}

// Two at a time: while one waits for the server, the other is looked at.
test('every page', { concurrency: 2 }, async (context) => {
  await Promise.all(VARIANTS.map((variant) => context.test(`in ${labelOf(variant)}`, () => walk(variant))))
})

test('an English desk shows no Chinese of its own', async () => {
  const page = await openPage(browser, desk, { language: 'en' })
  await logIn(page)
  const labels = await page.locator('a.place, header.filters').allInnerTexts()
  assert.ok(!/\p{Script=Han}/u.test(labels.join(' ')), labels.join(' '))
  await page.settle()
})
