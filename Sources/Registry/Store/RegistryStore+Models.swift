import Records

extension RegistryStore {
  /// Gives a model its name before it has a version; the same name again changes nothing.
  package func addModel(_ name: String) throws(RegistryError) {
    try RegistryName.checkModel(name)
    try change { () throws(RegistryError) in
      _ = try ledger.run("INSERT INTO models VALUES (?1) ON CONFLICT DO NOTHING", [.text(name)])
    }
  }
}
