import Records

/// A signed text: a DSSE envelope (secure-systems-lab/dsse v1.0), read strictly.
package struct DSSEEnvelope: Hashable, Sendable {
  /// The longest envelope read, in bytes.
  package static let sizeLimit = 16 << 20

  package let payloadType: String
  package let payload: [UInt8]
  package let signatures: [Signature]

  /// One signature and the unauthenticated name of the key it claims; empty when it names none.
  package struct Signature: Hashable, Sendable {
    /// DER ECDSA over SHA-256 of the pre-authentication encoding.
    package let bytes: [UInt8]
    package let keyID: String

    package init(bytes: [UInt8], keyID: String) {
      self.bytes = bytes
      self.keyID = keyID
    }
  }

  package init(payloadType: String, payload: [UInt8], signatures: [Signature]) {
    self.payloadType = payloadType
    self.payload = payload
    self.signatures = signatures
  }

  /// What is signed: `DSSEv1 SP len(type) SP type SP len(body) SP body`, lengths in bytes.
  package static func preAuthenticationEncoding(
    payloadType: String, payload: [UInt8]
  ) -> [UInt8] {
    Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
  }

  /// What the signatures of this envelope are over.
  package var preAuthenticationEncoding: [UInt8] {
    Self.preAuthenticationEncoding(payloadType: payloadType, payload: payload)
  }

  /// Signs a text; the key's hint is its id unless another is given.
  ///
  /// - Throws: `SigningError.key(.cannotSign)`.
  package static func signing(
    payloadType: String, payload: [UInt8], with key: borrowing PrivateKey, keyID: String? = nil
  ) throws(SigningError) -> DSSEEnvelope {
    let message = preAuthenticationEncoding(payloadType: payloadType, payload: payload)
    let signature = Signature(
      bytes: try key.signature(for: message), keyID: keyID ?? key.publicKey.hint)
    return DSSEEnvelope(payloadType: payloadType, payload: payload, signatures: [signature])
  }

  /// The envelope with one more signature over the same text.
  ///
  /// - Throws: `SigningError.key(.cannotSign)`.
  package func adding(
    signatureBy key: borrowing PrivateKey
  ) throws(SigningError) -> DSSEEnvelope {
    let signature = Signature(
      bytes: try key.signature(for: preAuthenticationEncoding), keyID: key.publicKey.hint)
    return DSSEEnvelope(
      payloadType: payloadType, payload: payload, signatures: signatures + [signature])
  }

  /// The keys that signed, in the order of the trusted ones.
  ///
  /// A signature claims a trusted key when it bears the key's hint, or no id at all. Every signature
  /// that claims one must verify, at least one must, and those of unknown keys are passed over.
  ///
  /// - Throws: `SigningError.envelope` naming the first signature that does not verify.
  package func verify(trusted: [PublicKey]) throws(SigningError) -> [PublicKey] {
    guard !signatures.isEmpty else { throw .envelope(.notSigned) }
    let message = preAuthenticationEncoding
    var signers: Set<PublicKey> = []
    for (index, signature) in signatures.enumerated() {
      let claimed = trusted.filter { signature.keyID.isEmpty || $0.hint == signature.keyID }
      guard !claimed.isEmpty else { continue }
      guard let key = claimed.first(where: { $0.isValid(signature: signature.bytes, for: message) })
      else { throw .envelope(.badSignature(index: index)) }
      signers.insert(key)
    }
    guard !signers.isEmpty else { throw .envelope(.noTrustedSignature) }
    return trusted.filter(signers.contains)
  }
}
