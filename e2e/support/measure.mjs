// Figures of the page as a person feels them; the best of several tries, because other programs run on the machine.

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

/** What is left on the heap and in the document once the garbage is gone. */
export async function weigh(client) {
  await client.send('HeapProfiler.collectGarbage')
  const { usedSize } = await client.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await client.send('Memory.getDOMCounters')
  return { heap: usedSize, nodes, listeners: jsEventListeners }
}

/** Tries again until the figure is small enough; the smallest one, in any case. */
export async function leastOf(tries, limit, measure) {
  let least = Infinity
  for (let at = 0; at < tries && least >= limit; at += 1) least = Math.min(least, await measure())
  return least
}
