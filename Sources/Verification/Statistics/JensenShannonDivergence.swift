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
    // Added in pairs, so that the sum is the same bits with P and Q exchanged.
    sum += (a > 0 ? a * log(a / middle) : 0) + (b > 0 ? b * log(b / middle) : 0)
  }
  return min(max(0, sum / 2), log(2))
}
