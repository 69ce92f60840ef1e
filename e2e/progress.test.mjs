// The customer's own page behind the secret link, on a phone: the state, the steps, what was promised and by when, the
// verdict; and what the desk sees of it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findBarriers, logIn, openBrowser, openDesk, openPage, picture } from './support/desk.mjs'

const WORDS = {
  'zh-CN': { title: '您的投诉', settled: '已经解决，可以结案', unsettled: '还没有解决，请继续处理', object: '问题又出现，或没有真正解决？', above: '超出期望', met: '符合期望', thanks: '谢谢您。案件已按您的评价结案。', open: '待兑现', lost: '链接已失效', expected: '三天内退款', received: '第二天就收到退款' },
  en: { title: 'Your complaint', settled: 'It is settled: close it', unsettled: 'Not settled yet: please go on', object: 'Did it come back, or was it not really settled?', above: 'More', met: 'As expected', thanks: 'Thank you. The case was closed with your words.', open: 'Open', lost: 'This link does not work any more', expected: 'Money back within three days', received: 'It came the next day' },
}

let desk, browser, staff

before(async () => {
  desk = await openDesk()
  browser = await openBrowser()
  staff = await openPage(browser, desk)
  await logIn(staff)
})

after(async () => {
  await browser?.close()
  await desk?.close()
})

/** A request with the session of the agent's page. */
function ask(path, body, version) {
  return staff.evaluate(
    async ([to, content, held]) => {
      const me = await (await fetch('/api/v1/me')).json()
      const headers = { 'content-type': 'application/json', 'x-csrf-token': me.csrf }
      if (held) headers['if-match'] = `"${held}"`
      const answer = await fetch(`/api/v1${to}`, content ? { method: 'POST', headers, body: JSON.stringify(content) } : {})
      return { status: answer.status, body: await answer.json() }
    },
    [path, body, version],
  )
}

/** A complaint that was looked into and made good, with a promise that is still open. */
async function makeGood() {
  let { body: one } = await ask('/cases', { text: '净水器装好第二天就漏水，三天了没人管，要求退款 299 元', channel: 'chat', customer: { name: '赵铁柱先生', phone: '13812340000' } })
  const steps = [
    { command: 'acknowledge' },
    { command: 'confirm_facets' },
    { command: 'verify_validity', valid: true, reason: '查实' },
    { command: 'propose', summary: '致歉', core_position: '不赔付', offers: [{ remedy: 'apology' }] },
    { command: 'agree' },
    { command: 'remedy' },
    { command: 'promise', what: '回电确认不再漏水', until: new Date(Date.now() + 86_400_000).toISOString() },
  ]
  for (const step of steps) {
    const { status, body } = await ask(`/cases/${one.id}/commands`, step, one.version)
    assert.equal(status, 200, `${step.command}: ${JSON.stringify(body)}`)
    one = body
  }
  const link = await ask(`/cases/${one.id}/progress-link`, { days: 30 })
  assert.equal(link.status, 201, JSON.stringify(link.body))
  return { id: one.id, path: link.body.path }
}

/** The page as the customer opens it: no login, a phone. */
async function openAsCustomer(path, language) {
  const page = await openPage(browser, desk, { language, phone: true })
  await page.goto(path)
  await page.locator('main h1').waitFor()
  return page
}

async function fillIn(page, words, outcome) {
  const [expected, received] = await page.locator('textarea').all()
  await expected.fill(words.expected)
  await received.fill(words.received)
  await page.getByRole('radio', { name: outcome, exact: true }).check()
}

/** Nothing wider than the phone, everything to touch large enough, nobody named. */
async function fitsAPhone(page) {
  assert.deepEqual(await findBarriers(page), [])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  assert.ok(wide <= 0, `${wide} px too wide`)
  const small = await page.evaluate(() => [...document.querySelectorAll('button, .pick')].filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent))
  assert.deepEqual(small, [])
  const text = await page.locator('body').innerText()
  for (const personal of ['赵铁柱', '13812340000']) assert.ok(!text.includes(personal), personal)
}

for (const [language, words] of Object.entries(WORDS)) {
  test(`the customer sees what happens and closes the case, ${language}`, async () => {
    const one = await makeGood()
    const page = await openAsCustomer(one.path, language)
    assert.equal(await page.evaluate(() => document.documentElement.lang), language)
    await page.getByText(words.title, { exact: true }).waitFor()
    assert.ok((await page.locator('.path li').count()) >= 4, 'received and every step')
    const promise = page.locator('.promises li').filter({ hasText: '回电确认不再漏水' })
    assert.match(await promise.innerText(), new RegExp(words.open))
    assert.equal(await promise.locator('time').count(), 1, 'with its day')
    await fitsAPhone(page)
    await picture(page, `progress-open-${language}`)
    const settled = page.getByRole('button', { name: words.settled })
    assert.equal(await settled.isDisabled(), true, 'not before it is filled in')
    await fillIn(page, words, words.above)
    await page.locator('.stars input').nth(4).check()
    await picture(page, `progress-filled-${language}`)
    await settled.click()
    await page.getByText(words.thanks).waitFor()
    await fitsAPhone(page)
    await picture(page, `progress-closed-${language}`)
    const { body: closed } = await ask(`/cases/${one.id}`)
    assert.deepEqual([closed.state, closed.closure.outcome, closed.closure.csat], ['closed', 'above', 5])
    assert.equal(closed.verdict.by_customer, true)
    await staff.goto(`/cases/${one.id}`)
    await staff.getByText(words.received).first().waitFor()
    await picture(staff, `progress-desk-${language}`)
    // It came back: the same link says so, and the case is open again.
    const closedName = await page.locator('main h1').innerText()
    await page.getByRole('button', { name: words.object }).click()
    await fillIn(page, words, words.met)
    await page.getByRole('button', { name: words.unsettled }).click()
    await page.locator('main h1', { hasText: closedName }).waitFor({ state: 'detached' })
    const { body: again } = await ask(`/cases/${one.id}`)
    assert.equal(again.state, 'understood', 'the case is worked on again')
    await page.settle()
  })

  test(`a link that was replaced says so, ${language}`, async () => {
    const one = await makeGood()
    const link = await ask(`/cases/${one.id}/progress-link`, { days: 30 })
    const page = await openPage(browser, desk, { language, phone: true })
    await page.goto(one.path)
    await page.getByText(words.lost).waitFor()
    await page.goto(link.body.path)
    await page.getByText(words.title, { exact: true }).waitFor()
    await page.settle({ provoked: 404 })
  })
}
