/// Layers that run in one pass over their values.
extension LayerGraph {
  /// The same graph with sums and ReLUs drawn into the batch normalisation before them.
  ///
  /// A merged node stands at the place of the last it is made of; tensors keep their places. Only an
  /// output that nobody else uses can be drawn in.
  func fused() -> LayerGraph {
    var result = LayerGraph(input: shapes[0])
    var places = [0: 0]
    for (index, node) in nodes.enumerated() where following(index + 1) == nil {
      let merged = fused(endingAt: index)
      places[index + 1] = result.append(
        Node(
          name: merged.name, layer: merged.layer, inputs: merged.inputs.map { places[$0] ?? 0 },
          inputShapes: merged.inputs.map { shapes[$0] }, shape: node.shape,
          parameters: merged.parameters))
    }
    return result
  }

  /// What a node stands for together with those it draws in.
  private struct Merged {
    var name: String
    var layer: any Layer
    var inputs: [Int]
    var parameters: Range<Int>
  }

  private func fused(endingAt index: Int) -> Merged {
    let node = nodes[index]
    let own = Merged(
      name: node.name, layer: node.layer, inputs: node.inputs, parameters: node.parameters)
    guard let before = node.inputs.first(where: { following($0) == index }) else { return own }
    var merged = fused(endingAt: before - 1)
    guard let normalisation = merged.layer as? BatchNormalisation else { return own }
    if node.layer is RectifiedLinear {
      merged.layer = BatchNormalisation(channels: normalisation.channels, isRectified: true)
    } else {
      merged.inputs += node.inputs.filter { $0 != before }
    }
    return merged
  }

  /// The node that draws in the output at a place, if any does.
  private func following(_ place: Int) -> Int? {
    guard place > 0, place < nodes.count, let user = soleUser(of: place) else { return nil }
    let (node, own) = (nodes[user], nodes[place - 1])
    switch node.layer {
    case is RectifiedLinear: return isNormalised(place) ? user : nil
    case is Addition:
      // Of two that could be, the first operand.
      let first = node.inputs.first {
        $0 > 0 && nodes[$0 - 1].layer is BatchNormalisation && soleUser(of: $0) == user
      }
      return own.layer is BatchNormalisation && first == place ? user : nil
    default: return nil
    }
  }

  /// Whether the output at a place is that of batch normalisation, or of a sum with one drawn in.
  private func isNormalised(_ place: Int) -> Bool {
    let node = nodes[place - 1]
    return node.layer is BatchNormalisation
      || (node.layer is Addition && node.inputs.contains { following($0) == place - 1 })
  }

  /// The one node that uses the output at a place, once.
  private func soleUser(of place: Int) -> Int? {
    let users = nodes.indices.flatMap { index in
      nodes[index].inputs.filter { $0 == place }.map { _ in index }
    }
    return users.count == 1 && place != nodes.count ? users[0] : nil
  }
}
