// What hands get used to: keys and their sheet, undo, print, copy as text, signatures, lists as files, the way back, stopping what runs.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { findBarriers, logIn, openBrowser, openDesk, openPage, picture } from './support/desk.mjs'

let desk, browser, page

before(async () => {
  desk = await openDesk()
  browser = await openBrowser()
  page = await openPage(browser, desk)
  page.setDefaultTimeout(60_000)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: desk.url })
  await logIn(page, 'supervisor')
})

after(async () => {
  await browser?.close()
  await desk?.close()
})

const WORDS = '净水器漏水三天没人管，师傅来了三趟，要求退款 299 元'

/** Calls the API with the session of the page. */
function ask(path, body) {
  return page.evaluate(
    async ([to, sent]) => {
      const me = await (await fetch('/api/v1/me')).json()
      const headers = { 'content-type': 'application/json', 'x-csrf-token': me.csrf }
      return (await fetch(`/api/v1${to}`, sent ? { method: 'POST', headers, body: JSON.stringify(sent) } : {})).json()
    },
    [path, body],
  )
}

const openCase = () => ask('/cases', { text: WORDS, channel: 'chat', customer: { name: '赵铁柱先生', phone: '13812340000' } })

async function show(one) {
  await page.emulateMedia({ colorScheme: 'light', media: 'screen' })
  await page.goto(`/cases/${one.id}`)
  await page.locator('p.evidence').waitFor()
}

/** Waits until nothing on the page is still being asked for. */
const rested = (page) => page.waitForFunction(() => document.querySelector('main') && !document.querySelector('[aria-busy=true]'), null, { timeout: 60_000 })

/** The rows of a CSV whose cells hold no line breaks. */
const linesOf = (csv) => csv.replace(/^\uFEFF/, '').trimEnd().split('\r\n')

async function saved(press) {
  const [file] = await Promise.all([page.waitForEvent('download'), press()])
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
}

test('the sheet of keys names every key, and what it names works', async () => {
  await page.goto('/inbox?state=open')
  await page.locator('a.row').first().waitFor()
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: '键盘快捷键' })
  await sheet.waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await picture(page, 'keys')
  const keys = (await sheet.locator('dt').allInnerTexts()).map((words) => words.replace(/\s+/g, ' '))
  assert.ok(keys.length >= 28, keys.join(' | '))
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  const places = { u: 'customers', d: 'dashboard', b: 'board', t: 'conversations', l: 'insight/report', p: 'settings', i: 'inbox' }
  for (const [key, path] of Object.entries(places)) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await page.waitForURL(`**/${path}**`)
    await page.locator('main').first().waitFor()
  }
  await page.locator('a.row').first().waitFor()
  await page.keyboard.press('/')
  await page.waitForFunction(() => document.activeElement?.type === 'search')
  // A single key never fires while somebody types.
  await page.keyboard.press('c')
  assert.equal(new URL(page.url()).pathname, '/inbox')
})

