extension String {
  /// A version's name without its model: `v3` of `speakers@v3`.
  ///
  /// People read and type the short name; records keep the whole one.
  var shortVersion: String { split(separator: "@").last.map(String.init) ?? self }
}
