// Words from outside that mean harm: on every page that shows them they stay words, harm nothing and can be read past.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { logIn, openBrowser, openDesk, openPage, picture, settle } from './support/desk.mjs'

let desk, browser, page

before(async () => {
  desk = await openDesk()
  browser = await openBrowser()
  page = await openPage(browser, desk)
})

after(async () => {
  await browser?.close()
  await desk?.close()
})

const MARKUP = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script><b id=planted>粗</b>{{ 7*7 }}'
const TURNED = '\u202E倒着写的\u2066藏起来\u2069字\u202C'
const STACKED = `Z${'\u0351\u0352\u0353\u0354\u0355'.repeat(40)}o`
/** A word as long as a screen is wide, and then some. */
const ENDLESS = 'A'.repeat(400)
const HOSTILE = `${MARKUP} ${TURNED} ${STACKED} ${ENDLESS} 净水器漏水，我要退款！`
const NAME = '<i>赵</i>\u202E铁柱'

/** Calls the API with the session of the page. */
function post(path, body) {
  return page.evaluate(
    async ([to, sent]) => {
      const me = await (await fetch('/api/v1/me')).json()
      const headers = { 'content-type': 'application/json', 'x-csrf-token': me.csrf }
      const answer = await fetch(`/api/v1${to}`, { method: 'POST', headers, body: JSON.stringify(sent) })
      return { status: answer.status, body: await answer.json() }
    },
    [path, body],
  )
}

/** Nothing of the words became part of the page, and nothing of it pushes the page wider than the screen. */
async function stayedWords(where) {
  await settle(page)
  const found = await page.evaluate(() => ({
    hurt: window.hurt,
    planted: document.querySelectorAll('#planted, img[src="x"]').length,
    wide: document.documentElement.scrollWidth > innerWidth,
    overlapping: (() => {
      const boxes = [...document.querySelectorAll('main .card')].map((card) => [card, card.getBoundingClientRect()])
      const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 4 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4
      return boxes.flatMap(([one, a], index) => boxes.slice(index + 1).filter(([other, b]) => !one.contains(other) && !other.contains(one) && meet(a, b))).length
    })(),
    outside: [...document.querySelectorAll('main .card')].filter((card) => card.getBoundingClientRect().right > innerWidth + 1).length,
    computed: document.body.innerText.includes('{{ 7*7 }}') || !document.body.innerText.includes('粗49'),
  }))
  assert.deepEqual(found, { hurt: undefined, planted: 0, wide: false, overlapping: 0, outside: 0, computed: true }, where)
}

test('the content security policy allows nothing inline', async () => {
  for (const path of ['/', '/login', '/api/v1/legend']) {
    const policy = (await fetch(desk.url + path)).headers.get('content-security-policy') ?? ''
    assert.match(policy, /script-src 'self'/, path)
    assert.doesNotMatch(policy, /unsafe|\*/, path)
  }
})

test('hostile words stay words wherever they are shown', async () => {
  await logIn(page, 'admin')
  const matter = { product: MARKUP, site: TURNED, team: STACKED, order: ENDLESS }
  const { status, body: one } = await post('/cases', { text: HOSTILE, title: `${MARKUP}${TURNED}`, channel: 'social', customer: { name: NAME, phone: '13812340000' }, matter })
  assert.equal(status, 201, JSON.stringify(one))
  const talk = await post('/conversations', { channel: 'chat', agent: MARKUP, turns: [{ role: 'customer', text: HOSTILE }, { role: 'agent', text: HOSTILE }] })
  assert.equal(talk.status, 201, JSON.stringify(talk.body))
  const acknowledged = await page.evaluate(
    async ([id, version, words]) => {
      const me = await (await fetch('/api/v1/me')).json()
      const headers = { 'content-type': 'application/json', 'x-csrf-token': me.csrf, 'if-match': `"${version}"` }
      return (await fetch(`/api/v1/cases/${id}/commands`, { method: 'POST', headers, body: JSON.stringify({ command: 'note', text: words }) })).status
    },
    [one.id, one.version, HOSTILE],
  )
  assert.equal(acknowledged, 200)
  const link = (await post(`/cases/${one.id}/progress-link`, {})).body.path
  const pages = [
    ['/inbox?sort=-opened', 'a.row'],
    ['/inbox?q=%E5%87%80%E6%B0%B4%E5%99%A8', 'a.row'],
    [`/cases/${one.id}`, 'p.evidence'],
    ['/customers?q=13812340000', 'tbody tr'],
    [`/customers/${one.customer.id}`, 'main.customer dl'],
    ['/board', 'main.board[aria-busy=false]'],
    ['/dashboard', 'main.dashboard canvas'],
    ['/conversations', 'a.talk-row'],
    [`/conversations/${talk.body.id}`, 'li.turn'],
    ['/insight/report', 'main.insight[aria-busy=false]'],
    ['/insight/causes', 'main.insight[aria-busy=false]'],
    ['/insight/outbreaks', 'main.insight[aria-busy=false]'],
    [link, 'main h1'],
  ]
  for (const [path, ready] of pages) {
    await page.goto(path)
    await page.locator(ready).first().waitFor()
    await stayedWords(path)
  }
  await page.goto(`/cases/${one.id}`)
  await page.locator('p.evidence').waitFor()
  assert.equal(await page.locator('p.evidence').textContent(), HOSTILE, 'not a character is lost')
  await picture(page, 'hostile')
})

