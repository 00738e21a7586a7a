/// The Wasserstein-1 distance of two samples of numbers: ∫ |F₁(x) − F₂(x)| dx.
///
/// Equal to `scipy.stats.wasserstein_distance` without weights; O(n log n).
package func wassersteinDistance(_ first: [Double], _ second: [Double]) -> Double {
  precondition(!first.isEmpty && !second.isEmpty, "the distance of no samples")
  let a = first.sorted()
  let b = second.sorted()
  var i = 0
  var j = 0
  var previous = min(a[0], b[0])
  var sum = 0.0
  while i < a.count || j < b.count {
    let next = min(i < a.count ? a[i] : .infinity, j < b.count ? b[j] : .infinity)
    let gap = Double(i) / Double(a.count) - Double(j) / Double(b.count)
    sum += abs(gap) * (next - previous)
    while i < a.count, a[i] == next { i += 1 }
    while j < b.count, b[j] == next { j += 1 }
    previous = next
  }
  return sum
}
