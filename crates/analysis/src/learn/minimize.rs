//! Finds the minimum of a smooth convex function: limited-memory BFGS with backtracking (Nocedal & Wright,
//! Numerical Optimization, algorithm 7.5). Sums run in a fixed order, so that equal input gives equal bits.

/// How many past steps shape the next one.
const MEMORY: usize = 4;
/// Most halvings of one step.
const MOST_TRIES: usize = 20;

/// When to stop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// The gradient's length, measured by its first, at which the search ends.
    pub(crate) tolerance: f64,
    /// The share of the value that a step must at least gain for the search to go on.
    pub(crate) least_gain: f64,
    /// Most steps.
    pub(crate) rounds: usize,
}

struct Step {
    moved: Vec<f32>,
    turned: Vec<f32>,
    rho: f64,
}

/// Minimizes `loss(point, gradient to fill) -> value`, starting from zero.
pub(crate) fn minimize(
    size: usize,
    patience: Patience,
    mut loss: impl FnMut(&[f32], &mut [f32]) -> f64,
) -> Vec<f32> {
    let mut point = vec![0f32; size];
    let mut gradient = vec![0f32; size];
    let mut value = loss(&point, &mut gradient);
    let first = length(&gradient);
    let mut past: Vec<Step> = Vec::new();
    let mut next = vec![0f32; size];
    let mut next_gradient = vec![0f32; size];
    for _ in 0..patience.rounds {
        let direction = descent(&gradient, &past, first);
        let slope = -dot(&gradient, &direction);
        let Some(reached) = walk(value, slope, |pace| {
            for ((to, from), way) in next.iter_mut().zip(&point).zip(&direction) {
                *to = from - pace * way;
            }
            loss(&next, &mut next_gradient)
        }) else {
            break;
        };
        remember(
            &mut past,
            difference(&next, &point),
            difference(&next_gradient, &gradient),
        );
        std::mem::swap(&mut point, &mut next);
        std::mem::swap(&mut gradient, &mut next_gradient);
        let gained = value - reached;
        value = reached;
        if length(&gradient) < patience.tolerance * first || gained < patience.least_gain * value.abs() {
            break;
        }
    }
    point
}

/// Shortens the step until the value falls enough; nothing when it never does.
fn walk(value: f64, slope: f64, mut try_pace: impl FnMut(f32) -> f64) -> Option<f64> {
    let mut pace = 1f32;
    for _ in 0..MOST_TRIES {
        let reached = try_pace(pace);
        if reached <= value + 1e-4 * f64::from(pace) * slope {
            return Some(reached);
        }
        pace *= 0.4;
    }
    None
}

fn remember(past: &mut Vec<Step>, moved: Vec<f32>, turned: Vec<f32>) {
    let curvature = dot(&moved, &turned);
    if curvature > 1e-10 {
        if past.len() == MEMORY {
            past.remove(0);
        }
        past.push(Step {
            moved,
            turned,
            rho: 1.0 / curvature,
        });
    }
}

fn descent(gradient: &[f32], past: &[Step], first: f64) -> Vec<f32> {
    let mut way = gradient.to_vec();
    let mut shares = Vec::with_capacity(past.len());
    for step in past.iter().rev() {
        let share = step.rho * dot(&step.moved, &way);
        shares.push(share);
        add(&mut way, &step.turned, -share as f32);
    }
    let scale = match past.last() {
        Some(step) => 1.0 / (step.rho * dot(&step.turned, &step.turned)),
        None => 1.0 / (1.0 + first),
    };
    way.iter_mut().for_each(|part| *part *= scale as f32);
    for (step, share) in past.iter().zip(shares.iter().rev()) {
        let back = step.rho * dot(&step.turned, &way);
        add(&mut way, &step.moved, (share - back) as f32);
    }
    way
}

fn add(to: &mut [f32], from: &[f32], times: f32) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += times * from;
    }
}

fn difference(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn length(a: &[f32]) -> f64 {
    dot(a, a).sqrt()
}

/// The product of two vectors, summed in sixteen lanes over short stretches.
fn dot(a: &[f32], b: &[f32]) -> f64 {
    let stretches = a.chunks(4096).zip(b.chunks(4096));
    stretches.map(|(a, b)| stretch_dot(a, b)).sum()
}

fn stretch_dot(a: &[f32], b: &[f32]) -> f64 {
    let mut lanes = [0f32; 16];
    let (a, b) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a.zip(b) {
        for lane in 0..16 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    lanes.iter().map(|&lane| f64::from(lane)).sum::<f64>() + f64::from(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_bottom_of_a_bowl() {
        let patience = Patience {
            tolerance: 1e-6,
            least_gain: 1e-9,
            rounds: 200,
        };
        let bottom = [3.0, -2.0, 0.5];
        let found = minimize(3, patience, |point, gradient| {
            let mut value = 0.0;
            for axis in 0..3 {
                let off = point[axis] - bottom[axis];
                gradient[axis] = 2.0 * off * (axis + 1) as f32;
                value += f64::from(off * off) * (axis + 1) as f64;
            }
            value
        });
        for axis in 0..3 {
            assert!((found[axis] - bottom[axis]).abs() < 1e-2, "{found:?}");
        }
    }
}