test('marks that turn the direction of writing end with their own words', async () => {
  await page.goto('/inbox?sort=-opened')
  await page.locator('a.row').first().waitFor()
  // What stands after the hostile title in the same row still reads from the left.
  const order = await page.locator('a.row').first().evaluate((row) => getComputedStyle(row.querySelector('time') ?? row).direction)
  assert.equal(order, 'ltr')
  const isolated = await page.evaluate(() => ['A', 'SPAN', 'LI', 'TD', 'B'].every((tag) => getComputedStyle(document.body.appendChild(document.createElement(tag))).unicodeBidi === 'isolate'))
  assert.equal(isolated, true)
})

test('a megabyte of words is taken, shown whole and does not freeze the page', async () => {
  await page.goto('/inbox')
  await page.locator('a.row').first().waitFor()
  const long = `净水器漏水，我要退款！${'很长很长的一段话，没有换行。'.repeat(24_000)}`.slice(0, 330_000)
  const { status, body } = await post('/cases', { text: long, channel: 'email' })
  assert.equal(status, 201, JSON.stringify(body).slice(0, 200))
  const begun = Date.now()
  await page.goto(`/cases/${body.id}`)
  await page.locator('p.evidence').waitFor()
  assert.ok(Date.now() - begun < 15_000, `shown after ${Date.now() - begun} ms`)
  assert.equal((await page.locator('p.evidence').textContent()).length, long.length)
  const answered = Date.now()
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  assert.ok(Date.now() - answered < 2_000, 'keys are answered at once')
  await page.keyboard.press('Escape')
})

test('a file that cannot be taken says why', async () => {
  const answer = await page.evaluate(async () => {
    const me = await (await fetch('/api/v1/me')).json()
    const headers = { 'content-type': 'application/octet-stream', 'x-csrf-token': me.csrf }
    const sent = await fetch('/api/v1/attachments', { method: 'POST', headers, body: new Blob([new Uint8Array(11 * 1024 * 1024)]) })
    return { status: sent.status, body: await sent.json().catch(() => null) }
  })
  assert.equal(answer.status, 413)
  assert.match(JSON.stringify(answer.body), /拆小|上限|MiB|兆/, 'it says why and what to do')
})

const attachments = () => page.locator('section.card', { has: page.getByRole('heading', { name: '附件' }) })
const aFile = (name, bytes) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(bytes) })

test('a file that fails on a case says why beside it, and one that the network cut goes on by itself', async () => {
  await page.goto('/inbox?state=open')
  await page.locator('a.row').first().click()
  const picker = attachments().locator('input[type=file]')
  await picker.waitFor({ state: 'attached' })
  await picker.setInputFiles(aFile('<b id=planted>空.txt', ''))
  await attachments().getByText('没有传上去').waitFor()
  await attachments().getByRole('button', { name: '取消' }).click()
  await attachments().getByText('没有传上去').waitFor({ state: 'detached' })
  await page.context().setOffline(true)
  await picker.setInputFiles(aFile('<i>凭据\u202E.txt', '2026-11-02 退款单'))
  await attachments().getByText('接上后会自动再传').waitFor()
  await page.context().setOffline(false)
  await attachments().getByRole('link', { name: /凭据/ }).waitFor()
  await stayedWords('files of a case')
  await page.settle({ provoked: [413, 422, 'ERR_INTERNET_DISCONNECTED'] })
})
