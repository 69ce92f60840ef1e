// Figures of the page as a person feels them; the best of several tries, because other programs run on the machine.
import { cpus } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'

/** While the page and its server rest, a processor that is busier than this works for others. */
const OTHERS_SHARE = 0.35
/** So long the processors are looked at, in milliseconds. */
const LOOK_MS = 1500

function spent() {
  const times = cpus().map((core) => core.times)
  const sum = (of) => times.reduce((all, core) => all + of(core), 0)
  return { idle: sum((core) => core.idle), all: sum((core) => Object.values(core).reduce((a, b) => a + b, 0)) }
}

/** Whether the machine works for others right now, so that a clock on the wall says little; asked while the page rests. */
export async function isCrowded() {
  const before = spent()
  await wait(LOOK_MS)
  const now = spent()
  return 1 - (now.idle - before.idle) / (now.all - before.all) > OTHERS_SHARE
}

/** How long the main thread of a page has worked so far, in milliseconds of its own, whoever else was running. */
export async function workOf(client) {
  const { metrics } = await client.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000
}

/** How long from each of these keys to the next picture: the median of the tries, in milliseconds. */
export async function paintAfter(page, press, tries = 7) {
  const times = []
  for (let at = 0; at < tries; at += 1) {
    await page.evaluate(() => {
      window.painted = new Promise((done) => {
        addEventListener(
          'keydown',
          (event) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - event.timeStamp))),
          { once: true, capture: true },
        )
      })
    })
    await press(at)
    times.push(await page.evaluate(() => window.painted))
  }
  return times.sort((a, b) => a - b)[Math.floor(tries / 2)]
}

async function weighOnce(client) {
  await client.send('HeapProfiler.collectGarbage')
  const { usedSize } = await client.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await client.send('Memory.getDOMCounters')
  return { heap: usedSize, nodes, listeners: jsEventListeners }
}

/** What is left on the heap and in the document once answers under way have come and the garbage is gone. */
export async function weigh(client, tries = 6) {
  const weights = []
  for (let at = 0; at < tries; at += 1) {
    await new Promise((later) => setTimeout(later, 700))
    weights.push(await weighOnce(client))
  }
  const least = (key) => Math.min(...weights.map((weight) => weight[key]))
  return { heap: least('heap'), nodes: least('nodes'), listeners: least('listeners') }
}

/** Tries again until the figure is small enough; the smallest one, in any case. */
export async function leastOf(tries, limit, measure) {
  let least = Infinity
  for (let at = 0; at < tries && least >= limit; at += 1) least = Math.min(least, await measure())
  return least
}
