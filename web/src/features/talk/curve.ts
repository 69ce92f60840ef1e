// The path of the feeling as a line in a box.

export interface Point {
  x: number
  y: number
}

/** Where the heights 0–3 stand in a box of this size, first to last. */
export function placePoints(heights: number[], width: number, height: number): Point[] {
  const step = heights.length > 1 ? width / (heights.length - 1) : 0
  return heights.map((value, index) => ({ x: heights.length > 1 ? index * step : width / 2, y: height - (Math.min(Math.max(value, 0), 3) / 3) * height }))
}

/** The points of an SVG polyline. */
export function polyline(points: Point[]): string {
  return points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
}