test('an assignment is undone where it was done, and the trail keeps both', async () => {
  const one = await openCase()
  await show(one)
  const owner = () => page.locator('.facts .fact').first()
  const before = await owner().innerText()
  const give = async (name) => {
    await page.keyboard.press('o')
    const dialog = page.getByRole('dialog')
    await dialog.locator('select').selectOption({ label: name })
    await dialog.getByRole('button', { name: '指派', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  const { items } = await ask('/users').then((users) => ({ items: users }))
  const labelOf = (user) => page.locator(`option[value="${user.id}"]`)
  const [first, second] = items.filter(({ role }) => role === 'specialist')
  await page.keyboard.press('o')
  await page.getByRole('dialog').waitFor()
  await labelOf(first).waitFor({ state: 'attached' })
  const names = [await labelOf(first).innerText(), await labelOf(second).innerText()].map((words) => words.trim())
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await give(names[0])
  await owner().filter({ hasText: first.name }).waitFor()
  await give(names[1])
  await owner().filter({ hasText: second.name }).waitFor()
  assert.notEqual(await owner().innerText(), before)
  await page.locator('.toast').last().getByRole('button', { name: '撤销' }).click()
  await owner().filter({ hasText: first.name }).waitFor()
  const { items: events } = await ask(`/cases/${one.id}/events`)
  const given = events.filter(({ summary }) => summary.includes(first.name)).length
  assert.ok(given >= 2, `given to the first one ${given} times`)
})

test('on paper there are the words and the reading, dark on white, and nothing to click', async () => {
  const one = await openCase()
  await show(one)
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
  const hidden = ['nav', '.btn', 'form', 'textarea', '.toasts']
  for (const selector of hidden) {
    const shown = await page.locator(selector).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length)
    assert.equal(shown, 0, `${selector} is printed`)
  }
  assert.ok(await page.getByText(one.number).first().isVisible(), one.number)
  for (const words of ['客户原话', '应对方案', '经过']) assert.ok(await page.locator('h2', { hasText: words }).first().isVisible(), words)
  assert.equal((await page.locator('p.evidence').textContent()).length, WORDS.length)
  const look = await page.evaluate(() => ({
    ground: getComputedStyle(document.body).backgroundColor,
    ink: getComputedStyle(document.querySelector('p.evidence')).color,
    cut: [...document.querySelectorAll('main, #main, .words .body')].filter((one) => one.scrollHeight > one.clientHeight + 2 && getComputedStyle(one).overflowY !== 'visible').length,
  }))
  assert.equal(look.ground, 'rgb(255, 255, 255)')
  const light = Math.max(...look.ink.match(/\d+/g).slice(0, 3).map(Number))
  assert.ok(light < 90, `ink is ${look.ink}`)
  assert.equal(look.cut, 0, 'something is cut off by its own frame')
  const pdf = await page.pdf({ format: 'A4' })
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  // The whole case, not the part that was on screen: more than one sheet.
  assert.ok((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length >= 2)
})

test('a case is copied as text with what was said, read, due and planned', async () => {
  const one = await openCase()
  await show(one)
  await page.keyboard.press('y')
  await page.locator('.toast', { hasText: '已复制' }).waitFor()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  for (const part of [one.number, '【客户原话】', WORDS.slice(0, 12), '【应对方案】', '【经过】']) assert.ok(text.includes(part), `${part} is missing in\n${text}`)
  assert.ok(!text.includes('13812340000'), 'personal data went out')
  assert.doesNotMatch(text, /undefined|\[object|NaN/)
})

test('a signature is written once, stands under what leaves the house and under nothing else', async () => {
  await show(await openCase())
  const outgoing = page.getByLabel('首次响应', { exact: true })
  await page.keyboard.press('a')
  await outgoing.waitFor()
  await page.getByRole('button', { name: '加签名' }).click()
  await page.getByPlaceholder('例如：听诉客服', { exact: false }).fill('听诉客服中心 · 工作日 9:00–18:00')
  assert.deepEqual(await findBarriers(page), [])
  await page.getByRole('button', { name: '保存签名' }).click()
  await page.getByLabel('附签名').waitFor()
  assert.equal(await page.getByLabel('附签名').isChecked(), true)
  await outgoing.press('Control+Enter')
  await page.locator('blockquote', { hasText: '听诉客服中心 · 工作日 9:00–18:00' }).waitFor()
  // A note stays inside and has none.
  await page.getByRole('radio', { name: '内部备注' }).click()
  assert.equal(await page.getByLabel('附签名').count(), 0)
})

test('the way back leads to the list as it was left: filters, place and row', async () => {
  await page.goto('/inbox?state=open&sort=due')
  await page.locator('a.row').first().waitFor()
  for (let at = 0; at < 4; at += 1) await page.keyboard.press('j')
  const row = page.locator('a.row.selected')
  await row.waitFor()
  const address = await row.getAttribute('href')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${address}`)
  await page.locator('p.evidence').waitFor()
  await page.goBack()
  await page.waitForURL('**/inbox?state=open&sort=due')
  await page.locator(`a.row.selected[href="${address}"]`).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('p.evidence').waitFor()
  await page.keyboard.press('u')
  await page.waitForURL('**/inbox?state=open&sort=due')
  await page.locator(`a.row.selected[href="${address}"]`).waitFor()
  // A deep link opens the same place for somebody else, and after signing in.
  const other = await openPage(browser, desk)
  other.setDefaultTimeout(60_000)
  await other.goto(address)
  await other.waitForURL('**/login**')
  await other.fill('#login', 'agent')
  await other.fill('#password', 'tingsu-demo')
  await other.click('button[type=submit]')
  await other.waitForURL(`**${address}`)
  await other.locator('p.evidence').waitFor()
  await other.settle()
})

test('the whole list is saved as a file, not only what is on screen, and saving can be stopped', async () => {
  await page.goto('/inbox?state=open')
  await page.locator('a.row').first().waitFor()
  const total = Number((await page.locator('.count').innerText()).replace(/\D/g, ''))
  const file = await saved(() => page.getByRole('button', { name: '把这份列表存为 CSV' }).click())
  const lines = linesOf(file.text)
  assert.equal(lines.length, total + 1)
  assert.match(lines[0], /编号,标题/)
  assert.ok(lines.every((line) => line.split(',').length >= 16))
  assert.equal(new Set(lines.slice(1).map((line) => line.split(',')[0])).size, total, 'each case once')
  // All cases need many requests: the second one waits until the hand has stopped it.
  await page.goto('/inbox')
  await page.locator('a.row').first().waitFor()
  let letGo
  const held = new Promise((resolve) => (letGo = resolve))
  await page.route(/cursor=/, async (route) => {
    await held
    await route.continue().catch(() => undefined)
  })
  await page.getByRole('button', { name: '把这份列表存为 CSV' }).click()
  await page.getByText(/^已取到 200 件/).waitFor()
  assert.deepEqual(await findBarriers(page), [])
  await page.getByRole('button', { name: '停下' }).click()
  await page.getByRole('button', { name: '继续' }).waitFor()
  letGo()
  await page.unroute(/cursor=/)
  const whole = await saved(() => page.getByRole('button', { name: '继续' }).click())
  const all = Number((await page.locator('.count').innerText()).replace(/\D/g, ''))
  assert.equal(linesOf(whole.text).length, all + 1)
})

test('every table can be taken away as a file', async () => {
  const tables = {
    '/board': '工作量',
    '/customers': '',
    '/conversations': '坐席',
    '/dashboard': '分组对比',
    '/insight/silent': '',
    '/insight/satisfaction': '谁打了分',
    '/insight/lessons': '',
    '/settings/people': '',
  }
  for (const [path, title] of Object.entries(tables)) {
    await page.goto(path)
    await rested(page)
    const place = title ? page.locator('section.card', { has: page.getByRole('heading', { name: title }) }).first() : page.locator('main')
    const { name, text } = await saved(() => place.getByRole('button', { name: '下载 CSV' }).first().click())
    assert.ok(name.endsWith('.csv'), name)
    assert.ok(linesOf(text).length >= 2, `${path}: ${text}`)
  }
})

test('times are relative, with the absolute one for whoever points at them', async () => {
  await show(await openCase())
  const time = page.locator('.facts time').first()
  assert.match(await time.innerText(), /刚刚|前|现在/)
  await time.hover()
  assert.match((await time.getAttribute('title')) ?? '', /20\d\d/)
})

test('what runs over many cases can be stopped, and what is left is named', async () => {
  await page.goto('/inbox?state=open')
  await page.locator('a.row').first().waitFor()
  await page.keyboard.press('*')
  await page.getByRole('toolbar').waitFor()
  let letGo
  const held = new Promise((resolve) => (letGo = resolve))
  await page.route('**/commands', async (route) => {
    await held
    await route.continue().catch(() => undefined)
  })
  await page.getByRole('toolbar').getByRole('button', { name: '内部备注' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('textarea').fill('统一口径见公告')
  await dialog.getByRole('button', { name: /^对 \d+ 件执行/ }).click()
  await dialog.getByRole('button', { name: '停下' }).click()
  letGo()
  await dialog.getByRole('button', { name: '好', exact: true }).waitFor()
  assert.ok((await dialog.locator('li.left').count()) > 10, 'the rest was not done')
  await page.settle({ provoked: ['ERR_ABORTED', 'ERR_FAILED'] })
})
