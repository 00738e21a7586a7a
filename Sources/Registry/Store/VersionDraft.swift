package import Records
package import Signing

/// A version on its way into the registry: its weights and configuration are in the store already.
package struct VersionDraft {
  package let model: String
  package let weights: Digest
  package let configuration: Digest
  /// The names of its two files as they are exported.
  package let parent: Digest?
  package let recipe: Recipe
  package let parts: [PartDraft]
  package let forgets: CaseNumber?
  package let run: Digest?

  package init(
    model: String, weights: Digest, configuration: Digest, parent: Digest?, recipe: Recipe,
    parts: [PartDraft], forgets: CaseNumber? = nil, run: Digest? = nil
  ) {
    self.model = model
    self.weights = weights
    self.configuration = configuration
    self.parent = parent
    self.recipe = recipe
    self.parts = parts
    self.forgets = forgets
    self.run = run
  }

  /// A part, and the cases whose person's records are among those the step read, by ordinal.
  package struct PartDraft {
    package let lineage: PartLineage
    package let holds: RecordSelection

    package init(_ lineage: PartLineage, holds: RecordSelection) {
      self.lineage = lineage
      self.holds = holds
    }
  }
}

extension RegistryStore {
  /// The files of a version as they are signed and exported.
  package static func modelFiles(weights: Digest, configuration: Digest) -> [ModelFile] {
    [
      ModelFile(name: OCIManifest.configurationTitle, digest: configuration),
      ModelFile(name: OCIManifest.weightsTitle, digest: weights),
    ]
  }

  /// Adds a version to a batch: its lineage, manifest and signature become blobs, its event is added.
  ///
  /// - Returns: the entry of the version and its lineage.
  package func add(
    _ draft: VersionDraft, to batch: inout EventBatch
  ) throws(RegistryError) -> VersionEntry {
    let number = batch.state.nextNumber(of: draft.model)
    let lineage = Lineage(
      model: draft.model, number: number, createdAt: batch.time, parent: draft.parent,
      recipe: draft.recipe, parts: draft.parts.map(\.lineage), forgets: draft.forgets)
    let text = CanonicalText.encode(lineage)
    let lineageDigest = try blobs.put(text)
    let manifest = OCIManifest(
      lineage: (lineageDigest, text.count),
      weights: (draft.weights, try blobs.size(of: draft.weights)),
      configuration: (draft.configuration, try blobs.size(of: draft.configuration)))
    let digest = try blobs.put(manifest.text)
    let signature = try blobs.put(try modelSignature(of: draft, number))
    try batch.add(
      VersionMade(
        model: draft.model, number: number, version: digest, manifestSize: manifest.text.count,
        weights: draft.weights, configuration: draft.configuration, lineage: lineageDigest,
        signature: signature, parent: draft.parent, method: draft.recipe.method,
        scope: draft.recipe.choices["scope"], parts: draft.parts.map(\.made), run: draft.run))
    return batch.state.entry(batch.state.versions.count - 1)
  }

  private func modelSignature(
    of draft: VersionDraft, _ number: Int
  ) throws(RegistryError) -> [UInt8] {
    let key = try Keyring(layout: layout).key(of: .publisher, trusting: state.keys)
    do throws(SigningError) {
      return try ModelSignature.bundle(
        of: Self.modelFiles(weights: draft.weights, configuration: draft.configuration),
        subject: "\(draft.model)@v\(number)", with: key)
    } catch {
      throw .signing(file: RegistryLayout.privateKey(.publisher), reason: "\(error)")
    }
  }

  /// Signs a document in the name of two or more roles, such as a certificate.
  package func sign(
    payloadType: String, payload: [UInt8], as roles: [SigningRole]
  ) throws(RegistryError) -> DSSEEnvelope {
    let keyring = Keyring(layout: layout)
    var envelope = DSSEEnvelope(payloadType: payloadType, payload: payload, signatures: [])
    for role in roles { envelope = try keyring.signed(envelope, by: role, trusting: state.keys) }
    return envelope
  }

  /// The key that the log trusts for a role.
  package func key(of role: SigningRole) throws(RegistryError) -> PublicKey {
    guard let key = state.keys[role] else {
      throw .unknown(
        what: "key", name: role.rawValue, known: state.keys.keys.map(\.rawValue), nearest: nil)
    }
    return key
  }
}

extension VersionDraft.PartDraft {
  fileprivate var made: PartMade {
    PartMade(
      name: lineage.name, origin: lineage.origin, isKnown: lineage.data.isKnown,
      recordCount: lineage.data.recordCount, holds: holds)
  }
}
