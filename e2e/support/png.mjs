// Screenshots small enough for a repository: 256 colors, common ones and those far from all others; the rest is drawn in
// the nearest of them.
import { deflateSync, inflateSync, crc32 } from 'node:zlib'

const COLORS = 256
/** So many are taken for being common alone. */
const COMMON = 96

function chunksOf(png) {
  const chunks = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

function paeth(a, b, c) {
  const p = a + b - c
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)]
  if (pa <= pb && pa <= pc) return a
  return pb <= pc ? b : c
}

/** The pixels of an 8-bit RGB or RGBA picture as 24-bit numbers. */
function pixelsOf(png) {
  const chunks = chunksOf(png)
  const head = chunks[0].data
  const [width, height, depth, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]]
  if (depth !== 8 || (kind !== 2 && kind !== 6)) throw new Error(`unexpected PNG: depth ${depth}, kind ${kind}`)
  const bytes = kind === 6 ? 4 : 3
  const raw = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)))
  const stride = width * bytes
  const lines = Buffer.alloc(stride * height)
  const predict = [() => 0, (a) => a, (_, b) => b, (a, b) => (a + b) >> 1, paeth]
  for (let y = 0; y < height; y++) {
    const filter = predict[raw[y * (stride + 1)]]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const a = x >= bytes ? lines[at - bytes] : 0
      const b = y > 0 ? lines[at - stride] : 0
      const c = x >= bytes && y > 0 ? lines[at - stride - bytes] : 0
      lines[at] = raw[y * (stride + 1) + 1 + x] + filter(a, b, c)
    }
  }
  const pixels = new Uint32Array(width * height)
  for (let index = 0; index < pixels.length; index++) pixels[index] = lines.readUIntBE(index * bytes, 3)
  return { width, height, pixels }
}

function distance(a, b) {
  return [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0)
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32 ? crc32(body) : crcOf(body), body.length + 4)
  return out
}

// Node 20 before 20.15 has no zlib.crc32.
function crcOf(bytes) {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1))
  }
  return ~crc >>> 0
}

/** The colors of the palette, chosen from how often each appears. */
function paletteOf(counts) {
  const colors = [...counts].sort((a, b) => b[1] - a[1]).map(([color, count]) => ({ color, weight: Math.sqrt(count), away: Infinity }))
  const palette = []
  const take = (picked) => {
    palette.push(picked.color)
    for (const other of colors) other.away = Math.min(other.away, distance(other.color, picked.color))
  }
  colors.slice(0, COMMON).forEach(take)
  while (palette.length < Math.min(COLORS, colors.length)) {
    take(colors.reduce((best, other) => (other.away * other.weight > best.away * best.weight ? other : best)))
  }
  return palette
}

/** The same picture with a palette. */
export function shrinkPng(png) {
  const { width, height, pixels } = pixelsOf(png)
  const counts = new Map()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  const palette = paletteOf(counts)
  const index = new Map(palette.map((color, at) => [color, at]))
  for (const color of counts.keys()) {
    if (index.has(color)) continue
    let best = 0
    for (let at = 1; at < palette.length; at++) if (distance(color, palette[at]) < distance(color, palette[best])) best = at
    index.set(color, best)
  }
  const lines = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) lines[y * (width + 1) + 1 + x] = index.get(pixels[y * width + x])
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const colors = Buffer.alloc(palette.length * 3)
  palette.forEach((color, at) => colors.writeUIntBE(color, at * 3, 3))
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('PLTE', colors), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}
