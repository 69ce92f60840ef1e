// A line between browser and server that can be cut and mended, as networks are.
import { connect, createServer } from 'node:net'

/** The address of a desk behind a line of its own. */
export async function openLine(desk) {
  const target = new URL(desk.url)
  const sockets = new Set()
  let down = false
  const server = createServer((near) => {
    if (down) return near.destroy()
    const far = connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      sockets.add(one)
      one.on('data', (data) => other.write(data))
      one.on('error', () => other.destroy())
      one.on('close', () => (sockets.delete(one), other.destroy()))
    }
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  const hangUp = () => sockets.forEach((socket) => socket.destroy())
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    cut() {
      down = true
      hangUp()
    },
    mend() {
      down = false
    },
    async close() {
      hangUp()
      await new Promise((closed) => server.close(closed))
    },
  }
}
