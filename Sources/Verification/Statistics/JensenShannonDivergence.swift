import Glibc

/// JS(P, Q) = ½ KL(P‖M) + ½ KL(Q‖M) with M = ½ (P + Q), in nats, in [0, ln 2].
///
/// The terms are those of `scipy.spatial.distance.jensenshannon` squared; 0 ln 0 = 0.
package func jensenShannonDivergence(
  _ p: some Collection<Double>, _ q: some Collection<Double>
) -> Double {
  precondition(p.count == q.count, "distributions over different classes")
  var sum = 0.0
  for (a, b) in zip(p, q) {
    let middle = (a + b) / 2
    if a > 0 { sum += a * log(a / middle) }
    if b > 0 { sum += b * log(b / middle) }
  }
  return min(max(0, sum / 2), log(2))
}
