// What the organization learns: a number opens its cases, a cause is written down, assumptions move figures, files come,
// claims are tested.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { logIn, openBrowser, openDesk, openPage } from './support/desk.mjs'

let desk, browser

before(async () => {
  desk = await openDesk()
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await desk?.close()
})

const ready = (page) => page.locator('main.insight[aria-busy=false]').waitFor()
const numberIn = (text) => Number(text.replaceAll(',', '').match(/\d+/)?.[0])

test('an outbreak opens exactly its cases, and its chart has a table and files', async () => {
  const page = await openPage(browser, desk)
  await logIn(page, 'analyst')
  await page.goto('/insight/outbreaks')
  await ready(page)
  const link = page.locator('.outbreak header a').first()
  const reports = numberIn(await link.innerText())
  assert.ok(reports > 10, `${reports}`)
  const card = page.locator('.outbreak .course').first()
  await card.locator('canvas').waitFor()
  for (const [label, ending] of [['下载图片', '.png'], ['下载 CSV', '.csv']]) {
    const [file] = await Promise.all([page.waitForEvent('download'), card.getByLabel(label).click()])
    assert.ok(file.suggestedFilename().endsWith(ending), file.suggestedFilename())
  }
  await card.locator('button[aria-pressed]').click()
  assert.ok((await card.locator('tbody tr').count()) > 4)
  await link.click()
  await page.waitForURL('**/inbox**')
  await page.locator('a.row').first().waitFor()
  assert.equal(numberIn(await page.locator('.filters .count').innerText()), reports)
  await page.settle()
})

test('a cause is written down with its action, and shows before and after', async () => {
  const page = await openPage(browser, desk, { language: 'en' })
  await logIn(page, 'supervisor')
  await page.goto('/insight/tree')
  await ready(page)
  await page.locator('.tools button.primary').click()
  const form = page.locator('dialog form')
  await form.locator('input[required]').fill('Cells of batch A2307')
  await form.locator('select').first().selectOption('acted')
  await form.getByLabel('Batch').fill('A2307')
  await form.locator('[type=submit]').click()
  // The server names the field that an action needs.
  await form.locator('.error').first().waitFor()
  await form.locator('input[type=date]').fill('2026-01-05')
  await form.locator('textarea').nth(1).fill('Sales stopped')
  await form.locator('[type=submit]').click()
  const card = page.locator('article.cause').first()
  await card.waitFor()
  assert.match(await card.innerText(), /Acted upon[\s\S]*Before and after/)
  await page.settle({ provoked: 422 })
})

test('assumptions move what would be saved', async () => {
  const page = await openPage(browser, desk)
  await logIn(page, 'analyst')
  await page.goto('/insight/economics')
  await ready(page)
  const would = page.locator('.answers b').last()
  const before = await would.innerText()
  await page.locator('input[type=range]').first().fill('0.9')
  await page.waitForFunction((words) => document.querySelectorAll('.answers b')[1]?.textContent !== words, before)
  await page.settle()
})

test('a report is taken away as PDF and as a workbook, and the clock is told to make more', async () => {
  const page = await openPage(browser, desk)
  await logIn(page, 'supervisor')
  await page.goto('/insight/report')
  await ready(page)
  assert.equal(await page.locator('section.finding').count(), 5)
  for (const ending of ['pdf', 'xlsx']) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`a[href*="/report/${ending}"]`).click()])
    assert.ok(file.suggestedFilename().endsWith(`.${ending}`))
  }
  await page.locator('fieldset input').nth(1).check()
  await page.locator('.toast.ok').first().waitFor()
  await page.settle()
})

test('lessons: claims are tested in plain words, and a suggestion opens exactly its cases', async () => {
  const page = await openPage(browser, desk)
  await logIn(page, 'analyst')
  await page.goto('/insight/lessons')
  await ready(page)
  const claims = page.locator('.claims li')
  assert.ok((await claims.count()) >= 3)
  for (const claim of await claims.all()) assert.match(await claim.locator('.tag').innerText(), /\S/)
  assert.doesNotMatch(await page.locator('main.insight').innerText(), /NaN|Infinity|undefined|lessons\./)
  const link = page.locator('.chances li a').first()
  const suggested = numberIn(await link.innerText())
  assert.ok(suggested > 0, `${suggested}`)
  await link.click()
  await page.waitForURL('**/inbox**')
  await page.locator('a.row').first().waitFor()
  assert.equal(numberIn(await page.locator('.filters .count').innerText()), suggested)
  await page.settle()
})

test('the process: a way, and what was done again, open exactly their cases', async () => {
  const page = await openPage(browser, desk)
  await logIn(page, 'analyst')
  for (const place of ['.ways li', '.rework li']) {
    await page.goto('/insight/process')
    await ready(page)
    const link = page.locator(`${place} a`).first()
    const cases = numberIn(await link.innerText())
    assert.ok(cases > 0, `${place}: ${cases}`)
    await link.click()
    await page.waitForURL('**/inbox**')
    await page.locator('a.row').first().waitFor()
    assert.equal(numberIn(await page.locator('.filters .count').innerText()), cases, place)
  }
  await page.settle()
})

test('who answers customers sees no economics', async () => {
  const page = await openPage(browser, desk)
  await logIn(page, 'agent')
  await page.goto('/insight/outbreaks')
  await ready(page)
  assert.equal(await page.locator('.tabs a[href*=economics]').count(), 0)
  await page.settle()
})
