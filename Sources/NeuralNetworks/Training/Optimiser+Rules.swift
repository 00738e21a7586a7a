/// The arithmetic of the rules, element by element; workers share the elements of a tensor.
extension Optimiser {
  /// The weights of a tensor after a step.
  mutating func moved(
    _ weights: [Float], _ gradient: [Float], _ index: Int, _ learningRate: Double, _ threads: Int
  ) -> [Float] {
    switch rule {
    case .sgd(let momentum):
      movedBySGD(weights, gradient, index, Float(momentum), Float(learningRate), threads)
    case .adam(let beta1, let beta2, let epsilon):
      movedByAdam(weights, gradient, index, beta1, beta2, Float(epsilon), learningRate, threads)
    }
  }

  private mutating func movedBySGD(
    _ weights: [Float], _ gradient: [Float], _ index: Int, _ momentum: Float, _ rate: Float,
    _ threads: Int
  ) -> [Float] {
    let decay = Float(weightDecay)
    return unsafe memory.firstMoments[index].withUnsafeMutableBufferPointer { moments in
      // Every run of elements has moments of its own.
      nonisolated(unsafe) let moments = unsafe moments
      return Parallel.elements(weights.count, threads: threads) { elements, moved in
        var velocity = unsafe moments.extracting(elements).mutableSpan
        let (w, g) = (weights.span.extracting(elements), gradient.span.extracting(elements))
        for place in moved.indices {
          velocity[place] = momentum * velocity[place] + (g[place] + decay * w[place])
          moved[place] = w[place] - rate * velocity[place]
        }
      }
    }
  }

  private mutating func movedByAdam(
    _ weights: [Float], _ gradient: [Float], _ index: Int, _ beta1: Double, _ beta2: Double,
    _ epsilon: Float, _ learningRate: Double, _ threads: Int
  ) -> [Float] {
    let decay = Float(weightDecay)
    let (b1, b2) = (Float(beta1), Float(beta2))
    let (a1, a2) = (Float(1 - beta1), Float(1 - beta2))
    let rate = Float(learningRate / (1 - Self.power(beta1, memory.stepCount)))
    let correction = Float((1 - Self.power(beta2, memory.stepCount)).squareRoot())
    return unsafe memory.firstMoments[index].withUnsafeMutableBufferPointer { firsts in
      unsafe memory.secondMoments[index].withUnsafeMutableBufferPointer { seconds in
        nonisolated(unsafe) let (firsts, seconds) = unsafe (firsts, seconds)
        return Parallel.elements(weights.count, threads: threads) { elements, moved in
          var first = unsafe firsts.extracting(elements).mutableSpan
          var second = unsafe seconds.extracting(elements).mutableSpan
          let (w, gradient) = (
            weights.span.extracting(elements), gradient.span.extracting(elements)
          )
          for place in moved.indices {
            let g = gradient[place] + decay * w[place]
            first[place] = b1 * first[place] + a1 * g
            second[place] = b2 * second[place] + a2 * g * g
            moved[place] =
              w[place] - rate * first[place]
              / (second[place].squareRoot() / correction + epsilon)
          }
        }
      }
    }
  }

  /// A whole power by repeated multiplication, the same on every machine.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
